package io.github.adkmigration.codec;

import java.util.Set;
import java.util.TreeSet;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Copies JSON columns in the form that every V1 reader expects: names of model fields in
 * snake_case, URL-safe base64, no {@code null} in models. What is the application's own
 * stays as it is.
 */
final class JsonColumnWriter {

	/** Far beyond every float, and still within PostgreSQL's {@code numeric}. */
	private static final int MAX_BINARY_EXPONENT_DIGITS = 4;

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

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	/** What an event has in its JSON and in columns. */
	private static final Set<String> EVENT_COLUMNS = Set.of("id", "invocation_id", "timestamp");

	private final JsonOutput out;

	private final SubstitutionLog substitutions;

	private final boolean binary;

	JsonColumnWriter(JsonTarget target, JsonOutput out, SubstitutionLog substitutions) {
		this.binary = target == JsonTarget.BINARY;
		this.out = out;
		this.substitutions = substitutions;
	}

	/**
	 * Write a column that holds an object or nothing.
	 * @param field the name of the field
	 * @param json the column
	 * @param shape what the object is
	 */
	void object(String field, @Nullable String json, ModelShape shape) {
		if (json != null) {
			column(field, json, shape, JsonToken.START_OBJECT);
		}
	}

	/**
	 * Write a column that holds a list or nothing; nothing is an empty list.
	 * @param field the name of the field
	 * @param json the column
	 */
	void list(String field, @Nullable String json) {
		boolean written = json != null && !json.isBlank()
				&& column(field, json, ModelShape.OPAQUE, JsonToken.START_ARRAY);
		if (!written) {
			this.out.key(field);
			this.out.literal("[]");
		}
	}

	/**
	 * Write a column that holds any value of the application's own, or nothing.
	 * @param field the name of the field
	 * @param json the column
	 */
	void value(String field, @Nullable String json) {
		if (json != null) {
			column(field, json, ModelShape.OPAQUE, null);
		}
	}

	/**
	 * Write a column that holds an object without a key before it.
	 * @param field the name of the column
	 * @param json the column
	 */
	void document(String field, String json) {
		this.substitutions.field(field);
		read(field, json, (parser) -> {
			requireObject(parser, field);
			value(parser, JsonToken.START_OBJECT, ModelShape.OPAQUE);
			requireEnd(parser, field);
			return true;
		});
	}

	/**
	 * Write an event as it is, and behind it what it lacks and its columns hold.
	 * @param json the column
	 */
	void event(String json, String id, String invocationId, long epochMicros) {
		this.substitutions.field("event_data");
		inside("event_data", json, (parser) -> {
			Set<String> missing = new TreeSet<>(EVENT_COLUMNS);
			this.out.beginObject();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				missing.remove(name);
				this.out.text(name);
				this.out.colon();
				value(parser, parser.nextToken(), ModelShape.OPAQUE);
			}
			for (String name : missing) {
				this.out.key(name);
				switch (name) {
					case "id" -> this.out.text(id);
					case "invocation_id" -> this.out.text(invocationId);
					default -> this.out.literal(PythonNumbers.seconds(epochMicros));
				}
			}
			this.out.endObject();
			return true;
		});
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
	static ObjectNode tree(String field, String json) {
		return read(field, json, (parser) -> {
			requireObject(parser, field);
			ObjectNode tree = object(parser);
			requireEnd(parser, field);
			return tree;
		});
	}

	/**
	 * Read a column that may hold any value as a tree that keeps every digit.
	 * @param field the name of the column
	 * @param json the column
	 */
	static JsonNode anyTree(String field, String json) {
		return read(field, json, (parser) -> {
			if (parser.nextToken() == null) {
				throw unconvertible(UnconvertibleReason.BROKEN_JSON, "The column of '" + field + "' holds no JSON.");
			}
			JsonNode tree = node(parser);
			requireEnd(parser, field);
			return tree;
		});
	}

