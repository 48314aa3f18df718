package io.github.adkmigration.verify;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * What the JSON of an event says of its key and time.
 *
 * @param id its id, or {@code null}
 * @param invocationId its invocation, or {@code null}
 * @param timestamp seconds since 1970, or {@code null}
 */
record EventData(@Nullable String id, @Nullable String invocationId, @Nullable Double timestamp) {

	// Python writes NaN into text columns, and numbers and texts of any length.
	private static final JsonFactory FACTORY = JsonFactory.builder()
		.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(Integer.MAX_VALUE)
			.maxNumberLength(Integer.MAX_VALUE)
			.maxStringLength(Integer.MAX_VALUE)
			.maxNameLength(Integer.MAX_VALUE)
			.build())
		.build();

	/**
	 * Read a text to its end.
	 * @return nothing if it is no JSON object
	 */
	static @Nullable EventData read(@Nullable String json) {
		if (json == null) {
			return null;
		}
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return null;
			}
			String id = null;
			String invocationId = null;
			Double timestamp = null;
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				JsonToken value = parser.nextToken();
				switch (name) {
					case "id" -> id = text(parser, value);
					case "invocation_id" -> invocationId = text(parser, value);
					case "timestamp" -> timestamp = number(parser, value);
					default -> {
					}
				}
				parser.skipChildren();
			}
			return parser.nextToken() == null ? new EventData(id, invocationId, timestamp) : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static @Nullable String text(JsonParser parser, JsonToken value) {
		return value == JsonToken.VALUE_STRING ? parser.getString() : null;
	}

	private static @Nullable Double number(JsonParser parser, JsonToken value) {
		double number = value.isNumeric() ? parser.getDoubleValue() : Double.NaN;
		return Double.isFinite(number) ? number : null;
	}

}
