package io.github.adkmigration.codec;

import java.util.function.Consumer;

/**
 * Reads a column that holds a JSON object and writes it again, so that nothing but one
 * JSON object gets through, in a form that the target accepts. Its members, their order
 * and the digits of its numbers stay.
 *
 * <p>
 * Immutable and thread-safe; each thread that encodes keeps a small buffer of its own.
 *
 * @since 0.1.0
 */
public final class JsonObjectEncoder {

	private final String column;

	private final ThreadLocal<Writer> writers;

	/**
	 * Create an encoder.
	 * @param column the name of the column, for failures and substitutions
	 * @param target what the column of the target accepts
	 */
	public JsonObjectEncoder(String column, JsonTarget target) {
		this.column = column;
		this.writers = ThreadLocal.withInitial(() -> new Writer(target));
	}

	/**
	 * Encode one value.
	 * @param json the column
	 * @return the JSON, and what had to be substituted in it
	 * @throws UnconvertibleEventException if it is no JSON object, or one beyond the
	 * limits
	 */
	public EncodedEvent encode(String json) {
		return this.writers.get().write(json, (columns) -> columns.document(this.column, json));
	}

	/**
	 * Encode one event.
	 * @param json the column
	 * @param id its id, if the JSON has none
	 * @param invocationId its invocation, if the JSON has none
	 * @param epochMicros its instant, if the JSON has none
	 */
	EncodedEvent encode(String json, String id, String invocationId, long epochMicros) {
		return this.writers.get().write(json, (columns) -> columns.event(json, id, invocationId, epochMicros));
	}

	/** Writes one object after the other. */
	private static final class Writer {

		private final SubstitutionLog substitutions = new SubstitutionLog();

		private final JsonOutput out;

		private final JsonColumnWriter columns;

		Writer(JsonTarget target) {
			this.out = new JsonOutput(target, this.substitutions);
			this.columns = new JsonColumnWriter(target, this.out, this.substitutions);
		}

		EncodedEvent write(String json, Consumer<JsonColumnWriter> object) {
			this.substitutions.reset();
			this.out.reset(JsonLimits.bytes(json.length()));
			object.accept(this.columns);
			return new EncodedEvent(this.out.toArray(0), this.substitutions.toList());
		}

	}

}
