package io.github.adkmigration.codec;

import java.math.BigDecimal;
import java.util.List;

import io.github.adkmigration.codec.PickledValues.PickledValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class PickledValueTests {

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNumberLength(5000).build())
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	static List<PickledValue> values() {
		return PickledValues.all();
	}

	@ParameterizedTest
	@MethodSource("values")
	void everyValueBecomesTheJsonThatAdkPythonWrites(PickledValue value) {
		byte[] json = EventRow.plain().actions(value.pickle()).encode(JsonTarget.TEXT).json();

		JsonNode written = MAPPER.readTree(json).at("/actions/state_delta/v");

		assertThat(normalized(written)).isEqualTo(normalized(MAPPER.readTree(value.json())));
	}

	@Test
	void theCorpusHoldsEveryProtocol() {
		assertThat(values()).extracting(PickledValue::protocol).contains(0, 1, 2, 3, 4, 5);
		assertThat(values()).hasSizeGreaterThan(400);
	}

	@Test
	void numbersAreWrittenAsPythonPrintsThem() {
		byte[] floats = values().stream()
			.filter((value) -> value.name().equals("floats") && value.protocol() == 4)
			.findFirst()
			.orElseThrow()
			.pickle();

		assertThat(EventRow.plain().actions(floats).encode(JsonTarget.TEXT).json()).asString()
			.contains("[0.0,-0.0,1.0,-1.5,0.1,1000000000000000.0,1e+16,1e+17,1.5e+16,1.2345678901234568e+17,"
					+ "1e+22,0.0001,1e-05,1.25e-07,");
	}

	/** Equal numbers may be printed differently, equal trees may not differ otherwise. */
	private static Object normalized(JsonNode node) {
		if (node.isNumber()) {
			BigDecimal number = new BigDecimal(node.asString());
			return number.doubleValue() == 0 || node.isIntegralNumber() ? number.stripTrailingZeros()
					: number.doubleValue();
		}
		if (node.isArray()) {
			return node.valueStream().map(PickledValueTests::normalized).toList();
		}
		if (node.isObject()) {
			return node.propertyStream()
				.map((property) -> List.of(property.getKey(), normalized(property.getValue())))
				.toList();
		}
		return node;
	}

}
