package io.github.adkmigration.codec;

import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one event of google-adk after the other. Not thread-safe.
 */
final class JavaEventWriter extends TreeEventWriter {

	/** Where deletions are kept: adk-python refuses what it does not know in actions. */
	private static final String DELETED_ARTIFACTS = "adk_java_deleted_artifact_ids";

	/** What the writer of a state delta puts in the place of a removed key. */
	private static final String REMOVED = "__ADK_SENTINEL_REMOVED__";

	private static final int MICROS_PER_MILLI = 1000;

	/** Written in a place or a form of their own. */
	private static final Set<String> SPECIAL = Set.of("actions", "custom_metadata", "id", "invocation_id",
			"long_running_tool_ids", "timestamp");

	JavaEventWriter(JsonTarget target) {
		super(target);
	}

	@Override
	void response(ObjectNode event) {
		event.properties().forEach((field) -> {
			String name = CamelCase.toSnakeCase(field.getKey());
			if (!SPECIAL.contains(name)) {
				field(name, field.getValue());
			}
		});
		customMetadata(event.path("customMetadata"), event.path("actions").path("deletedArtifactIds"));
	}

	@Override
	void event(ObjectNode event) {
		if (!event.hasNonNull("author")) {
			text("author", "");
		}
		actions(event.path("actions"));
		longRunningToolIds(event.path("longRunningToolIds"));
	}

	private void longRunningToolIds(JsonNode ids) {
		if (ids.isMissingNode() || ids.isNull()) {
			return;
		}
		if (!ids.isArray()) {
			throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
					"'long_running_tool_ids' is no JSON list.");
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
		substitutions().field("long_running_tool_ids");
		out().key("long_running_tool_ids");
		out().beginArray();
		sorted.forEach(out()::text);
		out().endArray();
	}

	private void actions(JsonNode actions) {
		beginActions(actions);
		actions.properties().forEach((field) -> {
			String name = CamelCase.toSnakeCase(field.getKey());
			boolean twice = name.equals("end_invocation") && actions.has("endOfAgent");
			if (!field.getValue().isNull() && !name.equals("deleted_artifact_ids") && !twice) {
				action(name, field.getValue());
			}
		});
		endActions((name) -> actions.hasNonNull(CamelCase.of(name)));
	}

	private void action(String name, JsonNode value) {
		substitutions().field("actions." + name);
		switch (name) {
			case "state_delta" -> models().entries(name, value, (entry) -> {
				if (entry.isString() && entry.asString().equals(REMOVED)) {
					out().literal("null");
				}
				else {
					models().opaque(entry);
				}
			});
			case "artifact_delta" -> artifacts(value);
			case "requested_auth_configs" -> models().entries(name, value, models()::opaque);
			case "requested_tool_confirmations" ->
				models().entries(name, value, (entry) -> models().any(entry, ModelShape.UNKNOWN));
			case "compaction" -> compaction(value);
			// Its name before google-adk 1.0.
			case "end_invocation" -> models().field("end_of_agent", value, ModelShape.UNKNOWN);
			default -> {
				if (ActionsWriter.isKnown(name)) {
					models().field(name, value, ModelShape.UNKNOWN);
				}
				else {
					substitutions().dropped("actions", name);
				}
			}
		}
	}

	/**
	 * Old releases of google-adk kept the artifact itself where adk-python expects the
	 * number of its version.
	 */
	private void artifacts(JsonNode artifacts) {
		requireObject("actions.artifact_delta", artifacts);
		out().key("artifact_delta");
		out().beginObject();
		artifacts.properties().forEach((entry) -> {
			if (entry.getValue().isIntegralNumber()) {
				out().text(entry.getKey());
				out().colon();
				models().opaque(entry.getValue());
			}
			else {
				substitutions().dropped("actions", "artifact_delta");
			}
		});
		out().endObject();
	}

	private void compaction(JsonNode compaction) {
		requireObject("actions.compaction", compaction);
		out().key("compaction");
		out().beginObject();
		compaction.properties().forEach((field) -> {
			String name = CamelCase.toSnakeCase(field.getKey());
			if (name.endsWith("_timestamp") && field.getValue().canConvertToLong()
					&& Math.abs(field.getValue().longValue()) <= Long.MAX_VALUE / MICROS_PER_MILLI) {
				out().key(name);
				out().literal(PythonNumbers.seconds(field.getValue().longValue() * MICROS_PER_MILLI));
			}
			else {
				models().field(name, field.getValue(), name.equals("compacted_content") ? CONTENT : ModelShape.UNKNOWN);
			}
		});
		out().endObject();
	}

	/**
	 * Write a list of keys with a value each as an object.
	 */
	private void customMetadata(JsonNode metadata, JsonNode deletedArtifacts) {
		boolean deleted = deletedArtifacts.isArray() && !deletedArtifacts.isEmpty();
		boolean none = metadata.isMissingNode() || metadata.isNull();
		if (none && !deleted) {
			return;
		}
		if (!metadata.isArray() && !none) {
			requireObject("custom_metadata", metadata);
		}
		substitutions().field("custom_metadata");
		out().key("custom_metadata");
		out().beginObject();
		if (metadata.isArray()) {
			metadata.forEach((entry) -> {
				out().text(entry.path("key").asString(""));
				out().colon();
				customValue(entry);
			});
		}
		else {
			metadata.properties().forEach((entry) -> {
				out().text(entry.getKey());
				out().colon();
				models().opaque(entry.getValue());
			});
		}
		if (deleted) {
			out().key(DELETED_ARTIFACTS);
			models().opaque(deletedArtifacts);
		}
		out().endObject();
	}

	private void customValue(JsonNode entry) {
		JsonNode text = entry.path("stringValue");
		JsonNode number = entry.path("numericValue");
		JsonNode texts = entry.path("stringListValue").path("values");
		if (text.isString()) {
			out().text(text.asString());
		}
		else if (number.isNumber()) {
			number(number.decimalValue().floatValue());
		}
		else if (texts.isArray()) {
			models().opaque(texts);
		}
		else {
			out().literal("null");
		}
	}

	/** A whole number is written as one, since Java's type does not tell 3 from 3.0. */
	private void number(float value) {
		if (value == Math.rint(value) && Math.abs(value) < 1 << 24) {
			out().literal(Integer.toString((int) value));
		}
		else {
			out().number(Double.parseDouble(Float.toString(value)));
		}
	}

}
