package io.github.adkmigration.codec;

import java.nio.charset.StandardCharsets;

import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TreeEventEncoderTests {

	private static final String EMPTY_ACTIONS = "\"actions\":{\"state_delta\":{},\"artifact_delta\":{},"
			+ "\"requested_auth_configs\":{},\"requested_tool_confirmations\":{}}";

	private static EncodedEvent encode(String json) {
		return TreeEventEncoder.java(JsonTarget.TEXT).encode("E1", "e-1", JsonColumn.of(json), 1_762_061_400_123_456L);
	}

	private static String text(String json) {
		return new String(encode(json).json(), StandardCharsets.UTF_8);
	}

	@Test
	void theColumnsOverrideTheJson() {
		assertThat(text("{\"id\":\"other\",\"invocationId\":\"other\",\"timestamp\":5,\"author\":\"a\"}"))
			.isEqualTo("{\"author\":\"a\",\"invocation_id\":\"e-1\"," + EMPTY_ACTIONS
					+ ",\"id\":\"E1\",\"timestamp\":1762061400.123456}");
	}

	@Test
	void whatUsersKeepStaysAsItIs() {
		String own = "{\"camelKey\":{\"snake_key\":null,\"n\":[1.0,1.50,12345678901234567890,1E+22,true]}}";
		assertThat(text("{\"author\":\"a\",\"actions\":{\"stateDelta\":" + own + ",\"requestedAuthConfigs\":" + own
				+ "},\"content\":{\"parts\":[{\"functionCall\":{\"args\":" + own + "}},{\"functionResponse\":"
				+ "{\"response\":" + own + "}}]}}"))
			.contains("\"state_delta\":" + own, "\"requested_auth_configs\":" + own, "\"args\":" + own,
					"\"response\":" + own);
	}

	@Test
	void modelsThatAreNotKnownGetPythonsNamesToo() {
		assertThat(text("{\"author\":\"a\",\"newModel\":{\"innerField\":null,\"otherField\":[{\"deepField\":1}]}}"))
			.contains("\"new_model\":{\"other_field\":[{\"deep_field\":1}]}");
	}

	@Test
	void whatPythonRefusesInActionsIsLeftOutAndCounted() {
		EncodedEvent event = encode("{\"author\":\"a\",\"actions\":{\"newThing\":1,\"endInvocation\":true,"
				+ "\"artifactDelta\":{\"old\":{\"text\":\"t\"},\"new\":1}}}");
		assertThat(new String(event.json(), StandardCharsets.UTF_8))
			.contains("\"end_of_agent\":true", "\"artifact_delta\":{\"new\":1}")
			.doesNotContain("new_thing", "old");
		assertThat(event.substitutions()).extracting(Substitution::kind, Substitution::className)
			.containsExactly(tuple("new_thing"), tuple("artifact_delta"));
	}

	private static Tuple tuple(String field) {
		return Tuple.tuple(SubstitutionKind.DROPPED_FIELD, field);
	}

	@Test
	void theOldAndTheNewNameOfOneFieldAreWrittenOnce() {
		assertThat(text("{\"author\":\"a\",\"actions\":{\"endOfAgent\":true,\"endInvocation\":true}}"))
			.containsOnlyOnce("end_of_agent");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"author\": | BROKEN_JSON", "[] | UNEXPECTED_VALUE", "{} {} | BROKEN_JSON",
					"{\"longRunningToolIds\":[{}]} | UNEXPECTED_VALUE",
					"{\"actions\":{\"stateDelta\":[]}} | UNEXPECTED_VALUE" })
	void whatIsNoEventBelongsIntoQuarantine(String json, UnconvertibleReason reason) {
		assertThatExceptionOfType(UnconvertibleEventException.class).isThrownBy(() -> encode(json))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(reason));
	}

	@Test
	void hugeNumbersAreNotWrittenOut() {
		assertThat(text("{\"author\":\"a\",\"content\":{\"parts\":[{\"videoMetadata\":{\"startOffset\":1E+999999}}]},"
				+ "\"actions\":{\"compaction\":{\"startTimestamp\":123456789012345678901234567890}},"
				+ "\"customMetadata\":[{\"key\":\"k\",\"numericValue\":1E+999999}]}"))
			.hasSizeLessThan(600)
			.contains("\"custom_metadata\":{\"k\":null}");
	}

}
