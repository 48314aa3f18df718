package io.github.adkmigration.convert;

import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.codec.GoEvent;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.PayloadKind;
import io.github.adkmigration.codec.V0Event;
import io.github.adkmigration.schema.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * Tables of adk-python's V0 into which adk-go may have written: a row whose actions are
 * JSON is adk-go's, every other one adk-python's.
 */
final class PythonGoSource implements EventSource {

	private final PythonV0Source python;

	private final GoSource go;

	PythonGoSource(Catalog.Table events, JsonTarget target, LocalTimes times) {
		this.python = new PythonV0Source(events, target, times);
		this.go = new GoSource(events, target, times);
	}

	private ColumnEventSource of(Object payload) {
		return payload instanceof GoEvent ? this.go : this.python;
	}

	String invocationId(Object payload) {
		return ColumnEventSource.invocationId(of(payload).common(payload));
	}

	/** Those of adk-python come first in adk-go's. */
	@Override
	public List<String> columns() {
		return this.go.columns();
	}

	@Override
	public String largestColumn() {
		return this.python.largestColumn();
	}

	@Override
	public Object payload(PayloadRow row, EventKey key) throws SQLException {
		Object event = this.python.payload(row, key);
		return PayloadKind.of(((V0Event) event).actions()) == PayloadKind.JSON ? this.go.payload(row, key) : event;
	}

	@Override
	public byte @Nullable [] raw(Object payload) {
		return of(payload).raw(payload);
	}

	@Override
	public int size(Object payload) {
		return of(payload).size(payload);
	}

	@Override
	public long epochMicros(SourceEvent event, long wallMicros) {
		return of(event.payload()).epochMicros(event, wallMicros);
	}

	@Override
	public Encoded encode(SourceEvent event, long epochMicros) {
		return of(event.payload()).encode(event, epochMicros);
	}

}
