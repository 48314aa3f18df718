package io.github.adkmigration.convert;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.V1EventEncoder;

/**
 * adk-python's SqliteSessionService: the JSON of V1 beside a time in seconds. Where
 * DatabaseSessionService wrote into the same file, the column holds a text, so each row
 * decides for itself.
 */
class SqliteServiceSource extends JsonEventSource {

	private final V1EventEncoder encoder;

	private final LocalTimes times;

	SqliteServiceSource(JsonTarget target, LocalTimes times) {
		this.encoder = new V1EventEncoder(target);
		this.times = times;
	}

	@Override
	public final long epochMicros(SourceEvent event, long wallMicros) {
		Double seconds = this.encoder.checkedSeconds(((Row) event.payload()).json());
		if (seconds != null) {
			return StoredTimes.instantMicros(seconds);
		}
		return columnMicros(event, wallMicros);
	}

	/**
	 * Return the instant of an event whose JSON has none.
	 */
	long columnMicros(SourceEvent event, long wallMicros) {
		EventKey key = event.key();
		return this.times.sqliteEpochMicros(event.time(), key.id(), key.appName(), key.userId(), key.sessionId());
	}

	@Override
	public final Encoded encode(SourceEvent event, long epochMicros) {
		Row row = (Row) event.payload();
		String invocationId = row.invocationId() == null ? "" : row.invocationId();
		return new Encoded(invocationId, this.encoder.encode(event.key().id(), invocationId, row.json(), epochMicros));
	}

}
