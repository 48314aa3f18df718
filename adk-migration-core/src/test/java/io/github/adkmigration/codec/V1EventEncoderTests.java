package io.github.adkmigration.codec;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class V1EventEncoderTests {

	private static final V1EventEncoder ENCODER = new V1EventEncoder(JsonTarget.TEXT);

	@Test
	void membersOrderAndDigitsStay() {
		String json = "{\"z\":1,\"a\":{\"camelKey\":null,\"n\":[0.10,1e22,-0.0,123456789012345678901234567890]},"
				+ "\"t\":\"Grüße 👋 \\u0000\\ud83d\",\"timestamp\":1762061400.1234567}";
		EncodedEvent event = ENCODER.encode(json);
		assertThat(new String(event.json(), StandardCharsets.UTF_8)).isEqualTo(json);
		assertThat(event.substitutions()).isEmpty();
	}

	@Test
	void literalsThatJsonDoesNotHaveBecomeNullAndAreCounted() {
		EncodedEvent event = ENCODER.encode("{\"n\": [NaN, -Infinity]}");
		assertThat(new String(event.json(), StandardCharsets.UTF_8)).isEqualTo("{\"n\":[null,null]}");
		assertThat(event.substitutions()).extracting(Substitution::kind)
			.containsExactly(SubstitutionKind.NON_FINITE_NUMBER);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none",
			value = { "{\"timestamp\": 5.25, \"x\": 1} | 5.25", "{\"a\": {\"timestamp\": 1}, \"timestamp\": 5} | 5.0",
					"{\"a\": {\"timestamp\": 1}} | none", "{\"timestamp\": \"5\"} | none" })
	void theTimeIsThatOfTheEventItself(String json, @Nullable Double seconds) {
		assertThat(ENCODER.seconds(json)).isEqualTo(seconds);
	}

	/**
	 * Fields that nobody knows, and values that users chose, are of any type. Words and
	 * numbers stand for flags.
	 */
	@Test
	void whatAReaderTakesPassesTheCheck() {
		assertThat(ENCODER.checkedSeconds(
				"{\"author\":\"a\",\"timestamp\":5.25,\"branch\":null,\"newField\":[1],\"partial\":0,\"interrupted\":\"yes\","
						+ "\"content\":{\"parts\":[{\"text\":\"1\"}],\"role\":null},\"long_running_tool_ids\":[\"i\"],"
						+ "\"actions\":{\"state_delta\":{\"author\":5,\"parts\":null},\"artifact_delta\":{\"a\":0}}}"))
			.isEqualTo(5.25);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = { "{} | MISSING_VALUE",
			"{'author':null} | UNEXPECTED_VALUE", "{'author':'a','timestamp':null} | UNEXPECTED_VALUE",
			"{'author':'a','timestamp':'5'} | UNEXPECTED_VALUE", "{'author':'a','actions':null} | UNEXPECTED_VALUE",
			"{'author':'a','partial':2} | UNEXPECTED_VALUE", "{'author':'a','timestamp':true} | UNEXPECTED_VALUE",
			"{'author':'a','content':{'parts':[{'text':1}]}} | UNEXPECTED_VALUE",
			"{'author':'a','node_info':{'path':5}} | UNEXPECTED_VALUE",
			"{'author':'a','grounding_metadata':{'grounding_supports':[{'confidence_scores':[NaN]}]}} | UNEXPECTED_VALUE",
			"{'author':'a','actions':{'compaction':{}}} | MISSING_VALUE",
			"{'author':'a','actions':{'requested_tool_confirmations':{'c':{'hint':5}}}} | UNEXPECTED_VALUE",
			"{'author':'a','content':{'parts':[null]}} | UNEXPECTED_VALUE",
			"{'author':'a','actions':{'artifact_delta':{'a':1.5}}} | UNEXPECTED_VALUE",
			"{'author':'a','actions':{'state_delta':null}} | UNEXPECTED_VALUE", "{'author':'a'} x | BROKEN_JSON" })
	void whatNoReaderTakesBelongsIntoQuarantine(String json, UnconvertibleReason reason) {
		assertThatExceptionOfType(UnconvertibleEventException.class)
			.isThrownBy(() -> ENCODER.checkedSeconds(json.replace('\'', '"')))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(reason));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none",
			value = { "none | MISSING_VALUE", "{\"a\": | BROKEN_JSON", "[] | UNEXPECTED_VALUE", "{} x | BROKEN_JSON" })
	void whatIsNoObjectBelongsIntoQuarantine(@Nullable String json, UnconvertibleReason reason) {
		assertThatExceptionOfType(UnconvertibleEventException.class).isThrownBy(() -> ENCODER.encode(json))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(reason));
	}

}
