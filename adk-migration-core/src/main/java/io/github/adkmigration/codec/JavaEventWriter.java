package io.github.adkmigration.codec;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one event of google-adk after the other. Not thread-safe.
 */
final class JavaEventWriter {

	/** Where deletions are kept: adk-python refuses what it does not know in actions. */
	private static final String DELETED_ARTIFACTS = "adk_java_deleted_artifact_ids";

	/** What the writer of a state delta puts in the place of a removed key. */
	private static final String REMOVED = "__ADK_SENTINEL_REMOVED__";

	private static final int MICROS_PER_MILLI = 1000;

	/** Written in a place or a form of their own. */
	private static final Set<String> SPECIAL = Set.of("actions", "custom_metadata", "id", "invocation_id",
			"long_running_tool_ids", "timestamp");

	private static final ModelShape CONTENT = ModelShape.of("Content");

	private static final Map<String, ModelShape> SHAPES = Map.of("content", CONTENT, "grounding_metadata",
			ModelShape.of("GroundingMetadata"), "usage_metadata", ModelShape.of("GenerateContentResponseUsageMetadata"),
			"citation_metadata", ModelShape.of("CitationMetadata"), "input_transcription",
			ModelShape.of("Transcription"), "output_transcription", ModelShape.of("Transcription"));

	private final SubstitutionLog substitutions = new SubstitutionLog();

	private final JsonOutput out;

	private final ModelTreeWriter models;

	JavaEventWriter(JsonTarget target) {
		this.out = new JsonOutput(target, this.substitutions);
		this.models = new ModelTreeWriter(this.out);
	}

	EncodedEvent write(String id, String invocationId, String json, long epochMicros) {
		this.substitutions.reset();
		this.substitutions.field("event_data");
		this.out.reset(JsonLimits.bytes(json.length()));
		ObjectNode event = JsonColumnWriter.tree("event_data", json);
		this.out.beginObject();
		event.properties().forEach((field) -> {
			String name = CamelCase.toSnakeCase(field.getKey());
			if (!SPECIAL.contains(name)) {
				this.substitutions.field(name);
				this.models.field(name, field.getValue(), SHAPES.getOrDefault(name, ModelShape.UNKNOWN));
			}
		});
		JsonNode actions = event.path("actions");
		customMetadata(event.path("customMetadata"), actions.path("deletedArtifactIds"));
		text("invocation_id", invocationId);
		if (!event.hasNonNull("author")) {
			text("author", "");
		}
		actions(actions);
		longRunningToolIds(event.path("longRunningToolIds"));
		text("id", id);
		this.out.key("timestamp");
		this.out.literal(PythonNumbers.seconds(epochMicros));
		this.out.endObject();
		return new EncodedEvent(this.out.toArray(0), this.substitutions.toList());
	}

	private void text(String field, String value) {
		this.substitutions.field(field);
		this.out.key(field);
		this.out.text(value);
	}