	/** What Jackson's own reader has around this takes as long as the reading. */
	private static ObjectNode object(JsonParser parser) {
		ObjectNode object = NODES.objectNode();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			object.set(name, node(parser));
		}
		return object;
	}

	private static JsonNode node(JsonParser parser) {
		return switch (parser.currentToken()) {
			case START_OBJECT -> object(parser);
			case START_ARRAY -> {
				ArrayNode array = NODES.arrayNode();
				while (parser.nextToken() != JsonToken.END_ARRAY) {
					array.add(node(parser));
				}
				yield array;
			}
			case VALUE_STRING -> NODES.stringNode(parser.getString());
			case VALUE_NUMBER_INT -> switch (parser.getNumberType()) {
				case INT -> NODES.numberNode(parser.getIntValue());
				case LONG -> NODES.numberNode(parser.getLongValue());
				default -> NODES.numberNode(parser.getBigIntegerValue());
			};
			case VALUE_NUMBER_FLOAT ->
				parser.isNaN() ? NODES.numberNode(parser.getDoubleValue()) : NODES.numberNode(parser.getDecimalValue());
			case VALUE_TRUE -> NODES.booleanNode(true);
			case VALUE_FALSE -> NODES.booleanNode(false);
			default -> NODES.nullNode();
		};
	}

	private static void requireObject(JsonParser parser, String field) {
		JsonToken first = parser.nextToken();
		if (first != JsonToken.START_OBJECT) {
			throw unconvertible(
					(first == null) ? UnconvertibleReason.BROKEN_JSON : UnconvertibleReason.UNEXPECTED_VALUE,
					"The column of '" + field + "' holds no JSON object.");
		}
	}

	private static <T extends @Nullable Object> T read(String field, String json, Function<JsonParser, T> reading) {
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

	private boolean column(String field, String json, ModelShape shape, @Nullable JsonToken expected) {
		this.substitutions.field(field);
		return read(field, json, (parser) -> {
			JsonToken first = parser.nextToken();
			if (first == JsonToken.VALUE_NULL) {
				requireEnd(parser, field);
				return false;
			}
			if (first == null || (expected != null && first != expected)) {
				throw unconvertible(
						(first == null) ? UnconvertibleReason.BROKEN_JSON : UnconvertibleReason.UNEXPECTED_VALUE,
						"The column of '" + field + "' holds no JSON "
								+ ((expected == JsonToken.START_ARRAY) ? "list." : "object."));
			}
			this.out.key(field);
			value(parser, first, shape);
			requireEnd(parser, field);
			return true;
		});
	}

	private static void requireEnd(JsonParser parser, String field) {
		if (parser.nextToken() != null) {
			throw unconvertible(UnconvertibleReason.BROKEN_JSON, "The column of '" + field + "' holds more than JSON.");
		}
	}

	private void value(JsonParser parser, JsonToken token, ModelShape shape) {
		switch (token) {
			case START_OBJECT -> {
				this.out.beginObject();
				members(parser, shape);
				this.out.endObject();
			}
			case START_ARRAY -> {
				this.out.beginArray();
				for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
					value(parser, next, shape);
				}
				this.out.endArray();
			}
			case VALUE_STRING ->
				this.out.text(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
			case VALUE_NUMBER_INT -> number(parser);
			case VALUE_NUMBER_FLOAT -> real(parser);
			case VALUE_TRUE -> this.out.literal("true");
			case VALUE_FALSE -> this.out.literal("false");
			default -> this.out.literal("null");
		}
	}

	private void members(JsonParser parser, ModelShape shape) {
		boolean model = shape != ModelShape.OPAQUE;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			if (model && token == JsonToken.VALUE_NULL) {
				continue;
			}
			ModelShape.Field field = model ? shape.field(name) : null;
			if (field == null) {
				this.out.text(name);
				this.out.colon();
				value(parser, token, ModelShape.OPAQUE);
			}
			else {
				this.out.key(field.name());
				field(parser, token, field.shape());
			}
		}
	}

	private void field(JsonParser parser, JsonToken token, ModelShape shape) {
		if (shape != ModelShape.BYTES) {
			value(parser, token, shape);
		}
		else if (token == JsonToken.VALUE_STRING) {
			this.out.text(Base64Text.urlSafe(parser.getString()));
		}
		else if (token == JsonToken.START_ARRAY) {
			bytesInList(parser);
		}
		else {
			value(parser, token, ModelShape.OPAQUE);
		}
	}

	/** Releases 0.2.0 and 0.3.0 wrote a list of one text by mistake. */
	private void bytesInList(JsonParser parser) {
		JsonToken first = parser.nextToken();
		String text = (first == JsonToken.VALUE_STRING) ? parser.getString() : null;
		if (text == null || parser.nextToken() != JsonToken.END_ARRAY) {
			throw unconvertible(UnconvertibleReason.UNEXPECTED_VALUE, "A field that holds bytes holds a list.");
		}
		this.out.text(Base64Text.urlSafe(text));
	}

	private void number(JsonParser parser) {
		this.out.literal(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
	}

	private void real(JsonParser parser) {
		char[] text = parser.getStringCharacters();
		int start = parser.getStringOffset();
		int length = parser.getStringLength();
		boolean literal = !Character.isDigit(text[start + length - 1]);
		if (literal || (this.binary && exponentDigits(text, start, length) > MAX_BINARY_EXPONENT_DIGITS)) {
			this.out.nonFiniteNumber();
		}
		else {
			this.out.literal(text, start, length);
		}
	}

	private static int exponentDigits(char[] text, int start, int length) {
		int digits = 0;
		for (int i = start + length - 1; i > start; i--) {
			if (text[i] == 'e' || text[i] == 'E') {
				return digits;
			}
			digits += Character.isDigit(text[i]) ? 1 : 0;
		}
		return 0;
	}

	private static UnconvertibleEventException unconvertible(UnconvertibleReason reason, String message) {
		return new UnconvertibleEventException(reason, message);
	}

}
