package io.github.adkmigration.convert;

import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the old table.
 *
 * @param key its primary key
 * @param time the time as stored, in whatever type the dialect reads it
 * @param hasSession whether its session exists
 * @param payload the rest of the row, in the form that its {@link EventSource} made
 * @param raw the bytes to keep if the row has to be set aside, or {@code null} if there
 * are none
 * @param size rough size in memory, bytes
 */
@SuppressWarnings("ArrayRecordComponent")
record SourceEvent(EventKey key, @Nullable Object time, boolean hasSession, Object payload, byte @Nullable [] raw,
		int size) {
}
