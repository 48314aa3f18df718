package io.github.adkmigration.codec;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class V0EventEncoderTests {

	private static final String EMPTY_ACTIONS = "{\"state_delta\":{},\"artifact_delta\":{},\"requested_auth_configs\":{},"
			+ "\"requested_tool_confirmations\":{}}";

	@Test
	void aPlainRowHasTheFieldsThatEveryReaderExpects() {
		EncodedEvent event = EventRow.plain()
			.content("{\"parts\": [{\"text\": \"hi\"}], \"role\": \"user\"}")
			.encode(JsonTarget.TEXT);

		assertThat(text(event)).isEqualTo("{\"content\":{\"parts\":[{\"text\":\"hi\"}],\"role\":\"user\"},"
				+ "\"invocation_id\":\"e-1\",\"author\":\"agent\",\"actions\":" + EMPTY_ACTIONS
				+ ",\"long_running_tool_ids\":[],\"id\":\"id-1\",\"timestamp\":1762061400.123456}");
		assertThat(event.substitutions()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1762061400000000, 1762061400.0", "1762061400500000, 1762061400.5", "0, 0.0", "-1500000, -1.5",
			"-1, -0.000001", "1762061400000010, 1762061400.00001" })
	void theTimeIsInSeconds(long micros, String seconds) {
		EncodedEvent event = new V0EventEncoder(JsonTarget.TEXT).encode(EventRow.plain().build(), micros);

		assertThat(text(event)).endsWith("\"timestamp\":" + seconds + "}");
	}

	@Test
	void camelCaseKeysOfModelsBecomeSnakeCaseAndTheApplicationsOwnStay() {
		assertThat(content(
				"{\"parts\": [{\"functionCall\": {\"name\": \"f\", \"args\": {\"someArg\": {\"mimeType\": null}}}}]}"))
			.isEqualTo("{\"parts\":[{\"function_call\":{\"name\":\"f\",\"args\":{\"someArg\":{\"mimeType\":null}}}}]}");
	}

	@Test
	void noneIsDroppedInModelsAndKeptInTheApplicationsOwn() {
		assertThat(content("{\"parts\": [{\"text\": null, \"function_response\": {\"id\": null, \"response\": "
				+ "{\"a\": null, \"b\": [null]}}}], \"role\": null}"))
			.isEqualTo("{\"parts\":[{\"function_response\":{\"response\":{\"a\":null,\"b\":[null]}}}]}");
	}

	@Test
	void whatNoReleaseKnowsIsKept() {
		assertThat(content("{\"parts\": [{\"newKind\": {\"someKey\": [1, null]}}]}"))
			.isEqualTo("{\"parts\":[{\"newKind\":{\"someKey\":[1,null]}}]}");
	}

	@ParameterizedTest
	@CsvSource({ "'\"+/+/\"', -_-_", "'[\"+/8=\"]', -_8=", "'\"-_8\"', -_8=", "'\"iVBORw0KGgo\"', iVBORw0KGgo=" })
	void bytesAreUrlSafeWhateverReleaseWroteThem(String data, String expected) {
		assertThat(content("{\"parts\": [{\"inline_data\": {\"data\": " + data + "}}]}"))
			.isEqualTo("{\"parts\":[{\"inline_data\":{\"data\":\"" + expected + "\"}}]}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "{'parts':5} | 'content.parts' holds something else than a JSON list.",
					"{'parts':[{'text':'a'},{'text':7}]} | 'content.parts.1.text' holds something else than a text.",
					"{'role':{}} | 'content.role' holds something else than a text.",
					"{'parts':[{'functionCall':{'args':[]}}]}"
							+ " | 'content.parts.0.functionCall.args' holds something else than JSON objects.",
					"{'parts':[{'inline_data':{'data':'X'}}]}"
							+ " | 'content.parts.0.inline_data.data' holds something else than base64.",
					"{'parts':[{'inline_data':{'data':['eA==','eA==']}}]}"
							+ " | 'content.parts.0.inline_data.data.1' holds something else than base64." })
	void contentThatNoReaderTakesIsRefusedByTheNameOfItsField(String json, String message) {
		assertThatExceptionOfType(UnconvertibleEventException.class).isThrownBy(() -> content(json.replace('\'', '"')))
			.withMessage(message.replace("\"", "'"))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(UnconvertibleReason.UNEXPECTED_VALUE));
	}

	@Test
	void aListOfScoresWithoutANumberIsRefused() {
		assertRefused(
				EventRow.plain()
					.column("grounding_metadata", "{\"grounding_supports\":[{\"confidence_scores\":[0.5,NaN]}]}"),
				UnconvertibleReason.UNEXPECTED_VALUE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[5]", "[\"a\", null]", "[[]]", "{}", "\"a\"" })
	void longRunningToolIdsThatAreNoTextsAreRefused(String json) {
		assertRefused(EventRow.plain().longRunningToolIds(json), UnconvertibleReason.UNEXPECTED_VALUE);
	}

	@Test
	void numbersOfJsonColumnsAreCopiedAsTheyAre() {
		String numbers = "{\"n\":[1,-0,0.10,1e22,123456789012345678901234567890,1.7976931348623157e308]}";

		assertThat(text(EventRow.plain().customMetadata(numbers).encode(JsonTarget.TEXT))).contains(numbers);
	}

	@Test
	void literalsThatJsonDoesNotHaveBecomeNullAndAreCounted() {
		EncodedEvent event = EventRow.plain()
			.customMetadata("{\"n\": [NaN, Infinity, -Infinity, 1e999999]}")
			.encode(JsonTarget.BINARY);

		assertThat(text(event)).contains("\"custom_metadata\":{\"n\":[null,null,null,null]}");
		assertThat(event.substitutions())
			.containsExactly(new Substitution("custom_metadata", SubstitutionKind.NON_FINITE_NUMBER, null));
	}

	@Test
	void textKeepsWhatBinaryJsonRefuses() {
		EventRow row = EventRow.plain().customMetadata("{\"k\\u0000\": \"a\\u0000b\\ud83dc\\ud83d\\ude42\"}");

		EncodedEvent text = row.encode(JsonTarget.TEXT);
		EncodedEvent binary = row.encode(JsonTarget.BINARY);

		assertThat(text(text)).contains("{\"k\\u0000\":\"a\\u0000b\\ud83dc🙂\"}");
		assertThat(text.substitutions()).isEmpty();
		assertThat(text(binary)).contains("{\"k\uFFFD\":\"a\uFFFDb\uFFFDc🙂\"}");
		assertThat(binary.substitutions()).extracting(Substitution::kind)
			.containsExactly(SubstitutionKind.NUL_CHARACTER, SubstitutionKind.LONE_SURROGATE);
	}

	@Test
	void longTextsWithPairsAtEveryPlaceAreCopiedWhole() {
		String message = "x" + "🙂".repeat(10_000) + "\n\"é漢";

		assertThat(EventRow.plain().errorMessage(message).json(JsonTarget.BINARY).get("error_message").asString())
			.isEqualTo(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", " null " })
	void jsonNullIsNoContent(String json) {
		assertThat(EventRow.plain().content(json).json(JsonTarget.TEXT).has("content")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "{, BROKEN_JSON", "'', BROKEN_JSON", "'{} {}', BROKEN_JSON", "nul, BROKEN_JSON",
			"[], UNEXPECTED_VALUE", "'\"text\"', UNEXPECTED_VALUE" })
	void contentThatIsNoObjectIsRefused(String json, UnconvertibleReason reason) {
		assertRefused(EventRow.plain().content(json), reason);
	}

	@Test
	void jsonThatIsTenThousandDeepIsRefused() {
		assertRefused(EventRow.plain().customMetadata("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)),
				UnconvertibleReason.LIMIT_EXCEEDED);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "NULL",
			value = { "NULL, []", "null, []", "'', []", "[], []", "'[\"b\", \"a\"]', '[\"b\",\"a\"]'" })
	void longRunningToolIdsAreAlwaysAList(String column, String expected) {
		assertThat(text(EventRow.plain().longRunningToolIds(column).encode(JsonTarget.TEXT)))
			.contains("\"long_running_tool_ids\":" + expected + ",");
	}

	@Test
	void aRowWithoutActionsGetsEmptyOnesAndIsCounted() {
		EncodedEvent event = EventRow.plain().actions(null).encode(JsonTarget.TEXT);

		assertThat(text(event)).contains("\"actions\":" + EMPTY_ACTIONS);
		assertThat(event.substitutions())
			.containsExactly(new Substitution("actions", SubstitutionKind.MISSING_ACTIONS, null));
	}

	@Test
	void fieldsThatNoReaderAcceptsAreDroppedAndCounted() {
		byte[] actions = "(dS'finish_task'\n}sS'escalate'\nI01\ns.".getBytes(StandardCharsets.US_ASCII);

		EncodedEvent event = EventRow.plain().actions(actions).encode(JsonTarget.TEXT);

		assertThat(text(event)).contains("\"escalate\":true").doesNotContain("finish_task");
		assertThat(event.substitutions())
			.containsExactly(new Substitution("actions", SubstitutionKind.DROPPED_FIELD, "finish_task"));
	}

	@Test
	void actionsOfTheWrongTypeAreRefused() {
		assertRefused(EventRow.plain().actions("(dS'state_delta'\n]s.".getBytes(StandardCharsets.US_ASCII)),
				UnconvertibleReason.UNEXPECTED_VALUE);
		assertRefused(EventRow.plain().actions("](S'a'\ne.".getBytes(StandardCharsets.US_ASCII)),
				UnconvertibleReason.UNEXPECTED_VALUE);
	}

	/** Pickles of one field, and whether a real adk-python 2.13.0 takes it. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "transfer_to_agent | I5; | false", "transfer_to_agent | Vagent; | true",
					"skip_summarization | I2; | false", "skip_summarization | I1; | true", "escalate | Vno; | true",
					"escalate | Vnever; | false", "artifact_delta | (dVa;Vb;s | false",
					"artifact_delta | (dVa;V7;s | true", "artifact_delta | (dVa;F1.5;s | false",
					"agent_state | (l | false", "requested_tool_confirmations | (dVa;I5;s | false",
					"requested_tool_confirmations | (dVa;(dVhint;Vh;ss | true",
					"requested_tool_confirmations | (dVa;(dVhint;I5;ss | false", "route | (lI1;aVb;a | true",
					"route | F1.5; | false", "render_ui_widgets | (lI1;a | false",
					"requested_auth_configs | (l | false", "render_ui_widgets | (l(dVid;Vi;sVprovider;Vp;sa | true",
					"compaction | (dVstart_timestamp;I1;sVend_timestamp;F2.5;sVcompacted_content;(ds | true",
					"compaction | (dVstart_timestamp;I1;sVend_timestamp;Vx;sVcompacted_content;(ds | false" })
	void actionsAreTakenAsPythonTakesThem(String field, String value, boolean taken) {
		String pickle = "(dV" + field + "\n" + value.replace(';', '\n') + "s.";
		EventRow row = EventRow.plain().actions(pickle.getBytes(StandardCharsets.US_ASCII));
		if (taken) {
			assertThat(row.json(JsonTarget.TEXT).get("actions").has(field)).isTrue();
		}
		else {
			assertRefused(row, UnconvertibleReason.UNEXPECTED_VALUE);
		}
	}

	@Test
	void aCompactionOfNothingIsRefused() {
		assertRefused(EventRow.plain().actions("(dVcompaction\n(ds.".getBytes(StandardCharsets.US_ASCII)),
				UnconvertibleReason.MISSING_VALUE);
	}

	@Test
	void aRowWithoutAnInvocationIsRefused() {
		assertRefused(EventRow.plain().invocationId(null), UnconvertibleReason.MISSING_VALUE);
	}

	@Test
	void theSamePickleTwiceGivesTheSameTwice() {
		V0EventEncoder encoder = new V0EventEncoder(JsonTarget.BINARY);
		byte[] actions = "(dS'state_delta'\n(dS'v'\nFnan\nss.".getBytes(StandardCharsets.US_ASCII);

		EncodedEvent first = encoder.encode(EventRow.plain().actions(actions).build(), 0);
		EncodedEvent second = encoder.encode(EventRow.plain().actions(actions.clone()).build(), 0);

		assertThat(second.json()).isEqualTo(first.json());
		assertThat(second.substitutions()).isEqualTo(first.substitutions()).hasSize(1);
	}

	@Test
	void aRefusedRowLeavesNothingBehindForTheNextOne() {
		V0EventEncoder encoder = new V0EventEncoder(JsonTarget.BINARY);
		byte[] plain = encoder.encode(EventRow.plain().build(), 0).json();

		assertThatExceptionOfType(UnconvertibleEventException.class)
			.isThrownBy(() -> encoder.encode(EventRow.plain().content("{\"parts\": [{").build(), 0));

		assertThat(encoder.encode(EventRow.plain().build(), 0).json()).isEqualTo(plain);
	}

	@ParameterizedTest
	@CsvSource({ "'', EMPTY", "'{\"StateDelta\":{}}', JSON", "'(dp0\n.', PICKLE", "'hello', UNKNOWN",
			"'(no stop', UNKNOWN" })
	void payloadsAreToldApart(String payload, PayloadKind kind) {
		assertThat(PayloadKind.of(payload.getBytes(StandardCharsets.US_ASCII))).isEqualTo(kind);
	}

	@Test
	void jsonOfAdkGoIsNoPickle() {
		assertThat(PayloadKind.of(new byte[] { (byte) 0x80, 5 })).isEqualTo(PayloadKind.PICKLE);
		assertRefused(EventRow.plain().actions("{\"StateDelta\":{}}".getBytes(StandardCharsets.US_ASCII)),
				UnconvertibleReason.NOT_A_PICKLE);
	}

	private static String content(String json) {
		return EventRow.plain().content(json).json(JsonTarget.TEXT).get("content").toString();
	}

	private static String text(EncodedEvent event) {
		return new String(event.json(), StandardCharsets.UTF_8);
	}

	private static void assertRefused(EventRow row, UnconvertibleReason reason) {
		assertThatExceptionOfType(UnconvertibleEventException.class).isThrownBy(() -> row.encode(JsonTarget.TEXT))
			.satisfies((failure) -> assertThat(failure.reason()).isEqualTo(reason));
	}

}
