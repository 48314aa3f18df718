package io.github.adkmigration.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The types that every reader expects of the members of an event. adk-python cannot read
 * a session at all of which one event has another, so such a row belongs into quarantine.
 * What a reader may not know is not looked at.
 */
final class EventForm {

	/** The JSON of adk-python's V1, which stays as it is. */
	static final EventForm PYTHON = new EventForm(Member.event(), true, false);

	/** The JSON of adk-js, of which {@code null} is left out. */
	static final EventForm JS = new EventForm(Member.event(), true, true);

	/** The JSON of google-adk, whose events need no author. */
	static final EventForm JAVA = new EventForm(Member.camelCase(Member.event()), false, true);

	private final Map<String, Member> members;

	private final boolean authored;

	private final boolean rewritten;

	/**
	 * Create a form.
	 * @param rewritten whether {@link ModelTreeWriter} writes such events
	 */
	private EventForm(Map<String, Member> members, boolean authored, boolean rewritten) {
		this.members = members;
		this.authored = authored;
		this.rewritten = rewritten;
	}

	/**
	 * See whether every reader could read an event.
	 * @param event the event
	 * @return the event's own time as it stands there, or {@code null} if it has none
	 * @throws UnconvertibleEventException if no reader could read it
	 */
	@Nullable Double time(ObjectNode event) {
		require(event);
		return event.get("timestamp") instanceof NumericNode time
				? (Double) (time.isNaN() ? Double.NaN : time.decimalValue().doubleValue()) : null;
	}

	/**
	 * See whether every reader could read an event.
	 * @param event the event
	 * @throws UnconvertibleEventException if no reader could read it
	 */
	void require(ObjectNode event) {
		this.members.forEach((name, member) -> {
			JsonNode value = event.get(name);
			if (value != null) {
				member(value, name, member);
			}
		});
		if (this.authored && !event.has("author")) {
			throw new UnconvertibleEventException(UnconvertibleReason.MISSING_VALUE, "The row has no 'author'.");
		}
		JsonNode time = event.get("timestamp");
		if (time != null && !time.isNumber() && !time.isNull()) {
			throw unexpected(ValueKind.NUMBER, "timestamp");
		}
	}

	/**
	 * See whether every reader could read one field of the actions.
	 * @param name its name
	 * @param value what it holds
	 * @throws UnconvertibleEventException if no reader could read it
	 */
	void action(String name, JsonNode value) {
		Member member = Member.ACTIONS.get(name);
		if (member != null) {
			member(value, "actions." + name, member);
		}
	}

	private void member(JsonNode value, String path, Member member) {
		if (value.isNull() && (member.nullable() || this.rewritten)) {
			return;
		}
		require(member.kind(), value, path);
		ModelShape shape = member.shape();
		if (member.each() == null && shape != null) {
			model(value, path, shape);
		}
		else if (value.isObject() && !(member.members().isEmpty() && member.each() == null)) {
			value.properties().forEach((entry) -> {
				Member known = member.members().get(entry.getKey());
				if (known == null) {
					each(entry.getValue(), path, member);
				}
				else {
					member(entry.getValue(), path + "." + entry.getKey(), known);
				}
			});
		}
		else if (value.isArray()) {
			value.forEach((element) -> each(element, path, member));
		}
	}

	private void each(JsonNode value, String path, Member member) {
		ValueKind kind = member.each();
		if (kind != null) {
			require(kind, value, path);
			ModelShape shape = member.shape();
			if (shape != null) {
				model(value, path, shape);
			}
		}
	}

	/**
	 * See whether every reader could read a model.
	 * @param path its name and those of what it stands in, none of which a user chose
	 */
	void model(JsonNode model, String path, ModelShape shape) {
		model.properties().forEach((entry) -> {
			ModelShape.Field field = shape.field(entry.getKey());
			if (field != null && !entry.getValue().isNull()) {
				field(entry.getValue(), path + "." + field.name(), field);
			}
		});
		for (String name : shape.required()) {
			if (!model.hasNonNull(name) && !model.hasNonNull(CamelCase.of(name))) {
				throw new UnconvertibleEventException(UnconvertibleReason.MISSING_VALUE,
						"'" + path + "' has no '" + name + "'.");
			}
		}
	}

	private void field(JsonNode value, String path, ModelShape.Field field) {
		if (!field.list()) {
			element(value, path, field);
			return;
		}
		require(ValueKind.LIST, value, path);
		for (int i = 0; i < value.size(); i++) {
			JsonNode element = value.get(i);
			// It would become null, which no list of numbers takes.
			if (element instanceof NumericNode number && number.isNaN()) {
				throw unexpected(field.kind(), path + "." + i);
			}
			element(element, path + "." + i, field);
		}
	}

