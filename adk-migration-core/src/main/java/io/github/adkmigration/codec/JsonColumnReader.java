package io.github.adkmigration.codec;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON columns. Whatever is not exactly one JSON value, within limits on depth and
 * size, belongs into quarantine.
 */
final class JsonColumnReader {

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(PickleJsonWriter.MAX_DEPTH)
			.maxNumberLength(100_000)
			.maxStringLength(Integer.MAX_VALUE)
			.maxNameLength(Integer.MAX_VALUE)
			.build())
		.build();

	/** Keeps every digit. */
	static final JsonMapper TREES = JsonMapper.builder(FACTORY)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.build();

	private JsonColumnReader() {
	}

	/**
	 * Find a number among the members of an object.
	 * @param json a JSON object
	 * @param name the name of the member
	 * @return the number, or {@code null} if there is no such member or it is something
	 * else
	 */
	static @Nullable Double number(String json, String name) {
		return inside("event_data", json, (parser) -> {
			Double found = null;
			for (String key = parser.nextName(); key != null; key = parser.nextName()) {
				JsonToken token = parser.nextToken();
				if (key.equals(name) && token.isNumeric()) {
					found = parser.getDoubleValue();
				}
				parser.skipChildren();
			}
			return found;
		});
	}

	/**
	 * Read the members of a column that holds one object and nothing else.
	 * @param field the name of the column
	 * @param json the column
	 * @param members reads from behind the beginning of the object to its end
	 */
	static <T extends @Nullable Object> T inside(String field, String json, Function<JsonParser, T> members) {
		return read(field, json, (parser) -> {
			requireObject(parser, field);
			T found = members.apply(parser);
			requireEnd(parser, field);
			return found;
		});
	}

	/**
	 * Read a column as a tree that keeps every digit.
	 * @param field the name of the column
	 * @param json a JSON object
	 */
	static JsonValue tree(String field, JsonColumn json) {
		JsonValue scanned = JsonScanner.scan(json);
		return scanned != null && scanned.isObject() ? scanned : parsed(field, json.text());
	}

	/**
	 * Read a column as a tree that keeps every digit.
	 * @param field the name of the column
	 * @param json a JSON object
	 */
	static JsonValue tree(String field, String json) {
		return tree(field, JsonColumn.of(json));
	}

	/**
	 * Do the same without a scan.
	 */
	static JsonValue parsed(String field, String json) {
		return read(field, json, (parser) -> {
			requireObject(parser, field);
			JsonValue tree = object(parser);
			requireEnd(parser, field);
			return tree;
		});
	}

	/**
	 * Read a column that may hold any value as a tree that keeps every digit.
	 * @param field the name of the column
	 * @param json the column
	 */
	static JsonValue anyTree(String field, String json) {
		JsonValue scanned = JsonScanner.scan(JsonColumn.of(json));
		return scanned != null ? scanned : read(field, json, (parser) -> {
			if (parser.nextToken() == null) {
				throw unconvertible(UnconvertibleReason.BROKEN_JSON, "The column of '" + field + "' holds no JSON.");
			}
			JsonValue tree = value(parser);
			requireEnd(parser, field);
			return tree;
		});
	}

	private static JsonValue object(JsonParser parser) {
		JsonMembers object = new JsonMembers();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			object.add(name, value(parser));
		}
		return object.toObject();
	}

	private static JsonValue value(JsonParser parser) {
		return switch (parser.currentToken()) {
			case START_OBJECT -> object(parser);
			case START_ARRAY -> {
				JsonMembers array = new JsonMembers();
				while (parser.nextToken() != JsonToken.END_ARRAY) {
					array.add(value(parser));
				}
				yield array.toArray();
			}
			case VALUE_STRING -> JsonValue.of(parser.getString());
			case VALUE_NUMBER_INT -> JsonValue.whole(parser.getBigIntegerValue().toString());
			case VALUE_NUMBER_FLOAT -> parser.isNaN() ? JsonValue.NON_FINITE : JsonValue.of(parser.getDecimalValue());
			case VALUE_TRUE -> JsonValue.TRUE;
			case VALUE_FALSE -> JsonValue.FALSE;
			default -> JsonValue.NULL;
		};
	}

	static void requireObject(JsonParser parser, String field) {
		JsonToken first = parser.nextToken();
		if (first != JsonToken.START_OBJECT) {
			throw unconvertible(
					(first == null) ? UnconvertibleReason.BROKEN_JSON : UnconvertibleReason.UNEXPECTED_VALUE,
					"The column of '" + field + "' holds no JSON object.");
		}
	}

	/**
	 * Read a column.
	 * @param field the name of the column
	 * @param json the column
	 * @param reading reads from before the first token to the end
	 * @throws UnconvertibleEventException if it is no JSON, or beyond a limit
	 */
	static <T extends @Nullable Object> T read(String field, String json, Function<JsonParser, T> reading) {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
			return reading.apply(parser);
		}
		catch (StreamConstraintsException ex) {
			throw unconvertible(UnconvertibleReason.LIMIT_EXCEEDED,
					"The JSON of '" + field + "' breaks a limit on depth or size.");
		}
		catch (JacksonException ex) {
			throw unconvertible(UnconvertibleReason.BROKEN_JSON, "The column of '" + field + "' holds no JSON.");
		}
	}

	static void requireEnd(JsonParser parser, String field) {
		if (parser.nextToken() != null) {
			throw unconvertible(UnconvertibleReason.BROKEN_JSON, "The column of '" + field + "' holds more than JSON.");
		}
	}

	private static UnconvertibleEventException unconvertible(UnconvertibleReason reason, String message) {
		return new UnconvertibleEventException(reason, message);
	}

}
