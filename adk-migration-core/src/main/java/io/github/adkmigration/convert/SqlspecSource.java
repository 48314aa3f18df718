package io.github.adkmigration.convert;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.V1EventEncoder;

/**
 * SQLSpec since 0.42.0: the JSON of adk-python's V1. The JSON holds a time exactly, the
 * column only on PostgreSQL, MySQL and MariaDB, where it is an instant.
 */
final class SqlspecSource extends JsonEventSource {

	private final V1EventEncoder encoder;

	private final LocalTimes times;

	SqlspecSource(JsonTarget target, LocalTimes times) {
		this.encoder = new V1EventEncoder(target);
		this.times = times;
	}

	@Override
	public long epochMicros(SourceEvent event, long wallMicros) {
		Double seconds = this.encoder.seconds(((Row) event.payload()).json());
		if (seconds != null) {
			return StoredTimes.instantMicros(seconds);
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
		String invocationId = row.invocationId();
		return new Encoded(invocationId == null ? "" : invocationId, this.encoder.encode(row.json()));
	}

}
