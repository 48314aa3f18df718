package io.github.adkmigration.sample;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.Part;

/**
 * What a model gets to see of a conversation.
 *
 * @param contents everything that was said, oldest first
 */
record Transcript(List<Content> contents) {

	Transcript {
		contents = List.copyOf(contents);
	}

	/**
	 * Return the newest text of the user, or an empty one.
	 */
	String lastWish() {
		return wishTexts().reduce((first, second) -> second).orElse("");
	}

	/**
	 * Return how many messages the user has sent.
	 */
	long wishes() {
		return wishTexts().count();
	}

	/**
	 * Return what a tool said, if nobody has said anything since.
	 */
	Optional<FunctionResponse> newestResult() {
		List<Part> parts = parts(this.contents).toList();
		return parts.isEmpty() ? Optional.empty() : parts.get(parts.size() - 1).functionResponse();
	}

	/**
	 * Return the results of all rolls, oldest first.
	 */
	List<Integer> rolls() {
		return parts(this.contents).flatMap((part) -> part.functionResponse().stream())
			.filter((response) -> response.name().filter("roll_die"::equals).isPresent())
			.flatMap((response) -> number(response.response(), "result").stream())
			.toList();
	}

	/**
	 * Return the number of sides of the die that was rolled last.
	 */
	Optional<Integer> lastSides() {
		return parts(this.contents).flatMap((part) -> part.functionCall().stream())
			.filter((call) -> call.name().filter("roll_die"::equals).isPresent())
			.map(FunctionCall::args)
			.flatMap((arguments) -> number(arguments, "sides").stream())
			.reduce((first, second) -> second);
	}

	private Stream<String> wishTexts() {
		return parts(this.contents.stream().filter((content) -> content.role().filter("user"::equals).isPresent()))
			.flatMap((part) -> part.text().stream());
	}

	private static Stream<Part> parts(List<Content> contents) {
		return parts(contents.stream());
	}

	private static Stream<Part> parts(Stream<Content> contents) {
		return contents.flatMap((content) -> content.parts().stream()).flatMap(List::stream);
	}

	private static Optional<Integer> number(Optional<Map<String, Object>> values, String name) {
		return values.map((present) -> present.get(name))
			.filter(Number.class::isInstance)
			.map(Number.class::cast)
			.map(Number::intValue);
	}

}
