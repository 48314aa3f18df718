package io.github.adkmigration.convert;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.codec.EncodedEvent;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.V1EventEncoder;

/**
 * adk-python's V1, which is head's own form, on its way to another database. Column and
 * JSON stay as they are; where JSON is text in the target, to the byte.
 */
final class V1Source extends JsonEventSource {

	private final V1EventEncoder encoder;

	private final boolean text;

	private final LocalTimes times;

	V1Source(JsonTarget target, LocalTimes times) {
		this.encoder = new V1EventEncoder(target);
		this.text = target == JsonTarget.TEXT;
		this.times = times;
	}

	@Override
	public long epochMicros(SourceEvent event, long wallMicros) {
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
