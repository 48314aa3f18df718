package io.github.adkmigration.clock;

/**
 * A limit that a session sets to the offset of its writer.
 *
 * @param wallMicros when: wall-clock microseconds of the event
 * @param seconds the limit, seconds ahead of the database's clock
 * @param upper whether the offset is at most this, else at least
 * @since 0.1.0
 */
public record OffsetBound(long wallMicros, int seconds, boolean upper) {

	boolean allows(LocalZone zone) {
		int earlier = zone.earlierSeconds(this.wallMicros);
		int later = zone.laterSeconds(this.wallMicros);
		return this.upper ? Math.min(earlier, later) <= this.seconds : Math.max(earlier, later) >= this.seconds;
	}

}
