package io.github.adkmigration.codec;

import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes one event of google-adk after the other. Not thread-safe.
 */
final class JavaEventWriter extends TreeEventWriter {

	/** Where deletions are kept: adk-python refuses what it does not know in actions. */
	private static final String DELETED_ARTIFACTS = "adk_java_deleted_artifact_ids";

	/** What the writer of a state delta puts in the place of a removed key. */
	private static final String REMOVED = "__ADK_SENTINEL_REMOVED__";

	private static final int MICROS_PER_MILLI = 1000;

	private static final BigDecimal LATEST_MILLIS = BigDecimal.valueOf(Long.MAX_VALUE / MICROS_PER_MILLI);

	/** Written in a place or a form of their own. */
	private static final Set<String> SPECIAL = Set.of("actions", "custom_metadata", "id", "invocation_id",
			"long_running_tool_ids", "timestamp");

	JavaEventWriter(JsonTarget target) {
		super(target);
	}

	@Override
	void response(JsonValue event) {
		for (int i = 0; i < event.size(); i++) {
			String name = CamelCase.toSnakeCase(event.name(i));
			if (!SPECIAL.contains(name)) {
				field(name, event.value(i));
			}
		}
		customMetadata(event.get("customMetadata"), event.get("actions").get("deletedArtifactIds"));
	}

	@Override
	void event(JsonValue event) {
		if (!event.hasValue("author")) {
			text("author", "");
		}
		actions(event.get("actions"));
		longRunningToolIds(event.get("longRunningToolIds"));
	}

	private void longRunningToolIds(JsonValue ids) {
		if (ids.isAbsent()) {
			return;
		}
		if (!ids.isArray()) {
			throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
					"'long_running_tool_ids' is no JSON list.");
		}
		// A set in Java: the order says nothing.
		TreeSet<String> sorted = new TreeSet<>();
		for (int i = 0; i < ids.size(); i++) {
			if (!ids.value(i).isText()) {
				throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
						"'long_running_tool_ids' holds something else than texts.");
			}
			sorted.add(ids.value(i).text());
		}
		substitutions().field("long_running_tool_ids");
		out().key("long_running_tool_ids");
		out().beginArray();
		sorted.forEach(out()::text);
		out().endArray();
	}

	private void actions(JsonValue actions) {
		beginActions(actions);
		for (int i = 0; i < actions.size(); i++) {
			String name = CamelCase.toSnakeCase(actions.name(i));
			boolean twice = name.equals("end_invocation") && !actions.get("endOfAgent").isMissing();
			if (!actions.value(i).isNull() && !name.equals("deleted_artifact_ids") && !twice) {
				action(name, actions.value(i));
			}
		}
		endActions((name) -> actions.hasValue(CamelCase.of(name)));
	}

	private void action(String name, JsonValue value) {
		substitutions().field(ActionsWriter.path(name));
		switch (name) {
			case "state_delta" -> models().entries(name, value, (entry) -> {
				if (entry.text().equals(REMOVED)) {
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
	private void artifacts(JsonValue artifacts) {
		requireObject("actions.artifact_delta", artifacts);
		out().key("artifact_delta");
		out().beginObject();
		for (int i = 0; i < artifacts.size(); i++) {
			if (artifacts.value(i).isWhole()) {
				member(artifacts.name(i), artifacts.value(i));
			}
			else {
				substitutions().dropped("actions", "artifact_delta");
			}
		}
		out().endObject();
	}

	private void compaction(JsonValue compaction) {
		requireObject("actions.compaction", compaction);
		out().key("compaction");
		out().beginObject();
		for (int i = 0; i < compaction.size(); i++) {
			String name = CamelCase.toSnakeCase(compaction.name(i));
			JsonValue value = compaction.value(i);
			if (name.endsWith("_timestamp") && isMillis(value)) {
				out().key(name);
				out().literal(PythonNumbers.seconds(value.decimal().longValue() * MICROS_PER_MILLI));
			}
			else {
				models().field(name, value, name.equals("compacted_content") ? CONTENT : ModelShape.UNKNOWN);
			}
		}
		out().endObject();
	}

	private static boolean isMillis(JsonValue value) {
		return value.isFinite() && value.decimal().abs().compareTo(LATEST_MILLIS) <= 0
				&& value.decimal().stripTrailingZeros().scale() <= 0;
	}

	private void member(String name, JsonValue value) {
		out().text(name);
		out().colon();
		models().opaque(value);
	}

	/**
	 * Write a list of keys with a value each as an object.
	 */
	private void customMetadata(JsonValue metadata, JsonValue deletedArtifacts) {
		boolean deleted = deletedArtifacts.isArray() && deletedArtifacts.size() > 0;
		boolean none = metadata.isAbsent();
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
			for (int i = 0; i < metadata.size(); i++) {
				out().text(metadata.value(i).get("key").asText());
				out().colon();
				customValue(metadata.value(i));
			}
		}
		else {
			for (int i = 0; i < metadata.size(); i++) {
				member(metadata.name(i), metadata.value(i));
			}
		}
		if (deleted) {
			out().key(DELETED_ARTIFACTS);
			models().opaque(deletedArtifacts);
		}
		out().endObject();
	}

	private void customValue(JsonValue entry) {
		JsonValue text = entry.get("stringValue");
		JsonValue number = entry.get("numericValue");
		JsonValue texts = entry.get("stringListValue").get("values");
		if (text.isText()) {
			out().text(text.text());
		}
		else if (number.isFinite()) {
			number(number.decimal().floatValue());
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