	private void longRunningToolIds(JsonNode ids) {
		if (!ids.isArray()) {
			return;
		}
		// A set in Java: the order says nothing.
		TreeSet<String> sorted = new TreeSet<>();
		ids.forEach((id) -> {
			if (!id.isString()) {
				throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
						"'long_running_tool_ids' holds something else than texts.");
			}
			sorted.add(id.asString());
		});
		this.substitutions.field("long_running_tool_ids");
		this.out.key("long_running_tool_ids");
		this.out.beginArray();
		sorted.forEach(this.out::text);
		this.out.endArray();
	}

	private void actions(JsonNode actions) {
		this.substitutions.field("actions");
		this.out.key("actions");
		this.out.beginObject();
		actions.properties().forEach((field) -> {
			String name = CamelCase.toSnakeCase(field.getKey());
			boolean twice = name.equals("end_invocation") && actions.has("endOfAgent");
			if (!field.getValue().isNull() && !name.equals("deleted_artifact_ids") && !twice) {
				action(name, field.getValue());
			}
		});
		for (String name : ActionsWriter.alwaysPresent()) {
			JsonNode value = actions.path(CamelCase.of(name));
			if (value.isMissingNode() || value.isNull()) {
				this.out.key(name);
				this.out.literal("{}");
			}
		}
		this.out.endObject();
	}

	private void action(String name, JsonNode value) {
		this.substitutions.field("actions." + name);
		switch (name) {
			case "state_delta" -> this.models.entries(name, value, (entry) -> {
				if (entry.isString() && entry.asString().equals(REMOVED)) {
					this.out.literal("null");
				}
				else {
					this.models.opaque(entry);
				}
			});
			case "artifact_delta" -> artifacts(value);
			case "requested_auth_configs" -> this.models.entries(name, value, this.models::opaque);
			case "requested_tool_confirmations" ->
				this.models.entries(name, value, (entry) -> this.models.any(entry, ModelShape.UNKNOWN));
			case "compaction" -> compaction(value);
			// Its name before google-adk 1.0.
			case "end_invocation" -> this.models.field("end_of_agent", value, ModelShape.UNKNOWN);
			default -> {
				if (ActionsWriter.isKnown(name)) {
					this.models.field(name, value, ModelShape.UNKNOWN);
				}
				else {
					this.substitutions.dropped("actions", name);
				}
			}
		}
	}

	/**
	 * Old releases of google-adk kept the artifact itself where adk-python expects the
	 * number of its version.
	 */
	private void artifacts(JsonNode artifacts) {
		this.out.key("artifact_delta");
		this.out.beginObject();
		artifacts.properties().forEach((entry) -> {
			if (entry.getValue().isIntegralNumber()) {
				this.out.text(entry.getKey());
				this.out.colon();
				this.models.opaque(entry.getValue());
			}
			else {
				this.substitutions.dropped("actions", "artifact_delta");
			}
		});
		this.out.endObject();
	}

	private void compaction(JsonNode compaction) {
		this.out.key("compaction");
		this.out.beginObject();
		compaction.properties().forEach((field) -> {
			String name = CamelCase.toSnakeCase(field.getKey());
			if (name.endsWith("_timestamp") && field.getValue().canConvertToLong()
					&& Math.abs(field.getValue().longValue()) <= Long.MAX_VALUE / MICROS_PER_MILLI) {
				this.out.key(name);
				this.out.literal(PythonNumbers.seconds(field.getValue().longValue() * MICROS_PER_MILLI));
			}
			else {
				this.models.field(name, field.getValue(),
						name.equals("compacted_content") ? CONTENT : ModelShape.UNKNOWN);
			}
		});
		this.out.endObject();
	}

	/**
	 * Write a list of keys with a value each as an object.
	 */
	private void customMetadata(JsonNode metadata, JsonNode deletedArtifacts) {
		boolean deleted = deletedArtifacts.isArray() && !deletedArtifacts.isEmpty();
		if (!metadata.isArray() && !metadata.isObject() && !deleted) {
			return;
		}
		this.substitutions.field("custom_metadata");
		this.out.key("custom_metadata");
		this.out.beginObject();
		if (metadata.isArray()) {
			metadata.forEach((entry) -> {
				this.out.text(entry.path("key").asString(""));
				this.out.colon();
				customValue(entry);
			});
		}
		else {
			metadata.properties().forEach((entry) -> {
				this.out.text(entry.getKey());
				this.out.colon();
				this.models.opaque(entry.getValue());
			});
		}
		if (deleted) {
			this.out.key(DELETED_ARTIFACTS);
			this.models.opaque(deletedArtifacts);
		}
		this.out.endObject();
	}

	private void customValue(JsonNode entry) {
		JsonNode text = entry.path("stringValue");
		JsonNode number = entry.path("numericValue");
		JsonNode texts = entry.path("stringListValue").path("values");
		if (text.isString()) {
			this.out.text(text.asString());
		}
		else if (number.isNumber()) {
			number(number.decimalValue().floatValue());
		}
		else if (texts.isArray()) {
			this.models.opaque(texts);
		}
		else {
			this.out.literal("null");
		}
	}

	/** A whole number is written as one, since Java's type does not tell 3 from 3.0. */
	private void number(float value) {
		if (value == Math.rint(value) && Math.abs(value) < 1 << 24) {
			this.out.literal(Integer.toString((int) value));
		}
		else {
			this.out.number(Double.parseDouble(Float.toString(value)));
		}
	}

}
