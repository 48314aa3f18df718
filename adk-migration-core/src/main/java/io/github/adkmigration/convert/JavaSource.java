package io.github.adkmigration.convert;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.TreeEventEncoder;

/**
 * Pull request 700 of adk-java: the JSON of google-adk's own event, whose ids and time
 * are columns.
 */
final class JavaSource extends JsonEventSource {

	private static final int MICROS_PER_MILLI = 1000;

	// The year 9999, the last that every database and adk-python know.
	private static final double LATEST_MILLIS = 253_402_300_800_000.0;

	private final TreeEventEncoder encoder;

	private final LocalTimes times;

	JavaSource(JsonTarget target, LocalTimes times) {
		this.encoder = TreeEventEncoder.java(target);
		this.times = times;
	}

	@Override
	public long epochMicros(SourceEvent event, long wallMicros) {
		Double millis = this.encoder.millis(((Row) event.payload()).document());
		if (wallMicros != StoredTimes.NONE) {
			EventKey key = event.key();
			return this.times.epochMicros(wallMicros, key.id(), key.appName(), key.userId(), key.sessionId());
		}
		return millis == null ? StoredTimes.NONE : micros(millis);
	}

	/**
	 * Return a time in microseconds.
	 * @return {@link StoredTimes#NONE} for one that no database knows
	 */
	static long micros(double millis) {
		return Math.abs(millis) < LATEST_MILLIS ? Math.round(millis * MICROS_PER_MILLI) : StoredTimes.NONE;
	}

	@Override
	public Encoded encode(SourceEvent event, long epochMicros) {
		Row row = (Row) event.payload();
		String invocationId = row.invocationId() == null ? "" : row.invocationId();
		return new Encoded(invocationId,
				this.encoder.encode(event.key().id(), invocationId, row.document(), epochMicros));
	}

}
