package io.github.adkmigration.convert;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.clock.UtcColumn;
import io.github.adkmigration.codec.EncodedEvent;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.V1EventEncoder;
import org.jspecify.annotations.Nullable;

/**
 * adk-python's V1, which is head's own form, on its way to another database. JSON stays
 * as it is; where it is text in the target, to the byte. So does the column, unless it is
 * to hold the instant of the JSON.
 */
final class V1Source extends JsonEventSource {

	private final V1EventEncoder encoder;

	private final boolean text;

	private final LocalTimes times;

	private final @Nullable UtcColumn column;

	/**
	 * Create the source.
	 * @param column what gives an event the instant of its JSON, or {@code null} for the
	 * column to stay as it is
	 */
	V1Source(JsonTarget target, LocalTimes times, @Nullable UtcColumn column) {
		this.encoder = new V1EventEncoder(target);
		this.text = target == JsonTarget.TEXT;
		this.times = times;
		this.column = column;
	}

	@Override
	public long epochMicros(SourceEvent event, long wallMicros) {
		long instant = this.column == null ? StoredTimes.NONE : this.column.instant(((Row) event.payload()).json());
		if (instant != StoredTimes.NONE) {
			return instant;
		}
		if (wallMicros != StoredTimes.NONE) {
			return wallMicros;
		}
		EventKey key = event.key();
		return this.times.sqliteEpochMicros(event.time(), key.id(), key.appName(), key.userId(), key.sessionId());
	}

	@Override
	public Encoded encode(SourceEvent event, long epochMicros) {
		Row row = (Row) event.payload();
		String json = row.json();
		EncodedEvent encoded = this.encoder.encode(json);
		if (this.text && json != null) {
			encoded = new EncodedEvent(json.getBytes(StandardCharsets.UTF_8), List.of());
		}
		String invocationId = row.invocationId();
		return new Encoded(invocationId == null ? "" : invocationId, encoded);
	}

}
