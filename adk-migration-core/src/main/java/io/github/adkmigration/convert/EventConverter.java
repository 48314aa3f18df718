package io.github.adkmigration.convert;

import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.codec.Substitution;
import io.github.adkmigration.codec.UnconvertibleEventException;
import io.github.adkmigration.convert.ConvertedPage.Substituted;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.settings.TimestampColumn;

/**
 * Converts pages. Touches no database, so several threads may share one.
 */
final class EventConverter {

	private static final int LONGEST_KEY = 128;

	private static final int LONGEST_INVOCATION = 256;

	private static final String KEY_TOO_LONG = "KEY_TOO_LONG";

	private static final String BAD_TIME = "BAD_TIME";

	private final EventSource source;

	private final DatabaseDialect dialect;

	private final TimestampColumn timestampColumn;

	EventConverter(EventSource source, DatabaseDialect dialect, TimestampColumn timestampColumn) {
		this.source = source;
		this.dialect = dialect;
		this.timestampColumn = timestampColumn;
	}

	ConvertedPage convert(SourcePage page) {
		List<TargetEvent> events = new ArrayList<>(page.events().size());
		List<SetAside> setAside = new ArrayList<>();
		List<Substituted> substitutions = new ArrayList<>();
		long substituted = 0;
		for (SourceEvent event : page.events()) {
			if (!event.hasSession()) {
				setAside.add(new SetAside(event.key(), true, "ORPHANED", "The session of the event does not exist.",
						this.source.raw(event.payload())));
				continue;
			}
			try {
				List<Substitution> replaced = convert(event, events);
				replaced.forEach((substitution) -> substitutions.add(new Substituted(event.key(), substitution)));
				substituted += replaced.isEmpty() ? 0 : 1;
			}
			catch (UnconvertibleEventException ex) {
				setAside.add(new SetAside(event.key(), false, ex.reason().name(), String.valueOf(ex.getMessage()),
						this.source.raw(event.payload())));
			}
			catch (UnusableColumnException ex) {
				setAside.add(new SetAside(event.key(), false, ex.reason, String.valueOf(ex.getMessage()),
						this.source.raw(event.payload())));
			}
		}
		long orphaned = setAside.stream().filter(SetAside::orphaned).count();
		RowCounts counts = new RowCounts(page.events().size(), events.size(), substituted, setAside.size() - orphaned,
				orphaned);
		return new ConvertedPage(events, setAside, substitutions, counts, page.lastKey());
	}

	private List<Substitution> convert(SourceEvent event, List<TargetEvent> events) throws UnusableColumnException {
		EventKey key = event.key();
		limit(key.id(), "id", LONGEST_KEY);
		limit(key.appName(), "app_name", LONGEST_KEY);
		limit(key.userId(), "user_id", LONGEST_KEY);
		limit(key.sessionId(), "session_id", LONGEST_KEY);
		long wallMicros = ColumnTimes.wallMicros(event.time());
		long epochMicros = this.source.epochMicros(event, wallMicros);
		if (epochMicros == StoredTimes.NONE) {
			throw new UnusableColumnException(BAD_TIME, "The column timestamp holds no time.");
		}
		EventSource.Encoded encoded = this.source.encode(event, epochMicros);
		limit(encoded.invocationId(), "invocation_id", LONGEST_INVOCATION);
		boolean local = this.timestampColumn == TimestampColumn.LOCAL && wallMicros != StoredTimes.NONE;
		events.add(
				new TargetEvent(key, encoded.invocationId(), local ? wallMicros : epochMicros, encoded.event().json()));
		return encoded.event().substitutions();
	}

	private void limit(String value, String column, int longest) throws UnusableColumnException {
		if (this.dialect != DatabaseDialect.SQLITE && value.codePointCount(0, value.length()) > longest) {
			throw new UnusableColumnException(KEY_TOO_LONG,
					"The column " + column + " holds more than the " + longest + " characters that head allows.");
		}
	}

	/** A column beside the payload that head cannot take. */
	private static final class UnusableColumnException extends Exception {

		private static final long serialVersionUID = 1L;

		private final String reason;

		UnusableColumnException(String reason, String message) {
			super(message, null, false, false);
			this.reason = reason;
		}

	}

}
