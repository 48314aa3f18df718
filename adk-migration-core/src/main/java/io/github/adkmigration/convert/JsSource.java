package io.github.adkmigration.convert;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.TreeEventEncoder;

/**
 * adk-js: the names of adk-python's V1, and milliseconds. The column holds less of a time
 * than the JSON, on MySQL and MariaDB in a zone that nothing tells.
 */
final class JsSource extends JsonEventSource {

	private final TreeEventEncoder encoder;

	private final LocalTimes times;

	private final boolean instants;

	JsSource(JsonTarget target, LocalTimes times, boolean instants) {
		this.encoder = TreeEventEncoder.js(target);
		this.times = times;
		this.instants = instants;
	}

	@Override
	public long epochMicros(SourceEvent event, long wallMicros) {
		Double millis = this.encoder.millis(((Row) event.payload()).document());
		if (millis != null) {
			return JavaSource.micros(millis);
		}
		if (wallMicros != StoredTimes.NONE) {
			return this.instants ? wallMicros : StoredTimes.NONE;
		}
		EventKey key = event.key();
		return this.times.sqliteEpochMicros(event.time(), key.id(), key.appName(), key.userId(), key.sessionId());
	}

	@Override
	public Encoded encode(SourceEvent event, long epochMicros) {
		Row row = (Row) event.payload();
		String invocationId = row.invocationId() == null ? "" : row.invocationId();
		return new Encoded(invocationId,
				this.encoder.encode(event.key().id(), invocationId, row.document(), epochMicros));
	}

}
