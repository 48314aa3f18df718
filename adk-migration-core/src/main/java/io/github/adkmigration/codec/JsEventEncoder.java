package io.github.adkmigration.codec;

import org.jspecify.annotations.Nullable;

/**
 * Turns the {@code event_data} of adk-js into the one that adk-python's newest release
 * would have written.
 *
 * <p>
 * Immutable and thread-safe; each thread that encodes keeps a small buffer of its own.
 *
 * @since 0.1.0
 */
public final class JsEventEncoder {

	private final ThreadLocal<JsEventWriter> writers;

	/**
	 * Create an encoder.
	 * @param target what the column of the target accepts
	 */
	public JsEventEncoder(JsonTarget target) {
		this.writers = ThreadLocal.withInitial(() -> new JsEventWriter(target));
	}

	/**
	 * Read the event's own time, which the column cuts.
	 * @param json the column
	 * @return milliseconds since 1970 UTC, or {@code null} if the event has none
	 * @throws UnconvertibleEventException if the row belongs into quarantine
	 */
	public @Nullable Double millis(@Nullable String json) {
		return JsonColumnWriter.number(V1EventEncoder.required(json), "timestamp");
	}

	/**
	 * Encode one row.
	 * @param id the event's id column
	 * @param invocationId the event's invocation id column
	 * @param json the event, whose own ids and time do not count
	 * @param epochMicros the instant of the event, in microseconds since 1970 UTC
	 * @return the JSON, and what had to be substituted in it
	 * @throws UnconvertibleEventException if the row belongs into quarantine
	 */
	public EncodedEvent encode(String id, String invocationId, @Nullable String json, long epochMicros) {
		return this.writers.get().write(id, invocationId, V1EventEncoder.required(json), epochMicros);
	}

}
