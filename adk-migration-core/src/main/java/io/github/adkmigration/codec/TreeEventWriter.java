package io.github.adkmigration.codec;

import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Writes one event after the other of a layout that keeps an event as one JSON text,
 * whose ids and time are columns too. Not thread-safe.
 */
abstract class TreeEventWriter {

	static final ModelShape CONTENT = ModelShape.of("Content");

	/** The models of an event, by their names in snake_case. */
	static final Map<String, ModelShape> SHAPES = Map.of("content", CONTENT, "grounding_metadata",
			ModelShape.of("GroundingMetadata"), "usage_metadata", ModelShape.of("GenerateContentResponseUsageMetadata"),
			"citation_metadata", ModelShape.of("CitationMetadata"), "input_transcription",
			ModelShape.of("Transcription"), "output_transcription", ModelShape.of("Transcription"));

	private final SubstitutionLog substitutions = new SubstitutionLog();

	private final JsonOutput out;

	private final ModelTreeWriter models;

	private @Nullable Read read;

	TreeEventWriter(JsonTarget target) {
		this.out = new JsonOutput(target, this.substitutions);
		this.models = new ModelTreeWriter(this.out);
	}

	/**
	 * Write what the model said and the application's own metadata.
	 */
	abstract void response(JsonValue event);

	/**
	 * Write what makes a response an event, without its ids and its time.
	 */
	abstract void event(JsonValue event);

	final EncodedEvent write(String id, String invocationId, JsonColumn json, long epochMicros) {
		JsonValue event = tree(json);
		this.read = null;
		return write(id, invocationId, event, json.utf8().length, epochMicros);
	}

	/**
	 * Read an event. What is asked for before it is written is not read again for that.
	 */
	final JsonValue tree(JsonColumn json) {
		Read last = this.read;
		if (last == null || last.json() != json) {
			last = new Read(json, JsonColumnReader.tree("event_data", json));
			this.read = last;
		}
		return last.tree();
	}

	/**
	 * Write an event that is read already.
	 * @param length how long it was, at least in characters
	 */
	final EncodedEvent write(String id, String invocationId, JsonValue event, long length, long epochMicros) {
		this.substitutions.reset();
		this.out.reset(JsonLimits.bytes(length));
		this.out.beginObject();
		response(event);
		text("invocation_id", invocationId);
		event(event);
		text("id", id);
		this.out.key("timestamp");
		this.out.literal(PythonNumbers.seconds(epochMicros));
		this.out.endObject();
		return new EncodedEvent(this.out.toArray(0), this.substitutions.toList());
	}

	/**
	 * Write a field that needs no more than the names of adk-python.
	 * @param name its name in snake_case
	 */
	final void field(String name, JsonValue value) {
		ModelShape shape = SHAPES.get(name);
		if (shape != null) {
			requireObject(name, value);
		}
		this.substitutions.field(name);
		this.models.field(name, value, shape == null ? ModelShape.UNKNOWN : shape);
	}

	/** Nothing is as good as an object. */
	static void requireObject(String name, JsonValue value) {
		if (!value.isObject() && !value.isAbsent()) {
			throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
					"'" + name + "' is no JSON object.");
		}
	}

	final void text(String field, String value) {
		this.substitutions.field(field);
		this.out.key(field);
		this.out.text(value);
	}

	/**
	 * Begin the actions.
	 * @param actions those of the event
	 */
	final void beginActions(JsonValue actions) {
		requireObject("actions", actions);
		this.substitutions.field("actions");
		this.out.key("actions");
		this.out.beginObject();
	}

	/**
	 * End the actions with what every reader expects.
	 * @param written whether a field is there, by its name in snake_case
	 */
	final void endActions(Predicate<String> written) {
		for (String name : ActionsWriter.alwaysPresent()) {
			if (!written.test(name)) {
				this.out.key(name);
				this.out.literal("{}");
			}
		}
		this.out.endObject();
	}

	final JsonOutput out() {
		return this.out;
	}

	final SubstitutionLog substitutions() {
		return this.substitutions;
	}

	final ModelTreeWriter models() {
		return this.models;
	}

	/**
	 * What was read last.
	 */
	private record Read(JsonColumn json, JsonValue tree) {
	}

}
