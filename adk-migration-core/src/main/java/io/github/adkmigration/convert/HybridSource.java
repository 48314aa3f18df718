package io.github.adkmigration.convert;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.codec.JsonColumn;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.PayloadKind;
import io.github.adkmigration.codec.UnconvertibleEventException;
import io.github.adkmigration.codec.UnconvertibleReason;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * Events with the payload columns of two layouts: a row with {@code event_data} is
 * adk-python's V1 or adk-js's, one with actions adk-go's or adk-python's V0. A row with
 * both or neither that came in after the run had looked for them is set aside.
 */
final class HybridSource implements EventSource {

	private final PythonGoSource columns;

	private final PythonJsSource json;

	HybridSource(DatabaseDialect dialect, Catalog.Table events, JsonTarget target, LocalTimes times) {
		this.columns = new PythonGoSource(events, target, times);
		this.json = new PythonJsSource(dialect, events, target, times);
	}

	@Override
	public List<String> columns() {
		return Stream.concat(this.columns.columns().stream(), Stream.of("event_data")).toList();
	}

	@Override
	public String largestColumn() {
		return "COALESCE(" + this.columns.largestColumn() + ", 0) + COALESCE(" + this.json.largestColumn() + ", 0)";
	}

	@Override
	public Object payload(PayloadRow row, EventKey key) throws SQLException {
		Object event = this.columns.payload(row, key);
		byte[] actions = this.columns.raw(event);
		JsonColumn json = row.json(this.columns.columns().size());
		boolean empty = PayloadKind.of(actions) == PayloadKind.EMPTY;
		if (json == null && !empty) {
			return event;
		}
		return json != null && empty ? new JsonEventSource.Row(this.columns.invocationId(event), json)
				: new Undecided(json == null ? actions : json.utf8());
	}

	private EventSource of(Object payload) {
		return payload instanceof JsonEventSource.Row ? this.json : this.columns;
	}

	@Override
	public byte @Nullable [] raw(Object payload) {
		return payload instanceof Undecided row ? row.raw() : of(payload).raw(payload);
	}

	@Override
	public int size(Object payload) {
		return payload instanceof Undecided row ? row.size() : of(payload).size(payload);
	}

	@Override
	public long epochMicros(SourceEvent event, long wallMicros) {
		return event.payload() instanceof Undecided ? 0 : of(event.payload()).epochMicros(event, wallMicros);
	}

	@Override
	public Encoded encode(SourceEvent event, long epochMicros) {
		if (event.payload() instanceof Undecided) {
			throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
					"The row has both actions and event_data, or neither.");
		}
		return of(event.payload()).encode(event, epochMicros);
	}

	/**
	 * A row of which nobody can say whose it is.
	 *
	 * @param raw one of its payloads, or {@code null}
	 */
	private record Undecided(byte @Nullable [] raw) {

		int size() {
			return 500 + (this.raw == null ? 0 : 2 * this.raw.length);
		}

	}

}
