package io.github.adkmigration.codec;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Writes one event after the other of a layout that keeps its fields in columns. Not
 * thread-safe.
 */
abstract class EventWriter {

	private static final ModelShape CONTENT = ModelShape.of("Content");

	private static final ModelShape GROUNDING = ModelShape.of("GroundingMetadata");

	private static final ModelShape USAGE = ModelShape.of("GenerateContentResponseUsageMetadata");

	private static final ModelShape CITATION = ModelShape.of("CitationMetadata");

	private static final ModelShape TRANSCRIPTION = ModelShape.of("Transcription");

	private final ActionsCache cache = new ActionsCache();

	private final SubstitutionLog substitutions = new SubstitutionLog();

	private final JsonOutput out;

	private final JsonColumnWriter columns;

	EventWriter(JsonTarget target) {
		this.out = new JsonOutput(target, this.substitutions);
		this.columns = new JsonColumnWriter(target, this.out, this.substitutions);
	}

	/**
	 * Write the actions after their key.
	 * @param bytes the column
	 */
	abstract void actions(byte @Nullable [] bytes);

	/**
	 * Write what the layout has beside the columns of V0.
	 */
	void otherFields() {
	}

	/**
	 * Write the application's own metadata.
	 * @param json the column
	 */
	void customMetadata(@Nullable String json) {
		this.columns.object("custom_metadata", json, ModelShape.OPAQUE);
	}

	/**
	 * Return how many characters the layout has beside the columns of V0.
	 */
	long otherLength() {
		return 0;
	}

	EncodedEvent write(V0Event event, long epochMicros) {
		this.substitutions.reset();
		this.out.reset(limit(event));
		this.out.beginObject();
		this.columns.object("content", event.content(), CONTENT);
		this.columns.object("grounding_metadata", event.groundingMetadata(), GROUNDING);
		flag("partial", event.partial());
		flag("turn_complete", event.turnComplete());
		optional("error_code", event.errorCode());
		optional("error_message", event.errorMessage());
		flag("interrupted", event.interrupted());
		customMetadata(event.customMetadata());
		this.columns.object("usage_metadata", event.usageMetadata(), USAGE);
		this.columns.object("input_transcription", event.inputTranscription(), TRANSCRIPTION);
		this.columns.object("output_transcription", event.outputTranscription(), TRANSCRIPTION);
		this.columns.object("citation_metadata", event.citationMetadata(), CITATION);
		required("invocation_id", event.invocationId());
		required("author", event.author());
		this.out.key("actions");
		actions(event.actions());
		this.columns.list("long_running_tool_ids", event.longRunningToolIdsJson(), ValueKind.TEXT);
		optional("branch", event.branch());
		required("id", event.id());
		otherFields();
		this.out.key("timestamp");
		this.out.literal(PythonNumbers.seconds(epochMicros));
		this.out.endObject();
		return new EncodedEvent(this.out.toArray(0), this.substitutions.toList());
	}

	/**
	 * Write actions once and what they have become from then on, if that depends on the
	 * column alone and nothing has to be substituted.
	 * @param bytes the column
	 * @param writing writes it
	 */
	final void remembered(byte[] bytes, Consumer<byte[]> writing) {
		byte[] known = this.cache.get(bytes);
		if (known != null) {
			this.out.fragment(known);
			return;
		}
		int start = this.out.length();
		int before = this.substitutions.size();
		writing.accept(bytes);
		if (this.substitutions.size() == before) {
			this.cache.put(bytes, this.out.toArray(start));
		}
	}

	private int limit(V0Event event) {
		long input = length(event.content()) + length(event.groundingMetadata()) + length(event.customMetadata())
				+ length(event.usageMetadata()) + length(event.citationMetadata()) + length(event.errorMessage())
				+ length(event.inputTranscription()) + length(event.outputTranscription()) + otherLength();
		byte[] actions = event.actions();
		return JsonLimits.bytes(input + ((actions != null) ? actions.length : 0));
	}

	static long length(@Nullable String text) {
		return (text != null) ? text.length() : 0;
	}

	/** SQL NULL and JSON {@code null} mean the same. */
	static boolean isValue(@Nullable String json) {
		return json != null && !json.isBlank() && !json.strip().equals("null");
	}

	final JsonOutput out() {
		return this.out;
	}

	final SubstitutionLog substitutions() {
		return this.substitutions;
	}

	final JsonColumnWriter columns() {
		return this.columns;
	}

	private void flag(String field, @Nullable Boolean value) {
		if (value != null) {
			this.out.key(field);
			this.out.literal(value ? "true" : "false");
		}
	}

	final void optional(String field, @Nullable String value) {
		if (value != null) {
			this.substitutions.field(field);
			this.out.key(field);
			this.out.text(value);
		}
	}

	private void required(String field, @Nullable String value) {
		if (value == null) {
			throw new UnconvertibleEventException(UnconvertibleReason.MISSING_VALUE, "The row has no '" + field + "'.");
		}
		optional(field, value);
	}

}
