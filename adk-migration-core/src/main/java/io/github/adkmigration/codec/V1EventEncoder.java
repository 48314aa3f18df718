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
		return JsonColumnWriter.number(required(json), "timestamp");
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

	static String required(@Nullable String json) {
		if (json == null) {
			throw new UnconvertibleEventException(UnconvertibleReason.MISSING_VALUE, "The row has no 'event_data'.");
		}
		return json;
	}

}
