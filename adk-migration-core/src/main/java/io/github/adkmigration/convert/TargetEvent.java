package io.github.adkmigration.convert;

/**
 * An event as it will stand in the new table.
 *
 * @param key its primary key
 * @param invocationId the invocation that it belongs to
 * @param columnMicros what the time column will hold, microseconds as if in UTC
 * @param json the event as UTF-8 JSON
 */
@SuppressWarnings("ArrayRecordComponent")
record TargetEvent(EventKey key, String invocationId, long columnMicros, byte[] json) {
}
