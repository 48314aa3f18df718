package io.github.adkmigration.convert;

import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the old table.
 *
 * @param key its primary key
 * @param time the time as stored, in whatever type the dialect reads it
 * @param hasSession whether its session exists
 * @param payload the rest of the row, in the form that its {@link EventSource} made
 * @param size rough size in memory, bytes
 */
record SourceEvent(EventKey key, @Nullable Object time, boolean hasSession, Object payload, int size) {

	/**
	 * Return the same event without its session.
	 */
	SourceEvent orphaned() {
		return new SourceEvent(this.key, this.time, false, this.payload, this.size);
	}

}
