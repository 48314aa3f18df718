package io.github.adkmigration.codec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonEqualityTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "{\"a\": 1, \"b\": [2]};{\"b\":[2],\"a\":1}", "[1e2];[100]", "[1.0];[1.00]",
					"[\"\\u00e9\"];[\"é\"]", "[123456789012345678901234567890];[1.23456789012345678901234567890e29]",
					"[NaN];[NaN]" })
	void otherSpellingsOfTheSameAreEqual(String one, String other) {
		assertThat(JsonEquality.same(one, other)).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "{\"a\": 1};{\"a\": 2}", "{\"a\": null};{}", "[1, 2];[2, 1]", "[1];[\"1\"]",
					"[12345678901234567890];[12345678901234567891]", "[0.1];[0.10000000000000000001]",
					"[\"a\\u0000\"];[\"a\\ufffd\"]" })
	void otherValuesDiffer(String one, String other) {
		assertThat(JsonEquality.same(one, other)).isFalse();
	}

	@Test
	void whatIsNoJsonEqualsNothingElse() {
		assertThat(JsonEquality.same("{\"a\": 1}", "{\"a\":")).isFalse();
	}

}
