package io.github.adkmigration.sample;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.google.adk.events.Event;
import com.google.adk.sessions.Session;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionResponse;

/**
 * A session for people.
 *
 * @param id id of the session
 * @param updated when it last changed
 * @param state its state
 * @param events what was said and done, oldest first
 */
record Conversation(String id, Instant updated, Map<String, Object> state, List<Message> events) {

	static Conversation of(Session session) {
		return new Conversation(session.id(), session.lastUpdateTime(), Map.copyOf(session.state()),
				session.events().stream().map(Message::of).toList());
	}

	/**
	 * Return the first text, which is what the conversation is about.
	 */
	String title() {
		return this.events.stream().map(Message::text).filter((text) -> !text.isBlank()).findFirst().orElse("");
	}

	/**
	 * An event.
	 *
	 * @param id id of the event
	 * @param at when, in milliseconds as google-adk counts
	 * @param author {@code user} or the agent
	 * @param text what was said, or an empty text
	 * @param calls tools that were called
	 * @param results what tools answered
	 */
	record Message(String id, Instant at, String author, String text, List<Call> calls, List<Result> results) {

		static Message of(Event event) {
			return new Message(event.id(), Instant.ofEpochMilli(event.timestamp()), event.author(),
					event.content().map(Message::text).orElse(""),
					event.functionCalls().stream().map(Call::of).toList(),
					event.functionResponses().stream().map(Result::of).toList());
		}

		private static String text(Content content) {
			return String
				.join("", content.parts().orElse(List.of()).stream().flatMap((part) -> part.text().stream()).toList())
				.strip();
		}

	}

	/**
	 * The call of a tool.
	 *
	 * @param name name of the tool
	 * @param arguments what it got
	 */
	record Call(String name, Map<String, Object> arguments) {

		private static Call of(FunctionCall call) {
			return new Call(call.name().orElse(""), call.args().orElse(Map.of()));
		}

	}

	/**
	 * What a tool answered.
	 *
	 * @param name name of the tool
	 * @param response its answer
	 */
	record Result(String name, Map<String, Object> response) {

		private static Result of(FunctionResponse response) {
			return new Result(response.name().orElse(""), response.response().orElse(Map.of()));
		}

	}

}
