package io.github.adkmigration.codec;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Writes one event of adk-go after the other. Not thread-safe.
 */
final class GoEventWriter extends EventWriter {

	/** Where adk-python keeps what it has no field for. */
	private static final String REQUESTED_INPUT = "adk_go_requested_input";

	private static final String FIELD = "actions";

	private static final Map<String, String> ACTIONS = foldedNames("state_delta", "artifact_delta",
			"requested_tool_confirmations", "skip_summarization", "transfer_to_agent", "escalate");

	private static final Map<String, String> CONFIRMATION = foldedNames("hint", "confirmed", "payload");

	private static final ModelShape NODE_INFO = ModelShape.of("NodeInfo");

	private final ModelTreeWriter models;

	private @Nullable GoEvent event;

	GoEventWriter(JsonTarget target) {
		super(target);
		this.models = new ModelTreeWriter(out());
	}

	EncodedEvent write(GoEvent row, long epochMicros) {
		this.event = row;
		return write(row.columns(), epochMicros);
	}

	private GoEvent event() {
		GoEvent current = this.event;
		if (current == null) {
			throw new IllegalStateException("No event is being written");
		}
		return current;
	}

	@Override
	long otherLength() {
		return length(event().routesJson()) + length(event().outputJson()) + length(event().nodeInfoJson())
				+ length(event().requestedInputJson());
	}

	@Override
	void otherFields() {
		columns().value("output", event().outputJson());
		String nodeInfo = event().nodeInfoJson();
		if (nodeInfo != null && isValue(nodeInfo)) {
			substitutions().field("node_info");
			JsonValue tree = JsonColumnReader.tree("node_info", nodeInfo);
			EventForm.JS.model(tree, "node_info", NODE_INFO);
			this.models.field("node_info", tree, ModelShape.UNKNOWN);
		}
		optional("isolation_scope", event().isolationScope());
	}

	@Override
	void customMetadata(@Nullable String json) {
		String requested = event().requestedInputJson();
		if (requested == null || !isValue(requested)) {
			super.customMetadata(json);
			return;
		}
		JsonValue input = JsonColumnReader.tree(REQUESTED_INPUT, requested);
		substitutions().field("custom_metadata");
		out().key("custom_metadata");
		out().beginObject();
		if (json != null && isValue(json)) {
			JsonValue metadata = JsonColumnReader.tree("custom_metadata", json);
			for (int i = 0; i < metadata.size(); i++) {
				member(metadata.name(i), metadata.value(i));
			}
		}
		member(REQUESTED_INPUT, input);
		out().endObject();
	}

	private void member(String name, JsonValue value) {
		out().text(name);
		out().colon();
		this.models.opaque(value);
	}

	@Override
	void actions(byte @Nullable [] bytes) {
		if (bytes != null && !isValue(event().routesJson())) {
			remembered(bytes, this::document);
		}
		else {
			document(bytes);
		}
	}

	private void document(byte @Nullable [] bytes) {
		out().beginObject();
		Map<String, JsonValue> fields = Map.of();
		if (bytes == null) {
			substitutions().field(FIELD);
			substitutions().add(SubstitutionKind.MISSING_ACTIONS);
		}
		else {
			fields = known(FIELD, JsonColumnReader.tree(FIELD, JsonColumn.ofUtf8(bytes)), ACTIONS);
		}
		fields.forEach(this::action);
		for (String name : ActionsWriter.alwaysPresent()) {
			if (!fields.containsKey(name)) {
				out().key(name);
				out().literal("{}");
			}
		}
		if (isValue(event().routesJson())) {
			columns().list("route", event().routesJson(), ValueKind.ROUTE);
		}
		out().endObject();
	}

	private void action(String name, JsonValue value) {
		substitutions().field(ActionsWriter.path(name));
		switch (name) {
			case "state_delta" -> this.models.entries(name, value, this.models::opaque);
			case "artifact_delta" -> this.models.entries(name, value, this::version);
			case "requested_tool_confirmations" -> this.models.entries(name, value, this::confirmation);
			default -> {
				boolean text = name.equals("transfer_to_agent");
				if (text ? !value.isText() : !value.isFlag()) {
					throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
							"'actions." + name + "' is no " + (text ? "text." : "boolean."));
				}
				// The zero values of Go, which adk-go before 2.2.0 writes out.
				if (text ? !value.text().isEmpty() : value != JsonValue.FALSE) {
					this.models.field(name, value, ModelShape.UNKNOWN);
				}
			}
		}
	}

	private void version(JsonValue version) {
		if (!version.isWhole()) {
			throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
					"'actions.artifact_delta' holds something else than versions.");
		}
		this.models.opaque(version);
	}

	private void confirmation(JsonValue confirmation) {
		if (!confirmation.isObject()) {
			throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
					"'actions.requested_tool_confirmations' holds something else than objects.");
		}
		out().beginObject();
		known("actions.requested_tool_confirmations", confirmation, CONFIRMATION).forEach((name, value) -> {
			ValueKind kind = switch (name) {
				case "hint" -> ValueKind.TEXT;
				case "confirmed" -> ValueKind.FLAG;
				default -> ValueKind.ANY;
			};
			EventForm.require(kind, value, "actions.requested_tool_confirmations." + name);
			member(name, value);
		});
		out().endObject();
	}

	/**
	 * Return the fields that have a value, by the names of adk-python. Releases differ in
	 * the case of the first letter, from row to row, and Go reads either.
	 */
	private Map<String, JsonValue> known(String owner, JsonValue object, Map<String, String> names) {
		Map<String, JsonValue> fields = new LinkedHashMap<>();
		for (int i = 0; i < object.size(); i++) {
			String name = names.get(object.name(i).toLowerCase(Locale.ROOT));
			if (name == null) {
				substitutions().dropped(owner, object.name(i));
			}
			else if (!object.value(i).isNull()) {
				fields.put(name, object.value(i));
			}
		}
		return fields;
	}

	private static Map<String, String> foldedNames(String... names) {
		return Arrays.stream(names)
			.collect(Collectors.toMap((name) -> name.replace("_", "").toLowerCase(Locale.ROOT), (name) -> name));
	}

}
