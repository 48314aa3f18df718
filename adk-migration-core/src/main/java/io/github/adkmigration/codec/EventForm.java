package io.github.adkmigration.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

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
	@Nullable Double time(JsonValue event) {
		require(event);
		JsonValue time = event.get("timestamp");
		return time.isNumber() ? (Double) time.doubleValue() : null;
	}

	/**
	 * See whether every reader could read an event.
	 * @param event the event
	 * @throws UnconvertibleEventException if no reader could read it
	 */
	void require(JsonValue event) {
		members(event, null, this.members);
		if (this.authored && event.get("author").isMissing()) {
			throw new UnconvertibleEventException(UnconvertibleReason.MISSING_VALUE, "The row has no 'author'.");
		}
		JsonValue time = event.get("timestamp");
		if (!time.isNumber() && !time.isAbsent()) {
			throw unexpected(ValueKind.NUMBER, "timestamp");
		}
	}

	/**
	 * See whether every reader could read one field of the actions.
	 * @param name its name
	 * @param value what it holds
	 * @throws UnconvertibleEventException if no reader could read it
	 */
	void action(String name, JsonValue value) {
		Member member = Member.ACTIONS.get(name);
		if (member != null) {
			member(value, Place.of("actions").in(name), member);
		}
	}

	private void members(JsonValue object, @Nullable Place owner, Map<String, Member> known) {
		for (int i = 0; i < object.size(); i++) {
			Member member = known.get(object.name(i));
			if (member != null) {
				member(object.value(i), new Place(owner, object.name(i)), member);
			}
		}
	}

	private void member(JsonValue value, Place place, Member member) {
		if (value.isNull() && (member.nullable() || this.rewritten)) {
			return;
		}
		require(member.kind(), value, place);
		ModelShape shape = member.shape();
		if (member.each() != null) {
			for (int i = 0; i < value.size(); i++) {
				require(member.each(), value.value(i), place);
				if (shape != null) {
					model(value.value(i), place, shape);
				}
			}
		}
		else if (shape != null) {
			model(value, place, shape);
		}
		else if (!member.members().isEmpty()) {
			members(value, place, member.members());
		}
	}

	/**
	 * See whether every reader could read a model.
	 * @param name its name
	 */
	void model(JsonValue model, String name, ModelShape shape) {
		model(model, Place.of(name), shape);
	}

	private void model(JsonValue model, Place place, ModelShape shape) {
		for (int i = 0; i < model.size(); i++) {
			ModelShape.Field field = shape.field(model.name(i));
			if (field != null && !model.value(i).isNull()) {
				field(model.value(i), place.in(field.name()), field);
			}
		}
		for (String name : shape.required()) {
			if (!model.hasValue(name) && !model.hasValue(CamelCase.of(name))) {
				throw new UnconvertibleEventException(UnconvertibleReason.MISSING_VALUE,
						"'" + place + "' has no '" + name + "'.");
			}
		}
	}

	private void field(JsonValue value, Place place, ModelShape.Field field) {
		if (!field.list()) {
			element(value, place, field);
			return;
		}
		require(ValueKind.LIST, value, place);
		for (int i = 0; i < value.size(); i++) {
			JsonValue element = value.value(i);
			// It would become null, which no list of numbers takes.
			if (element.isNumber() && !element.isFinite()) {
				throw unexpected(field.kind(), place.in(i).toString());
			}
			element(element, place.in(i), field);
		}
	}

	private void element(JsonValue value, Place place, ModelShape.Field field) {
		if (this.rewritten && ModelTreeWriter.isDuration(field.name(), value)) {
			return;
		}
		require(field.kind(), value, place);
		if (field.kind() == ValueKind.OBJECT && field.shape() != ModelShape.OPAQUE) {
			model(value, place, field.shape());
		}
	}

	private static void require(ValueKind kind, JsonValue value, Place place) {
		if (!kind.accepts(value)) {
			throw unexpected(kind, place.toString());
		}
	}

	static void require(ValueKind kind, JsonValue value, String path) {
		require(kind, value, Place.of(path));
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
	 * Where a value stands, of which a text is made for a failure only.
	 *
	 * @param owner what it stands in, {@code null} for the event
	 * @param name its name, which no user chose
	 * @param index its place in a list of that name, else -1
	 */
	private record Place(@Nullable Place owner, String name, int index) {

		Place(@Nullable Place owner, String name) {
			this(owner, name, -1);
		}

		static Place of(String name) {
			return new Place(null, name);
		}

		Place in(String member) {
			return new Place(this, member);
		}

		/** The place of an element of this list. */
		Place in(int element) {
			return new Place(this.owner, this.name, element);
		}

		@Override
		public String toString() {
			return (this.owner == null ? "" : this.owner + ".") + this.name + (this.index < 0 ? "" : "." + this.index);
		}

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
