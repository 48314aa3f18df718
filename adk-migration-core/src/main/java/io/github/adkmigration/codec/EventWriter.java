package io.github.adkmigration.codec;

import io.github.adkmigration.pickle.PickleConstant;
import io.github.adkmigration.pickle.PickleException;
import io.github.adkmigration.pickle.PickleReader;
import org.jspecify.annotations.Nullable;

/**
 * Writes one event after the other. Not thread-safe.
 */
final class EventWriter {

	private static final ModelShape CONTENT = ModelShape.of("Content");

	private static final ModelShape GROUNDING = ModelShape.of("GroundingMetadata");

	private static final ModelShape USAGE = ModelShape.of("GenerateContentResponseUsageMetadata");

	private static final ModelShape CITATION = ModelShape.of("CitationMetadata");

	private static final ModelShape TRANSCRIPTION = ModelShape.of("Transcription");

	private final SubstitutionLog substitutions = new SubstitutionLog();

	private final ActionsCache cache = new ActionsCache();

	private final JsonOutput out;

	private final JsonColumnWriter columns;

	private final ActionsWriter actions;

	EventWriter(JsonTarget target) {
		this.out = new JsonOutput(target, this.substitutions);
		this.columns = new JsonColumnWriter(target, this.out, this.substitutions);
		this.actions = new ActionsWriter(this.out, this.substitutions);
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
		this.columns.object("custom_metadata", event.customMetadata(), ModelShape.OPAQUE);
		this.columns.object("usage_metadata", event.usageMetadata(), USAGE);
		this.columns.object("input_transcription", event.inputTranscription(), TRANSCRIPTION);
		this.columns.object("output_transcription", event.outputTranscription(), TRANSCRIPTION);
		this.columns.object("citation_metadata", event.citationMetadata(), CITATION);
		required("invocation_id", event.invocationId());
		required("author", event.author());
		actions(event.actions());
		this.columns.list("long_running_tool_ids", event.longRunningToolIdsJson());
		optional("branch", event.branch());
		required("id", event.id());
		this.out.key("timestamp");
		this.out.literal(PythonNumbers.seconds(epochMicros));
		this.out.endObject();
		return new EncodedEvent(this.out.toArray(0), this.substitutions.toList());
	}

	private static int limit(V0Event event) {
		long input = length(event.content()) + length(event.groundingMetadata()) + length(event.customMetadata())
				+ length(event.usageMetadata()) + length(event.citationMetadata()) + length(event.errorMessage())
				+ length(event.inputTranscription()) + length(event.outputTranscription());
		byte[] pickle = event.actions();
		return JsonLimits.bytes(input + ((pickle != null) ? pickle.length : 0));
	}

	private static long length(@Nullable String text) {
		return (text != null) ? text.length() : 0;
	}

	private void actions(byte @Nullable [] pickle) {
		this.out.key("actions");
		if (pickle == null) {
			this.actions.write(PickleConstant.NONE);
			return;
		}
		byte[] known = this.cache.get(pickle);
		if (known != null) {
			this.out.fragment(known);
			return;
		}
		int start = this.out.length();
		int before = this.substitutions.size();
		unpickle(pickle);
		if (this.substitutions.size() == before) {
			this.cache.put(pickle, this.out.toArray(start));
		}
	}

	private void unpickle(byte[] pickle) {
		switch (PayloadKind.of(pickle)) {
			case PICKLE -> {
				try {
					this.actions.write(PickleReader.read(pickle));
				}
				catch (PickleException ex) {
					throw new UnconvertibleEventException(reason(ex.fault()), String.valueOf(ex.getMessage()));
				}
			}
			case EMPTY -> throw new UnconvertibleEventException(UnconvertibleReason.BROKEN_PICKLE,
					"The column of the actions has no bytes.");
			case JSON -> throw new UnconvertibleEventException(UnconvertibleReason.NOT_A_PICKLE,
					"The column of the actions holds JSON, as adk-go writes it.");
			case UNKNOWN -> throw new UnconvertibleEventException(UnconvertibleReason.NOT_A_PICKLE,
					"The column of the actions holds no pickle.");
		}
	}

	private static UnconvertibleReason reason(PickleException.Fault fault) {
		return switch (fault) {
			case BROKEN -> UnconvertibleReason.BROKEN_PICKLE;
			case LIMIT -> UnconvertibleReason.LIMIT_EXCEEDED;
			case HOSTILE -> UnconvertibleReason.HOSTILE;
		};
	}

	private void flag(String field, @Nullable Boolean value) {
		if (value != null) {
			this.out.key(field);
			this.out.literal(value ? "true" : "false");
		}
	}

	private void optional(String field, @Nullable String value) {
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
