package io.github.adkmigration.session.jdbc;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.adk.events.Event;
import com.google.adk.events.EventActions;
import com.google.adk.sessions.SessionException;
import com.google.genai.types.Blob;
import com.google.genai.types.Content;
import com.google.genai.types.CustomMetadata;
import com.google.genai.types.GroundingChunk;
import com.google.genai.types.GroundingMetadata;
import com.google.genai.types.Part;
import com.google.genai.types.VideoMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CodecTests {

	private static final Instant NOON = Instant.parse("2025-11-02T12:00:00.123456Z");

	private static JsonNode json(String text) {
		return JsonText.readValue(text, "the test");
	}

	/** Whatever can be read without a tree is read as with one. */
	private static Event decode(String text) {
		Event event = EventJson.decode(text, "E1", "e-1", NOON);
		Event byTree = EventJson.decode(JsonText.readObject(text, "the test"), "E1", "e-1", NOON);
		assertThat(Meaning.of(ModelMapper.toTree(event))).isEqualTo(Meaning.of(ModelMapper.toTree(byTree)));
		return event;
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"author\": null, \"branch\": null, %s}",
			"{\"node_info\": {\"path\": [{\"a_b\": [1, {}]}]}, \"x\": [[]], \"branch\": \"b\", %s}",
			"{\"content\": {\"parts\": [{\"text\": null, \"function_call\": {\"name\": \"f\", \"args\": "
					+ "{\"a_b\": null, \"c_d\": [{\"e_f\": 1.5}], \"g\": 0.12345678901234567890123}}}]}, %s}",
			"{\"content\": {\"parts\": [{\"function_response\": {\"name\": \"f\", \"response\": "
					+ "{\"timestamp\": 5, \"actions\": {}, \"big\": 170141183460469231731687303, \"e\": 1e400}}}]}, %s}",
			"{\"avg_logprobs\": \"none\", %s}", "{\"avg_logprobs\": 1e-3, %s}",
			"{\"usage_metadata\": {\"total_token_count\": 8589934592, \"prompt_token_count\": 3}, %s}",
			"{\"custom_metadata\": {\"a_b\": {\"c_d\": 1}}, %s}", "{\"longRunningToolIds\": [\"a\"], %s}",
			"{\"long_running_tool_ids\": [\"b\", \"a\"], %s}" })
	void eventIsReadAlikeWithAndWithoutTree(String text) {
		for (String actions : List.of("{}", "{\"state_delta\": {\"a_b\": null, \"c\": {\"d_e\": null}}}",
				"{\"artifact_delta\": {\"a_b\": 1, \"c\": null}}",
				"{\"requested_auth_configs\": {\"a_b\": {\"c_d\": 1}}}",
				"{\"requested_tool_confirmations\": {\"a_b\": {\"hint\": \"h\", \"payload\": {\"c_d\": 1}}}}",
				"{\"compaction\": {\"start_timestamp\": 1.5, \"end_timestamp\": 2.5}}",
				"{\"end_of_agent\": true, \"agent_state\": {\"a_b\": 1}}")) {
			decode(text.formatted("\"actions\": " + actions + ", \"timestamp\": 1762084800.123456"));
			decode(text.formatted("\"timestamp\": 1762084800.123456, \"actions\": " + actions));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-0.0", "1", "1.0", "0.1", "1.0E22", "9007199254740993",
			"170141183460469231731687303", "0.12345678901234567890123", "1E+400", "NaN", "-Infinity", "true", "null",
			"\"\\uD83D\"", "\"\\u0000\"" })
	void textComesBackUnchanged(String text) {
		assertThat(JsonText.write(json(text))).isEqualTo(text);
	}

	@Test
	void everythingElseThanAsciiIsEscaped() {
		assertThat(JsonText.write(json("\"ä🙂\""))).isEqualToIgnoringCase("\"\\u00e4\\ud83d\\ude42\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{\"a\":}", "[1", "secret", "{} {}", "1e99999999999", "[1]" })
	void brokenTextIsRefusedWithoutQuotingIt(String text) {
		assertThatExceptionOfType(SessionException.class).isThrownBy(() -> JsonText.readObject(text, "the event 'E1'"))
			.withMessageStartingWith("The JSON of the event 'E1'")
			.withNoCause();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\\u0000\"", "\"a\\ud83d\"", "\"\\ude42\"", "\"\\ud83d\\n\"", "\"\\ud83dx\\ude42\"",
			"{\"\\u0000\":1}", "\"\\ud83d\\ud83d\\ude42\"" })
	void whatBinaryJsonRefusesIsFound(String text) {
		assertThat(JsonText.unstorableInBinary(JsonText.write(json(text)))).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\"plain\"", "\"\\ud83d\\ude42\\ud83d\\ude42\"", "\"\\\\u0000 \\\\ud83d\"", "\"\\n\\u0001\"" })
	void whatBinaryJsonTakesIsNotFound(String text) {
		assertThat(JsonText.unstorableInBinary(JsonText.write(json(text)))).isNull();
	}

	@Test
	void customMetadataOfAnyKindComesBack() {
		JsonNode metadata = json("""
				{"text": "t", "json_text": "{}", "whole": 3, "half": 0.5, "tenth": 0.1, "big": 9007199254740993,
				"none": null, "yes": true, "strings": ["a", "b"], "nothing": [], "mixed": ["a", 1, null],
				"camelKey": {"snake_key": {"n": null}}}""");
		assertThat(CustomMetadataJson.encode(CustomMetadataJson.decode(metadata))).isEqualTo(metadata);
	}

	@Test
	void customMetadataOfJavaIsAnObjectInPython() {
		List<CustomMetadata> entries = List.of(CustomMetadata.builder().key("a").stringValue("x").build(),
				CustomMetadata.builder().key("b").numericValue(2f).build());
		assertThat(CustomMetadataJson.encode(entries)).isEqualTo(json("{\"a\": \"x\", \"b\": 2}"));
	}

	@Test
	void bytesAreWrittenInTheUrlAlphabetAndReadInBoth() {
		byte[] bytes = { -1, -2, -3, 62 };
		Event event = Event.builder().id("E1").content(Content.fromParts(Part.fromBytes(bytes, "x/y"))).build();
		JsonNode part = EventJson.encode(event, NOON).at("/content/parts/0/inline_data/data");
		assertThat(part.asText()).isEqualTo("__79Pg==");
		for (String text : List.of("__79Pg==", "//79Pg==")) {
			Event read = decode("{\"content\": {\"parts\": [{\"inline_data\": {\"data\": \"" + text + "\"}}]}}");
			assertThat(read.content().flatMap(Content::parts).orElseThrow().get(0).inlineData().flatMap(Blob::data))
				.hasValue(bytes);
		}
	}

	@Test
	void durationsKeepTheirFraction() {
		Event read = decode("{\"content\": {\"parts\": [{\"video_metadata\": {\"start_offset\": \"1.5s\"}}]}}");
		assertThat(read.content()
			.flatMap(Content::parts)
			.orElseThrow()
			.get(0)
			.videoMetadata()
			.flatMap(VideoMetadata::startOffset)).hasValue(Duration.ofMillis(1500));
		assertThat(EventJson.encode(read, NOON).at("/content/parts/0/video_metadata/start_offset").asText())
			.isEqualTo("1.5s");
	}

	@Test
	void timeOfAnEventIsCutToMilliseconds() {
		assertThat(decode("{\"timestamp\": 1762084800.1239}").timestamp()).isEqualTo(1_762_084_800_123L);
	}

	@Test
	void timeInMillisecondsIsRecognised() {
		assertThat(decode("{\"timestamp\": 1762084800123}").timestamp()).isEqualTo(1_762_084_800_123L);
	}

	@Test
	void timeOfAnEventWithoutOneIsItsColumn() {
		assertThat(decode("{}").timestamp()).isEqualTo(NOON.toEpochMilli());
	}

	@Test
	void timeIsWrittenAsAFloat() {
		assertThat(EpochSeconds.of(Instant.ofEpochSecond(1_762_084_800)).asText()).isEqualTo("1762084800.0");
		assertThat(EpochSeconds.of(NOON).decimalValue()).isEqualTo(new BigDecimal("1762084800.123456"));
	}

	@Test
	void fieldThatJavaCannotHoldDoesNotCostTheEvent() {
		Event read = decode("""
				{"author": "a", "usage_metadata": {"total_token_count": 8589934592, "prompt_token_count": 3},
				"avg_logprobs": {"not": "a number"}, "grounding_metadata": [1],
				"actions": {"artifact_delta": {"ok": 1, "none": null, "big": 8589934592}, "escalate": true}}""");
		assertThat(read.author()).isEqualTo("a");
		assertThat(read.usageMetadata().orElseThrow().promptTokenCount()).hasValue(3);
		assertThat(read.usageMetadata().orElseThrow().totalTokenCount()).isEmpty();
		assertThat(read.avgLogprobs()).isEmpty();
		assertThat(read.actions().artifactDelta()).containsOnlyKeys("ok");
		assertThat(read.actions().escalate()).hasValue(true);
	}

	@Test
	void deletedArtifactsStayOutOfTheActionsThatPythonChecks() {
		Event event = Event.builder()
			.id("E1")
			.timestamp(NOON.toEpochMilli())
			.actions(EventActions.builder().deletedArtifactIds(Set.of("gone")).build())
			.build();
		JsonNode data = EventJson.encode(event, NOON);
		assertThat(data.path("actions").properties()).hasSize(4);
		assertThat(data.at("/custom_metadata/" + EventJson.DELETED_ARTIFACTS)).isEqualTo(json("[\"gone\"]"));
		Event read = decode(JsonText.write(data));
		assertThat(read.actions().deletedArtifactIds()).containsExactly("gone");
		assertThat(read.customMetadata()).isEmpty();
	}

	@Test
	void fieldsOfModelsThatAreNamedLikeOnesOfAnEventAreKept() {
		Event event = decode("""
				{"author": "a", "actions": {"route": {"a_b": 1}}, "output": {"a_b": 1}, "grounding_metadata":
				{"grounding_chunks": [{"retrieved_context": {"custom_metadata": [{"key": "k", "string_value": "v"}]}},
				{"maps": {"route": {"distance_meters": 5}}}]}}""");
		GroundingMetadata metadata = event.groundingMetadata().orElseThrow();
		GroundingChunk context = metadata.groundingChunks().orElseThrow().get(0);
		assertThat(context.retrievedContext().orElseThrow().customMetadata().orElseThrow().get(0).stringValue())
			.contains("v");
		JsonNode data = EventJson.encode(event, NOON);
		assertThat(data.at("/grounding_metadata/grounding_chunks/0/retrieved_context/custom_metadata/0/string_value"))
			.isEqualTo(json("\"v\""));
		assertThat(data.at("/grounding_metadata/grounding_chunks/1/maps/route/distance_meters")).isEqualTo(json("5"));
	}

	@Test
	void eventWithoutAuthorIsWrittenWithAnEmptyOne() {
		Event event = Event.builder().id("E1").invocationId("e-1").timestamp(NOON.toEpochMilli()).build();
		assertThat(EventJson.encode(event, NOON).path("author")).isEqualTo(json("\"\""));
	}

}
