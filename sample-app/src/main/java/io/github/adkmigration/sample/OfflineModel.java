package io.github.adkmigration.sample;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.google.adk.models.BaseLlm;
import com.google.adk.models.BaseLlmConnection;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.Part;
import io.reactivex.rxjava3.core.Flowable;

/**
 * A model that needs neither network nor key: it recognises a handful of wishes and
 * answers from the conversation alone, the same every time.
 */
final class OfflineModel extends BaseLlm {

	private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

	private static final int DEFAULT_SIDES = 6;

	OfflineModel() {
		super("offline");
	}

	@Override
	public Flowable<LlmResponse> generateContent(LlmRequest request, boolean stream) {
		Part answer = answer(new Transcript(request.contents()));
		return Flowable
			.just(LlmResponse.builder().content(Content.builder().role("model").parts(answer).build()).build());
	}

	@Override
	public BaseLlmConnection connect(LlmRequest request) {
		throw new UnsupportedOperationException("The offline model has no live connection. Send messages instead.");
	}

	private static Part answer(Transcript transcript) {
		String wish = transcript.lastWish().toLowerCase(Locale.ROOT);
		return transcript.newestResult()
			.map((result) -> afterTool(result, wish, transcript))
			.orElseGet(() -> toWish(wish, transcript));
	}

	private static Part toWish(String wish, Transcript transcript) {
		if (wish.matches("(?s).*\\b(what|which)\\b.*\\b(numbers?|rolls?|rolled|got|get)\\b.*")) {
			return Part.fromText(rolls(transcript.rolls()));
		}
		if (wish.contains("roll")) {
			return call("roll_die", Map.of("sides", sides(wish, transcript)));
		}
		if (wish.contains("prime")) {
			List<Integer> numbers = numbers(wish);
			return call("check_prime", Map.of("nums", numbers.isEmpty() ? transcript.rolls() : numbers));
		}
		if (wish.contains("how many") || wish.contains("count")) {
			return Part.fromText("This conversation has " + transcript.wishes() + " messages of yours and "
					+ transcript.rolls().size() + " rolls of a die.");
		}
		if (wish.matches("(?s).*\\b(hi|hello|hey|introduce)\\b.*")) {
			return Part.fromText("Hi, I roll dice, check prime numbers and remember what I rolled. "
					+ "I have read all " + transcript.wishes() + " of your messages.");
		}
		return Part.fromText("I am a small offline model. Ask me to roll a die with 20 sides, to check whether 97 is "
				+ "prime, what numbers you got, or how many messages this conversation has.");
	}

	private static Part afterTool(FunctionResponse response, String wish, Transcript transcript) {
		Object result = response.response().<Object>map((values) -> values.get("result")).orElse(null);
		if (result == null) {
			return Part.fromText("That did not work: " + response.response().orElse(Map.of()).get("error"));
		}
		List<Integer> rolls = transcript.rolls();
		if (!"roll_die".equals(response.name().orElse(""))) {
			return Part.fromText(wish.contains("roll") ? "I rolled " + rolls.get(rolls.size() - 1) + ". " + result
					: String.valueOf(result));
		}
		return wish.contains("prime") ? call("check_prime", Map.of("nums", List.of(rolls.get(rolls.size() - 1))))
				: Part.fromText("I rolled " + result + ".");
	}

	private static String rolls(List<Integer> rolls) {
		if (rolls.isEmpty()) {
			return "You have not rolled a die yet.";
		}
		return "You rolled " + String.join(", then ", rolls.stream().map(String::valueOf).toList()) + ".";
	}

	private static int sides(String wish, Transcript transcript) {
		List<Integer> numbers = numbers(wish);
		if (!numbers.isEmpty()) {
			return numbers.get(0);
		}
		return wish.contains("again") ? transcript.lastSides().orElse(DEFAULT_SIDES) : DEFAULT_SIDES;
	}

	private static List<Integer> numbers(String text) {
		return NUMBER.matcher(text).results().map(MatchResult::group).map(Integer::valueOf).toList();
	}

	private static Part call(String tool, Map<String, Object> arguments) {
		return Part.fromFunctionCall(tool, arguments);
	}

}
