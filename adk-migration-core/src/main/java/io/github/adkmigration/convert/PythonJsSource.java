package io.github.adkmigration.convert;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.clock.UtcColumn;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.UnconvertibleEventException;
import io.github.adkmigration.codec.V1EventEncoder;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * Tables of adk-python's V1 that adk-js has opened, and into which it may have written: a
 * row whose time is milliseconds is adk-js's, every other one adk-python's. The time of
 * the JSON counts, since adk-js took the digits of the column.
 */
final class PythonJsSource extends JsonEventSource {

	private final V1EventEncoder encoder;

	private final V1Source python;

	private final JsSource js;

	PythonJsSource(DatabaseDialect dialect, Catalog.Table events, JsonTarget target, LocalTimes times) {
		this.encoder = new V1EventEncoder(target);
		this.python = new V1Source(target, times, UtcColumn.of(dialect, events));
		this.js = new JsSource(target, times, false);
	}

	private JsonEventSource of(SourceEvent event) {
		return isMillis(((Row) event.payload()).json()) ? this.js : this.python;
	}

	private boolean isMillis(@Nullable String json) {
		try {
			Double number = this.encoder.seconds(json);
			return number != null && number >= StoredTimes.FIRST_MILLISECONDS;
		}
		catch (UnconvertibleEventException ex) {
			return false;
		}
	}

	@Override
	public long epochMicros(SourceEvent event, long wallMicros) {
		return of(event).epochMicros(event, wallMicros);
	}

	@Override
	public Encoded encode(SourceEvent event, long epochMicros) {
		return of(event).encode(event, epochMicros);
	}

}
