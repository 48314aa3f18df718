package io.github.adkmigration.clock;

/**
 * Sessions whose times say how far the writer's clock was ahead of the database's.
 *
 * @param wallMicros when: wall-clock microseconds of one such event
 * @param offsetSeconds seconds ahead of the database's clock
 * @param strength how sure it is
 * @param sessions how many sessions say so within the same quarter of an hour; at least 1
 * @since 0.1.0
 */
public record OffsetSighting(long wallMicros, int offsetSeconds, Strength strength, long sessions) {

	/**
	 * How sure a sighting is.
	 */
	public enum Strength {

		/**
		 * The newest event and {@code update_time} are the same time to the microsecond
		 * but for whole quarters of an hour: by chance once in 900 million.
		 */
		EXACT,

		/**
		 * The first event is not older than the session, nor younger than its last
		 * update, and only one offset in use is between these limits.
		 */
		BRACKETED,

		/**
		 * The first event came within five seconds after the session, but for whole
		 * quarters of an hour: by chance once in 150.
		 */
		NEAR

	}

}
