package io.github.adkmigration.session.jdbc;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.events.Event;
import com.google.adk.sessions.SessionException;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Fixtures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read by hand is what the tree would give. What an event is has one definition,
 * {@link EventJson#decode(ObjectNode, String, String, Instant)}.
 */
class PlainEventParserTests {

	private static final Instant NOON = Instant.parse("2025-11-02T12:00:00.123456Z");

	/** Everything that is read by hand. */
	private static final String SAMPLE = """
			{"id": "x", "invocation_id": "y", "author": "agent", "timestamp": 1762084800.1234567, "partial": false,
			"turn_complete": true, "interrupted": false, "finish_reason": "STOP", "error_message": "none",
			"avg_logprobs": -0.25, "branch": "a.b", "model_version": "m", "node_info": {"path": "p", "n": [1, {}]},
			"long_running_tool_ids": ["b", "a"], "content": {"role": "model", "parts": [{"text": "ä\\n🙂"},
			{"function_call": {"id": "c", "name": "f", "args": {"a_b": 1, "cD": [1.5, null, {"e_f": "g", "h": {}}]}},
			"thought_signature": "__79Pg=="}, {"function_response": {"id": "c", "name": "f", "response":
			{"big": 9007199254740993, "huge": 170141183460469231731687303, "yes": true}}}, {"text": "", "thought": true}]},
			"usage_metadata": {"prompt_token_count": 1, "candidates_token_count": 2, "thoughts_token_count": 3,
			"cached_content_token_count": 4, "tool_use_prompt_token_count": 5, "total_token_count": 6,
			"prompt_tokens_details": [{"modality": "TEXT", "token_count": 7}], "candidates_tokens_details": [],
			"cache_tokens_details": [{"modality": "AUDIO"}], "traffic_type": "ON_DEMAND"},
			"actions": {"state_delta": {"a_b": {"cD": null}, "gone": null}, "artifact_delta": {},
			"requested_auth_configs": {}, "requested_tool_confirmations": {}, "skip_summarization": true,
			"transfer_to_agent": "t", "escalate": false, "end_of_agent": true}}""";

	private static final List<String> VALUES = List.of("null", "1e300", "true", "5", "-7", "0.5", "-0.0", "1e3", "NaN",
			"8589934592", "1762084800123", "0.12345678901234567890123", "\"\"", "\"x/y+\"", "\"\\ud83d\"", "[]", "{}",
			"[null]", "[\"a\", \"a\"]", "{\"a_b\": null}", "{\"a_b\": {\"c_d\": 1}}", "[{\"text\": \"t\"}]", "[[{}]]",
			"{\"id\": \"i\", \"args\": {\"x_y\": [1]}}", "{\"hint\": \"h\"}", "{\"token_count\": 1}");

	private static @Nullable Event byHand(String text) {
		try (JsonParser json = JsonText.parser(text)) {
			Event event = PlainEventParser.parse(json, NOON);
			event.setId("E1");
			event.setInvocationId("e-1");
			return event;
		}
		catch (IOException | ArithmeticException | IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable Event byTree(String text) {
		try {
			return EventJson.decode(JsonText.readObject(text, "the test"), "E1", "e-1", NOON);
		}
		catch (SessionException ex) {
			return null;
		}
	}

	/**
	 * Return whether the text is read by hand.
	 * @param ascii JSON text
	 */
	private static boolean compare(String ascii) {
		Event expected = byTree(ascii);
		Event byHand = byHand(ascii);
		if (byHand != null) {
			assertThat(expected).as(ascii).isNotNull();
			// Strict: the number 1 of another type is another value.
			assertThat(ModelMapper.toTree(byHand)).as(ascii).isEqualTo(ModelMapper.toTree(expected));
		}
		try {
			Event utf8 = EventJson.decodeUtf8(ascii.getBytes(StandardCharsets.UTF_8), "E1", "e-1", NOON);
			assertThat(expected).as(ascii).isNotNull();
			assertThat(Meaning.of(ModelMapper.toTree(utf8))).as(ascii)
				.isEqualTo(Meaning.of(ModelMapper.toTree(expected)));
		}
		catch (SessionException ex) {
			assertThat(expected).as(ascii).isNull();
		}
		return byHand != null;
	}

	@Test
	void everyEventOfEveryReleaseIsReadAlike() {
		int compared = 0;
		int byHand = 0;
		for (Fixture fixture : Fixtures.python()) {
			for (var session : fixture.readback().path("sessions")) {
				for (var event : session.path("events")) {
					compared++;
					byHand += compare(write(JsonText.readObject(event.toString(), "the fixture"))) ? 1 : 0;
				}
			}
		}
		assertThat(byHand).isBetween(compared / 4, compared - 1);
	}

	@Test
	void allFieldsOfTheSampleAreReadByHand() {
		assertThat(compare(SAMPLE)).isTrue();
		assertThat(compare("{}")).isTrue();
		for (String bad : List.of("", "[]", "null", "{", SAMPLE + "{}", SAMPLE.replace("\"model\"", "model"))) {
			assertThat(byHand(bad)).as(bad).isNull();
		}
	}

	@Test
	void whateverStandsInTheSampleInsteadIsReadAlike() {
		List<String> changed = new ArrayList<>();
		ObjectNode sample = JsonText.readObject(SAMPLE, "the sample");
		change(sample, sample, changed);
		assertThat(changed).hasSizeGreaterThan(60 * VALUES.size());
		assertThat(changed.stream().filter(PlainEventParserTests::compare).count()).isGreaterThan(100);
	}

	/** As Python and PostgreSQL write it, with the time in digits. */
	private static String write(ObjectNode event) {
		ObjectNode copy = event.deepCopy();
		JsonNode time = copy.path("timestamp");
		if (time.isDouble() && Double.isFinite(time.doubleValue())) {
			copy.set("timestamp", DecimalNode.valueOf(time.decimalValue()));
		}
		return JsonText.write(copy);
	}

	/** Changes each value in turn, and puts it back. */
	private static void change(ObjectNode sample, JsonNode parent, List<String> changed) {
		if (parent instanceof ObjectNode object) {
			for (String name : List.copyOf(object.properties().stream().map((entry) -> entry.getKey()).toList())) {
				JsonNode old = object.get(name);
				change(sample, old, changed);
				changeTo((value) -> object.set(name, value), sample, changed);
				object.remove(name);
				changed.add(write(sample));
				for (String other : List.of(ModelKeys.toCamelCase(name), "some_field", "custom_metadata",
						"compaction")) {
					object.set(other, old);
					changed.add(write(sample));
					object.remove(other);
				}
				object.set(name, old);
				String text = write(sample);
				// A name that stands twice.
				changed.add(text.replaceFirst("\"" + name + "\":", "\"" + name + "\":{\"a\":1},\"" + name + "\":"));
			}
		}
		else if (parent instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				JsonNode old = array.get(i);
				change(sample, old, changed);
				int index = i;
				changeTo((value) -> array.set(index, value), sample, changed);
				array.set(i, old);
			}
		}
	}

	private static void changeTo(Consumer<JsonNode> value, ObjectNode sample, List<String> changed) {
		for (String text : VALUES) {
			value.accept(JsonText.readValue(text, "the value"));
			changed.add(write(sample));
		}
	}

	@Test
	void millisecondsAreThoseOfTheDecimal() {
		Random random = new Random(7);
		for (int i = 0; i < 20_000; i++) {
			String seconds = new BigDecimal(random.nextLong() >> random.nextInt(60)).movePointLeft(random.nextInt(14))
				.toPlainString();
			long expected = millis(seconds);
			if (expected != Long.MIN_VALUE) {
				assertThat(EpochSeconds.toMillis(seconds)).as(seconds).isEqualTo(expected);
			}
		}
		for (String seconds : List.of("1762084800.9999995", "1762084800.9999985", "1762084800.99999950", "0.0015",
				"1e3", "99999999999.9", "100000000000", "-1.5", "1762084800.1234565", "1762084800.1239995001")) {
			assertThat(EpochSeconds.toMillis(seconds)).as(seconds).isEqualTo(millis(seconds));
		}
	}

	private static long millis(String seconds) {
		try {
			return EpochSeconds.toInstant(new BigDecimal(seconds)).toEpochMilli();
		}
		catch (ArithmeticException ex) {
			return Long.MIN_VALUE;
		}
	}

}
