package io.github.adkmigration.codec;

import org.jspecify.annotations.Nullable;

/**
 * Takes over {@code event_data} that has the form of adk-python's V1 already. It is read
 * and written again, so that nothing but one JSON object gets through, and its members
 * and their order stay.
 *
 * <p>
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class V1EventEncoder {

	private static final String COLUMN = "event_data";

	private final JsonObjectEncoder objects;

	/**
	 * Create an encoder.
	 * @param target what the column of the target accepts
	 */
	public V1EventEncoder(JsonTarget target) {
		this.objects = new JsonObjectEncoder(COLUMN, target);
	}

	/**
	 * Read the event's own time.
	 * @param json the column
	 * @return seconds since 1970 UTC, or {@code null} if the event has none
	 * @throws UnconvertibleEventException if the row belongs into quarantine
	 */
	public @Nullable Double seconds(@Nullable String json) {
		return JsonColumnReader.number(required(json), "timestamp");
	}

	/**
	 * Read the time of an event that adk-python has to read back from head for the first
	 * time, and see that it can.
	 * @param json the column
	 * @return seconds since 1970 UTC, or {@code null} if the event has none
	 * @throws UnconvertibleEventException if the row belongs into quarantine
	 */
	public @Nullable Double checkedSeconds(@Nullable String json) {
		return EventForm.PYTHON.time(JsonColumnReader.tree("event_data", required(json)));
	}

	/**
	 * Encode one row.
	 * @param json the column
	 * @return the JSON, and what had to be substituted in it
	 * @throws UnconvertibleEventException if the row belongs into quarantine
	 */
	public EncodedEvent encode(@Nullable String json) {
		return this.objects.encode(required(json));
	}

	/**
	 * Encode one row that may lack what its columns hold.
	 * @param id the event's id column
	 * @param invocationId the event's invocation id column
	 * @param json the column
	 * @param epochMicros the instant of the event, in microseconds since 1970 UTC
	 * @return the JSON, and what had to be substituted in it
	 * @throws UnconvertibleEventException if the row belongs into quarantine
	 */
	public EncodedEvent encode(String id, String invocationId, @Nullable String json, long epochMicros) {
		return this.objects.encode(required(json), id, invocationId, epochMicros);
	}

	static <T> T required(@Nullable T json) {
		if (json == null) {
			throw new UnconvertibleEventException(UnconvertibleReason.MISSING_VALUE, "The row has no 'event_data'.");
		}
		return json;
	}

}
