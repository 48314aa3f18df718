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

	private final boolean leavesNullOut;

	private EventForm(Map<String, Member> members, boolean authored, boolean leavesNullOut) {
		this.members = members;
		this.authored = authored;
		this.leavesNullOut = leavesNullOut;
	}

	/**
	 * See whether every reader could read an event.
	 * @param event the event
	 * @return the event's own time as it stands there, or {@code null} if it has none
	 * @throws UnconvertibleEventException if no reader could read it
	 */
	@Nullable Double time(JsonValue event) {
		members(event, "", this.members);
		if (this.authored && event.get("author").isMissing()) {
			throw new UnconvertibleEventException(UnconvertibleReason.MISSING_VALUE, "The row has no 'author'.");
		}
		JsonValue time = event.get("timestamp");
		return time.isNumber() ? (Double) time.doubleValue() : null;
	}

	private void members(JsonValue object, String owner, Map<String, Member> known) {
		for (int i = 0; i < object.size(); i++) {
			Member member = known.get(object.name(i));
			if (member != null) {
				member(object.value(i), owner, object.name(i), member);
			}
		}
	}

	private void member(JsonValue value, String owner, String name, Member member) {
		if (value.isNull() && (member.nullable() || this.leavesNullOut)) {
			return;
		}
		require(member.kind(), value, owner, name);
		if (!member.members().isEmpty()) {
			members(value, owner + name + ".", member.members());
		}
		else if (member.each() != null) {
			for (int i = 0; i < value.size(); i++) {
				require(member.each(), value.value(i), owner, name);
			}
		}
	}

	private static void require(Kind kind, JsonValue value, String owner, String name) {
		if (!kind.accepts(value)) {
			throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
					"'" + owner + name + "' holds something else than " + kind.title + ".");
		}
	}

	/** Types of JSON values. */
	private enum Kind {

		TEXT("a text"), NUMBER("a number"), WHOLE("whole numbers"), FLAG("true or false"), OBJECT("JSON objects"),
		LIST("a JSON list");

		private final String title;

		Kind(String title) {
			this.title = title;
		}

		boolean accepts(JsonValue value) {
			return switch (this) {
				case TEXT -> value.isText();
				case NUMBER -> value.isNumber();
				case WHOLE -> value.isWhole();
				case FLAG -> value.isFlag();
				case OBJECT -> value.isObject();
				case LIST -> value.isArray();
			};
		}

	}

	/**
	 * What is expected of one value.
	 *
	 * @param nullable whether a reader takes {@code null} for it
	 * @param members what is expected of its own members
	 * @param each what each value in it has to be, or {@code null} for anything; only
	 * without members
	 */
	private record Member(Kind kind, boolean nullable, Map<String, Member> members, @Nullable Kind each) {

		private static Map<String, Member> event() {
			Map<String, Member> event = new HashMap<>();
			for (String name : List.of("author", "id", "invocation_id")) {
				event.put(name, of(Kind.TEXT, false, null));
			}
			for (String name : List.of("branch", "error_code", "error_message")) {
				event.put(name, of(Kind.TEXT, true, null));
			}
			for (String name : List.of("partial", "turn_complete", "interrupted")) {
				event.put(name, of(Kind.FLAG, true, null));
			}
			for (String name : List.of("grounding_metadata", "usage_metadata", "citation_metadata", "custom_metadata",
					"input_transcription", "output_transcription")) {
				event.put(name, of(Kind.OBJECT, true, null));
			}
			event.put("timestamp", of(Kind.NUMBER, false, null));
			event.put("long_running_tool_ids", of(Kind.LIST, true, Kind.TEXT));
			event.put("content", new Member(Kind.OBJECT, true,
					Map.of("parts", of(Kind.LIST, true, Kind.OBJECT), "role", of(Kind.TEXT, true, null)), null));
			Map<String, Member> actions = new HashMap<>();
			ActionsWriter.alwaysPresent().forEach((name) -> actions.put(name, of(Kind.OBJECT, false, null)));
			actions.put("artifact_delta", of(Kind.OBJECT, false, Kind.WHOLE));
			actions.put("transfer_to_agent", of(Kind.TEXT, true, null));
			for (String name : List.of("skip_summarization", "escalate", "end_of_agent")) {
				actions.put(name, of(Kind.FLAG, true, null));
			}
			event.put("actions", new Member(Kind.OBJECT, false, Map.copyOf(actions), null));
			return Map.copyOf(event);
		}

		/**
		 * Metadata may be a list there, and an artifact stand for its version.
		 */
		private static Map<String, Member> camelCase(Map<String, Member> members) {
			Map<String, Member> renamed = new HashMap<>();
			members.forEach((name, member) -> {
				Kind each = member.each() == Kind.WHOLE ? null : member.each();
				renamed.put(CamelCase.of(name),
						new Member(member.kind(), member.nullable(), camelCase(member.members()), each));
			});
			renamed.remove("customMetadata");
			return Map.copyOf(renamed);
		}

		private static Member of(Kind kind, boolean nullable, @Nullable Kind each) {
			return new Member(kind, nullable, Map.of(), each);
		}

	}

}
