package io.github.adkmigration.session.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.google.adk.events.Event;
import com.google.adk.sessions.GetSessionConfig;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionException;
import com.google.adk.sessions.SessionKey;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Gets a session with two statements. An append between them shows in the time of the
 * session; then both are read again.
 */
final class RepeatingGet implements SessionGet {

	private static final int ATTEMPTS = 5;

	private static final int SESSION_TIME = 5;

	private final JdbcTemplate jdbc;

	private final Transactions transactions;

	private final SessionSql sql;

	private final SessionReader reader;

	private final TimeColumn eventTime;

	private final TimeColumn time;

	RepeatingGet(JdbcTemplate jdbc, Transactions transactions, SessionSql sql, SessionReader reader,
			TimeColumn eventTime) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.sql = sql;
		this.reader = reader;
		this.eventTime = eventTime;
		this.time = TimeColumn.utc(eventTime.dialect());
	}

	@Override
	public Optional<Session> session(SessionKey key, GetSessionConfig config) {
		if (config.numRecentEvents().filter((count) -> count <= 0).isPresent()) {
			return this.reader.row(key).map((row) -> row.toSession(key, new ArrayList<>()));
		}
		for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
			Found found = find(key, config);
			if (found.ofOneMoment()) {
				return found.session(key);
			}
		}
		Found found = this.transactions.snapshot(() -> find(key, config));
		if (!found.ofOneMoment()) {
			throw new SessionException(
					"The session '" + key.id() + "' changes faster than it can be read. Read it again.");
		}
		return found.session(key);
	}

	private Found find(SessionKey key, GetSessionConfig config) {
		SessionRow row = this.reader.row(key).orElse(null);
		if (row == null) {
			return Found.NOTHING;
		}
		List<Object> values = SessionSql.valuesOf(key);
		values.addAll(SessionSql.valuesOf(key));
		config.afterTimestamp().ifPresent((since) -> values.add(this.eventTime.bindFirst(since)));
		config.numRecentEvents().ifPresent(values::add);
		String select = this.sql.selectNewestEventsAndTime(config.afterTimestamp().isPresent(),
				config.numRecentEvents().isPresent());
		return Objects.requireNonNull(
				this.jdbc.query(select, (ResultSet newestFirst) -> found(row, newestFirst), values.toArray()));
	}

	/** Without events there is nothing that the row could contradict. */
	private Found found(SessionRow row, ResultSet newestFirst) throws SQLException {
		EventRows rows = new EventRows(this.eventTime, 1);
		boolean first = true;
		while (newestFirst.next()) {
			if (first && (newestFirst.getObject(SESSION_TIME) == null
					|| !this.time.read(newestFirst, SESSION_TIME).equals(row.updateTime()))) {
				return Found.TORN;
			}
			first = false;
			rows.add(newestFirst);
		}
		List<Event> events = rows.events();
		Collections.reverse(events);
		return new Found(row, events, true);
	}

	/**
	 * What two statements found.
	 */
	private record Found(@Nullable SessionRow row, List<Event> events, boolean ofOneMoment) {

		private static final Found NOTHING = new Found(null, List.of(), true);

		private static final Found TORN = new Found(null, List.of(), false);

		Optional<Session> session(SessionKey key) {
			return Optional.ofNullable(this.row).map((found) -> found.toSession(key, this.events));
		}

	}

}
