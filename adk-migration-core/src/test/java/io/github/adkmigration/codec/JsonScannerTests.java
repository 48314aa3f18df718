package io.github.adkmigration.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever the scanner takes it has to read as Jackson does.
 */
class JsonScannerTests {

	private static final String EVENT = "{\"id\": \"é€😀?\", \"n\": [0, -0, -0.0, 0.5, 0.00000001, 10.50, -12.250, 7,"
			+ " 123456789012345678901234567890, true, false, null], \"t\": \"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\\u00e9"
			+ "\\u0000\\ud83d\\ude00\\ud83d\\u001f\", \"\": {\"\": [[], {}]}, \"k\\u0061\": 1, \"ka\": 2, \"é\": 3}";

	static Stream<String> taken() {
		String many = IntStream.range(0, 40)
			.mapToObj((i) -> "\"k" + i % 20 + "\":" + i)
			.collect(Collectors.joining(","));
		return Stream.of(EVENT, " {\n\t\"a\" : 1 ,\r\"b\":[ ] } ", "{\"b\":1,\"a\":2,\"b\":3}", "{" + many + "}",
				"{\"a\":\"\\ud800\"}", "{\"a\":" + "[".repeat(300) + "]".repeat(300) + "}");
	}

	@ParameterizedTest
	@MethodSource("taken")
	void whatIsBeyondDoubtIsReadAsJacksonReadsIt(String json) {
		JsonValue scanned = JsonScanner.scan(JsonColumn.of(json));
		assertThat(scanned).isNotNull();
		for (JsonTarget target : JsonTarget.values()) {
			assertThat(written(scanned, target)).isEqualTo(written(JsonColumnReader.parsed("f", json), target));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "{\"a\"", "{\"a\":}", "{\"a\":1,}", "[1,]", "[1 2]", "{a:1}", "{\"a\":01}",
			"{\"a\":-}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1e5}", "{\"a\":NaN}", "{\"a\":tru}", "{\"a\":truee}",
			"{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\n\"}", "{\"a\":\"", "{\"a\":\"\\",
			"{} {}", "{}x", "{\"a\" 1}", "\ufeff{}", "{\"a\":\"\ud800?\"}", "{\"a\":\"?\udc00é\"}" })
	void whatIsDoubtfulIsLeftToJackson(String json) {
		assertThat(JsonScanner.scan(JsonColumn.of(json))).isNull();
	}

	@Test
	void whatIsTooDeepOrTooLongForTheScannerIsLeftToJackson() {
		assertThat(JsonScanner.scan(JsonColumn.of("[".repeat(450) + "]".repeat(450)))).isNull();
		assertThat(JsonScanner.scan(JsonColumn.of("9".repeat(1000)))).isNull();
		assertThat(JsonColumnReader.anyTree("f", "9".repeat(1000)).isWhole()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(JsonTarget.class)
	void aChangedDocumentIsTakenOnlyIfJacksonTakesItAndMeansTheSame(JsonTarget target) {
		Random random = new Random(7);
		String letters = "{}[]\",:\\/.-+eE0123456789untrfalsbé?\ud83d\ude00\u0007 ";
		int taken = 0;
		for (int i = 0; i < 20_000; i++) {
			StringBuilder changed = new StringBuilder(EVENT);
			for (int change = 0; change <= i % 2; change++) {
				int at = random.nextInt(changed.length());
				char letter = letters.charAt(random.nextInt(letters.length()));
				switch (random.nextInt(3)) {
					case 0 -> changed.setCharAt(at, letter);
					case 1 -> changed.insert(at, letter);
					default -> changed.deleteCharAt(at);
				}
			}
			String json = changed.toString();
			JsonValue scanned = JsonScanner.scan(JsonColumn.of(json));
			if (scanned != null && scanned.isObject()) {
				taken++;
				assertThat(written(scanned, target)).as(json)
					.isEqualTo(written(JsonColumnReader.parsed("f", json), target));
			}
		}
		assertThat(taken).isBetween(2000, 18_000);
	}

	@Test
	void bytesThatAreNotUtf8AreBroken() {
		for (List<Integer> bytes : List.of(List.of(0xC3), List.of(0xFF), List.of(0xED, 0xA0, 0x80),
				List.of(0xC0, 0x80))) {
			byte[] json = "{\"author\":\"####\"}".getBytes(StandardCharsets.UTF_8);
			for (int i = 0; i < bytes.size(); i++) {
				json[11 + i] = bytes.get(i).byteValue();
			}
			assertThat(JsonScanner.scan(JsonColumn.ofUtf8(json))).isNull();
			assertThatExceptionOfType(UnconvertibleEventException.class)
				.isThrownBy(() -> JsonColumnReader.tree("f", JsonColumn.ofUtf8(json)))
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(UnconvertibleReason.BROKEN_JSON));
		}
	}

	@Test
	void aTextIsReadWithoutItsEscapes() {
		JsonValue event = JsonColumnReader.tree("f", EVENT);
		assertThat(event.get("t").text()).isEqualTo("a\"b\\c/d\b\f\n\r\té\0😀\ud83d\u001f");
		assertThat(JsonColumnReader.tree("f", "{\"a\":\"1\\n\\\"2\"}").get("a").text()).isEqualTo("1\n\"2");
		assertThat(event.get("ka").asText()).isEqualTo("2");
	}

	private static String written(@Nullable JsonValue value, JsonTarget target) {
		JsonOutput out = new JsonOutput(target, new SubstitutionLog());
		out.reset(1 << 20);
		(value == null ? JsonValue.MISSING : value).write(out);
		return new String(out.toArray(0), StandardCharsets.UTF_8);
	}

}
