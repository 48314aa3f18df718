package io.github.adkmigration.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.google.adk.models.LlmRequest;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.Part;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OfflineModelTests {

	private static final Content CALL = said("model", Part.fromFunctionCall("roll_die", Map.of("sides", 100)));

	private static final Content RESULT = said("user", Part.fromFunctionResponse("roll_die", Map.of("result", 80)));

	@Test
	void aWishToRollCallsTheTool() {
		FunctionCall call = answer(wish("Roll a die with 20 sides")).functionCall().orElseThrow();
		assertThat(call.name()).contains("roll_die");
		assertThat(call.args()).contains(Map.of("sides", 20));
	}

	@Test
	void againMeansTheSameDie() {
		FunctionCall call = answer(wish("Roll it"), CALL, RESULT, wish("Roll it again.")).functionCall().orElseThrow();
		assertThat(call.args()).contains(Map.of("sides", 100));
	}

	@Test
	void theResultOfARollIsSaid() {
		assertThat(text(wish("Roll a die"), CALL, RESULT)).isEqualTo("I rolled 80.");
	}

	@Test
	void aRollIsCheckedIfTheWishSaysSo() {
		FunctionCall call = answer(wish("Roll it, is it prime?"), CALL, RESULT).functionCall().orElseThrow();
		assertThat(call.name()).contains("check_prime");
		assertThat(call.args()).contains(Map.of("nums", List.of(80)));
	}

	@Test
	void anErrorOfAToolIsSaid() {
		Content error = said("user", Part.fromFunctionResponse("roll_die", Map.of("error", "No such die.")));
		assertThat(text(wish("Roll a die with 0 sides"), error)).isEqualTo("That did not work: No such die.");
	}

	@Test
	void earlierRollsAreRemembered() {
		assertThat(text(wish("Roll"), CALL, RESULT, wish("What numbers did I got?"))).isEqualTo("You rolled 80.");
		assertThat(text(wish("What did I roll, and what rolls?"))).isEqualTo("You have not rolled a die yet.");
	}

	@Test
	void messagesAreCounted() {
		assertThat(text(wish("One"), said("model", Part.fromText("Yes")), wish("How many messages?")))
			.startsWith("This conversation has 2 messages of yours and 0 rolls");
	}

	@Test
	void anythingElseIsAnsweredWithWhatCanBeAsked() {
		assertThat(text(wish("Tell me a story"))).contains("Ask me to roll a die");
	}

	private static Content wish(String text) {
		return said("user", Part.fromText(text));
	}

	private static Content said(String role, Part part) {
		return Content.builder().role(role).parts(part).build();
	}

	private static String text(Content... contents) {
		return answer(contents).text().orElseThrow();
	}

	private static Part answer(Content... contents) {
		LlmRequest request = LlmRequest.builder().contents(Arrays.asList(contents)).build();
		return new OfflineModel().generateContent(request, false)
			.blockingFirst()
			.content()
			.orElseThrow()
			.parts()
			.orElseThrow()
			.get(0);
	}

}
