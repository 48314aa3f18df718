package io.github.adkmigration.convert;

import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.V0Event;
import io.github.adkmigration.codec.V0EventEncoder;
import io.github.adkmigration.schema.Catalog;

/**
 * adk-python's V0: many columns, and a pickle.
 */
final class PythonV0Source extends ColumnEventSource {

	private final V0EventEncoder encoder;

	PythonV0Source(Catalog.Table events, JsonTarget target, LocalTimes times) {
		super(events, times, List.of());
		this.encoder = new V0EventEncoder(target);
	}

	@Override
	public Object payload(PayloadRow row, EventKey key) throws SQLException {
		return read(row, key);
	}

	@Override
	V0Event common(Object payload) {
		return (V0Event) payload;
	}

	@Override
	public Encoded encode(SourceEvent event, long epochMicros) {
		V0Event row = (V0Event) event.payload();
		return new Encoded(invocationId(row), this.encoder.encode(row, epochMicros));
	}

}
