package io.github.adkmigration.convert;

import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.codec.GoEvent;
import io.github.adkmigration.codec.GoEventEncoder;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.V0Event;
import io.github.adkmigration.schema.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * adk-go: many columns, with JSON where adk-python's V0 has a pickle. On SQLite a time
 * names its offset.
 */
final class GoSource extends ColumnEventSource {

	private final GoEventEncoder encoder;

	GoSource(Catalog.Table events, JsonTarget target, LocalTimes times) {
		super(events, times,
				List.of("routes_json", "output_json", "node_info_json", "requested_input_json", "isolation_scope"));
		this.encoder = new GoEventEncoder(target);
	}

	@Override
	public Object payload(PayloadRow row, EventKey key) throws SQLException {
		return new GoEvent(read(row, key), text(row, COMMON), text(row, COMMON + 1), text(row, COMMON + 2),
				text(row, COMMON + 3), text(row, COMMON + 4));
	}

	/** Go writes false for what it does not know. */
	@Override
	@Nullable Boolean flag(PayloadRow row, int column) throws SQLException {
		return Boolean.TRUE.equals(super.flag(row, column)) ? Boolean.TRUE : null;
	}

	@Override
	V0Event common(Object payload) {
		return ((GoEvent) payload).columns();
	}

	@Override
	public int size(Object payload) {
		GoEvent event = (GoEvent) payload;
		return super.size(payload) + 2 * (length(event.outputJson()) + length(event.requestedInputJson()));
	}

	@Override
	public Encoded encode(SourceEvent event, long epochMicros) {
		GoEvent row = (GoEvent) event.payload();
		return new Encoded(invocationId(row.columns()), this.encoder.encode(row, epochMicros));
	}

}
