package io.github.adkmigration.codec;

import org.jspecify.annotations.Nullable;

/**
 * Turns an event that adk-java or adk-js keeps as one JSON text into the
 * {@code event_data} that adk-python's newest release would have written.
 *
 * <p>
 * Immutable and thread-safe; each thread that encodes keeps a small buffer of its own.
 *
 * @since 0.1.0
 */
public final class TreeEventEncoder {

	private final ThreadLocal<? extends TreeEventWriter> writers;

	private final EventForm form;

	private TreeEventEncoder(ThreadLocal<? extends TreeEventWriter> writers, EventForm form) {
		this.writers = writers;
		this.form = form;
	}

	/**
	 * Create an encoder of what google-adk's {@code Event} makes of itself.
	 * @param target what the column of the target accepts
	 * @return an encoder of adk-java's events
	 */
	public static TreeEventEncoder java(JsonTarget target) {
		return new TreeEventEncoder(ThreadLocal.withInitial(() -> new JavaEventWriter(target)), EventForm.JAVA);
	}

	/**
	 * Create an encoder of the {@code event_data} of adk-js.
	 * @param target what the column of the target accepts
	 * @return an encoder of adk-js's events
	 */
	public static TreeEventEncoder js(JsonTarget target) {
		return new TreeEventEncoder(ThreadLocal.withInitial(() -> new JsEventWriter(target)), EventForm.JS);
	}

	/**
	 * Read the event's own time, which the column holds in part or overrides, and see
	 * that every other member is of the type that its readers expect.
	 * @param json the column
	 * @return milliseconds since 1970 UTC, or {@code null} if the event has none
	 * @throws UnconvertibleEventException if the row belongs into quarantine
	 */
	public @Nullable Double millis(@Nullable JsonColumn json) {
		return this.form.time(tree(json));
	}

	/**
	 * Read the event's invocation where no column has it.
	 * @param json the column
	 * @return the invocation, empty if the event has none
	 * @throws UnconvertibleEventException if the row belongs into quarantine
	 */
	public String invocationId(@Nullable JsonColumn json) {
		return tree(json).get("invocationId").asText();
	}

	private JsonValue tree(@Nullable JsonColumn json) {
		return this.writers.get().tree(V1EventEncoder.required(json));
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
	public EncodedEvent encode(String id, String invocationId, @Nullable JsonColumn json, long epochMicros) {
		return this.writers.get().write(id, invocationId, V1EventEncoder.required(json), epochMicros);
	}

}
