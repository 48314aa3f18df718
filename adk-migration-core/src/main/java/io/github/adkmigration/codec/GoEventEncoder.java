package io.github.adkmigration.codec;

/**
 * Turns rows of adk-go into the {@code event_data} that adk-python's newest release would
 * have written for them.
 *
 * <p>
 * Immutable and thread-safe; each thread that encodes keeps a small buffer of its own.
 *
 * @since 0.1.0
 */
public final class GoEventEncoder {

	private final ThreadLocal<GoEventWriter> writers;

	/**
	 * Create an encoder.
	 * @param target what the column of the target accepts
	 */
	public GoEventEncoder(JsonTarget target) {
		this.writers = ThreadLocal.withInitial(() -> new GoEventWriter(target));
	}

	/**
	 * Encode one row.
	 * @param row the row
	 * @param epochMicros the instant of the event, in microseconds since 1970 UTC
	 * @return the JSON, and what had to be substituted in it
	 * @throws UnconvertibleEventException if the row belongs into quarantine
	 */
	public EncodedEvent encode(GoEvent row, long epochMicros) {
		return this.writers.get().write(row, epochMicros);
	}

}