	private void element(JsonNode value, String path, ModelShape.Field field) {
		if (this.rewritten && ModelTreeWriter.isDuration(field.name(), value)) {
			return;
		}
		require(field.kind(), value, path);
		if (field.kind() == ValueKind.OBJECT && field.shape() != ModelShape.OPAQUE) {
			model(value, path, field.shape());
		}
	}

	static void require(ValueKind kind, JsonNode value, String path) {
		JsonToken token = value.asToken();
		if (!kind.accepts(token) && !kind.accepts(token, value.asString(""))) {
			throw unexpected(kind, path);
		}
	}

	/**
	 * Return the failure of a member of an unexpected type.
	 * @param kind what it should be
	 * @param path its name and those of what it stands in, none of which a user chose
	 */
	static UnconvertibleEventException unexpected(ValueKind kind, String path) {
		return new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
				"'" + path + "' holds something else than " + kind.title() + ".");
	}

	/**
	 * What is expected of one value.
	 *
	 * @param nullable whether a reader takes {@code null} for it
	 * @param members what is expected of its own members
	 * @param each what each other value in it has to be, or {@code null} for anything
	 * @param shape what it is, or each value in it, or {@code null} for no model
	 */
	private record Member(ValueKind kind, boolean nullable, Map<String, Member> members, @Nullable ValueKind each,
			@Nullable ModelShape shape) {

		private static final Map<String, Member> ACTIONS = actions();

		private static Map<String, Member> event() {
			Map<String, Member> event = new HashMap<>();
			for (String name : List.of("author", "id", "invocation_id")) {
				event.put(name, of(ValueKind.TEXT, false, null));
			}
			for (String name : List.of("branch", "error_code", "error_message", "finish_reason", "model_version",
					"isolation_scope")) {
				event.put(name, of(ValueKind.TEXT, true, null));
			}
			for (String name : List.of("partial", "turn_complete", "interrupted")) {
				event.put(name, of(ValueKind.FLAG, true, null));
			}
			TreeEventWriter.SHAPES.forEach((name, shape) -> event.put(name, model(shape)));
			event.put("logprobs_result", model(ModelShape.of("LogprobsResult")));
			event.put("custom_metadata", of(ValueKind.OBJECT, true, null));
			event.put("avg_logprobs", of(ValueKind.NUMBER, true, null));
			event.put("timestamp", of(ValueKind.NUMBER, false, null));
			event.put("long_running_tool_ids", of(ValueKind.LIST, true, ValueKind.TEXT));
			event.put("node_info", new Member(ValueKind.OBJECT, false, Map.of(), null, ModelShape.of("NodeInfo")));
			event.put("actions", new Member(ValueKind.OBJECT, false, ACTIONS, null, null));
			return Map.copyOf(event);
		}

		private static Map<String, Member> actions() {
			Map<String, Member> actions = new HashMap<>();
			ActionsWriter.alwaysPresent().forEach((name) -> actions.put(name, of(ValueKind.OBJECT, false, null)));
			actions.put("artifact_delta", of(ValueKind.OBJECT, false, ValueKind.WHOLE));
			actions.put("requested_tool_confirmations",
					new Member(ValueKind.OBJECT, false, Map.of(), ValueKind.OBJECT, ModelShape.of("ToolConfirmation")));
			actions.put("render_ui_widgets",
					new Member(ValueKind.LIST, true, Map.of(), ValueKind.OBJECT, ModelShape.of("UiWidget")));
			actions.put("route", of(ValueKind.ROUTE, true, ValueKind.ROUTE));
			actions.put("agent_state", of(ValueKind.OBJECT, true, null));
			actions.put("compaction", model(ModelShape.of("EventCompaction")));
			for (String name : List.of("transfer_to_agent", "transfer_reason", "rewind_before_invocation_id")) {
				actions.put(name, of(ValueKind.TEXT, true, null));
			}
			for (String name : List.of("skip_summarization", "escalate", "end_of_agent")) {
				actions.put(name, of(ValueKind.FLAG, true, null));
			}
			return Map.copyOf(actions);
		}

		/**
		 * Metadata may be a list there, and an artifact stand for its version.
		 */
		private static Map<String, Member> camelCase(Map<String, Member> members) {
			Map<String, Member> renamed = new HashMap<>();
			members.forEach((name, member) -> {
				ValueKind each = member.each() == ValueKind.WHOLE ? null : member.each();
				renamed.put(CamelCase.of(name), new Member(member.kind(), member.nullable(),
						camelCase(member.members()), each, member.shape()));
			});
			renamed.remove("customMetadata");
			return Map.copyOf(renamed);
		}

		private static Member model(ModelShape shape) {
			return new Member(ValueKind.OBJECT, true, Map.of(), null, shape);
		}

		private static Member of(ValueKind kind, boolean nullable, @Nullable ValueKind each) {
			return new Member(kind, nullable, Map.of(), each, null);
		}

	}

}
