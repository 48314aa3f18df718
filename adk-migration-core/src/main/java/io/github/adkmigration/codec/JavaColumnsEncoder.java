package io.github.adkmigration.codec;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Turns rows of adk-java's pull request 654 into the {@code event_data} that adk-python's
 * newest release would have written: the columns are put together to the JSON that
 * google-adk makes of the same event.
 *
 * <p>
 * Immutable and thread-safe; each thread that encodes keeps a small buffer of its own.
 *
 * @since 0.1.0
 */
public final class JavaColumnsEncoder {

	private final ThreadLocal<JavaEventWriter> writers;

	/**
	 * Create an encoder.
	 * @param target what the column of the target accepts
	 */
	public JavaColumnsEncoder(JsonTarget target) {
		this.writers = ThreadLocal.withInitial(() -> new JavaEventWriter(target));
	}

	/**
	 * Encode one row.
	 * @param row the row
	 * @param epochMicros the instant of the event, in microseconds since 1970 UTC
	 * @return the JSON, and what had to be substituted in it
	 * @throws UnconvertibleEventException if the row belongs into quarantine
	 */
	public EncodedEvent encode(JavaColumnsEvent row, long epochMicros) {
		V0Event columns = row.columns();
		JsonMembers event = new JsonMembers();
		object(event, "content", columns.content());
		object(event, "groundingMetadata", columns.groundingMetadata());
		flag(event, "partial", columns.partial());
		flag(event, "turnComplete", columns.turnComplete());
		text(event, "errorCode", columns.errorCode());
		text(event, "errorMessage", columns.errorMessage());
		flag(event, "interrupted", columns.interrupted());
		value(event, "customMetadata", columns.customMetadata());
		object(event, "usageMetadata", columns.usageMetadata());
		object(event, "inputTranscription", columns.inputTranscription());
		object(event, "outputTranscription", columns.outputTranscription());
		object(event, "citationMetadata", columns.citationMetadata());
		text(event, "finishReason", row.finishReason());
		if (row.avgLogprobs() != null) {
			event.add("avgLogprobs", JsonValue.of(row.avgLogprobs()));
		}
		text(event, "modelVersion", row.modelVersion());
		text(event, "author", columns.author());
		text(event, "branch", columns.branch());
		byte[] actions = columns.actions();
		if (actions != null) {
			object(event, "actions", new String(actions, StandardCharsets.UTF_8));
		}
		value(event, "longRunningToolIds", columns.longRunningToolIdsJson());
		JsonValue whole = event.toObject();
		EventForm.JAVA.require(whole);
		String invocationId = columns.invocationId();
		return this.writers.get()
			.write(columns.id(), invocationId == null ? "" : invocationId, whole, length(columns), epochMicros);
	}

	private static long length(V0Event event) {
		byte[] actions = event.actions();
		return EventWriter.length(event.content()) + EventWriter.length(event.groundingMetadata())
				+ EventWriter.length(event.customMetadata()) + EventWriter.length(event.usageMetadata())
				+ EventWriter.length(event.citationMetadata()) + EventWriter.length(event.errorMessage())
				+ EventWriter.length(event.inputTranscription()) + EventWriter.length(event.outputTranscription())
				+ EventWriter.length(event.longRunningToolIdsJson()) + (actions == null ? 0 : actions.length);
	}

	private static void object(JsonMembers event, String name, @Nullable String json) {
		if (json != null && EventWriter.isValue(json)) {
			event.add(name, JsonColumnReader.tree(CamelCase.toSnakeCase(name), json));
		}
	}

	/** What may be a list as well. */
	private static void value(JsonMembers event, String name, @Nullable String json) {
		if (json != null && EventWriter.isValue(json)) {
			event.add(name, JsonColumnReader.anyTree(CamelCase.toSnakeCase(name), json));
		}
	}

	private static void text(JsonMembers event, String name, @Nullable String text) {
		if (text != null) {
			event.add(name, JsonValue.of(text));
		}
	}

	private static void flag(JsonMembers event, String name, @Nullable Boolean flag) {
		if (flag != null) {
			event.add(name, JsonValue.of(flag));
		}
	}

}
