package io.github.adkmigration.session.jdbc;

import java.io.IOException;
import java.math.BigDecimal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.sessions.SessionException;
import org.jspecify.annotations.Nullable;

/**
 * The text in a JSON column and the tree that it stands for. Nothing is lost on the way:
 * integers of any size, the difference between {@code 1} and {@code 1.0}, {@code -0.0},
 * and decimals that no double holds.
 * <p>
 * Jackson 2, because google-adk's types carry its annotations: the tree that they are
 * built from is the tree that is read here, without a second text between two libraries.
 */
final class JsonText {

	// Python's own limit is a recursion depth of 1000. A number is longer than it takes
	// only in rows of other writers: no column of PostgreSQL holds a longer one than
	// this.
	private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
		.maxNestingDepth(1000)
		.maxNumberLength(200_000)
		.maxNameLength(Integer.MAX_VALUE)
		.maxStringLength(Integer.MAX_VALUE)
		.build();

	// Escaped as by Python's json.dumps: independent of the column's character set, and
	// a lone surrogate survives. NaN is what Python writes into text columns.
	private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
		.streamReadConstraints(LIMITS)
		.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
		.enable(JsonWriteFeature.ESCAPE_NON_ASCII)
		.disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
		.build());

	/** No writer needs more for a double. */
	private static final int DIGITS_OF_DOUBLE = 17;

	private JsonText() {
	}

	/**
	 * Read a JSON object.
	 * @param text the column's text; {@code null}, empty text and JSON {@code null} are
	 * an empty object
	 * @param where what the text belongs to, for the failure
	 */
	static ObjectNode readObject(@Nullable String text, String where) {
		if (text == null || text.isBlank()) {
			return JsonNodeFactory.instance.objectNode();
		}
		JsonNode node = readValue(text, where);
		if (node instanceof ObjectNode object) {
			return object;
		}
		if (node.isNull()) {
			return JsonNodeFactory.instance.objectNode();
		}
		throw new SessionException("The JSON of " + where + " is not an object.");
	}

	/**
	 * Read any JSON value.
	 * @param text JSON text
	 * @param where what the text belongs to, for the failure
	 */
	static JsonNode readValue(String text, String where) {
		try (JsonParser parser = parser(text)) {
			parser.nextToken();
			JsonNode node = read(parser);
			if (parser.nextToken() != null) {
				throw new SessionException("The JSON of " + where + " is followed by more text.");
			}
			return node;
		}
		catch (IOException | ArithmeticException | NumberFormatException ex) {
			// The parser's message quotes the text, which is the user's: it is left out.
			throw new SessionException("The JSON of " + where + " cannot be read.");
		}
	}

	/**
	 * Return a parser within the limits of this class.
	 */
	static JsonParser parser(String text) throws IOException {
		return MAPPER.createParser(text);
	}

	static JsonParser parser(byte[] utf8) throws IOException {
		return MAPPER.createParser(utf8);
	}

	/**
	 * Return whether a number with a fraction is certainly what a double holds, which is
	 * not worth finding out for a long one or one with an exponent.
	 */
	static boolean isDouble(JsonParser number) throws IOException {
		String text = number.getText();
		return text.length() <= DIGITS_OF_DOUBLE + 1 && !number.isNaN() && text.indexOf('e') < 0
				&& text.indexOf('E') < 0;
	}

	private static JsonNode read(JsonParser parser) throws IOException {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		JsonToken token = parser.currentToken();
		if (token == null) {
			return nodes.nullNode();
		}
		return switch (token) {
			case START_OBJECT -> {
				ObjectNode object = nodes.objectNode();
				String name = parser.nextFieldName();
				while (name != null) {
					parser.nextToken();
					object.set(name, read(parser));
					name = parser.nextFieldName();
				}
				yield object;
			}
			case START_ARRAY -> {
				ArrayNode array = nodes.arrayNode();
				while (parser.nextToken() != JsonToken.END_ARRAY) {
					array.add(read(parser));
				}
				yield array;
			}
			case VALUE_STRING -> nodes.textNode(parser.getText());
			case VALUE_NUMBER_INT -> switch (parser.getNumberType()) {
				case INT -> nodes.numberNode(parser.getIntValue());
				case LONG -> nodes.numberNode(parser.getLongValue());
				default -> nodes.numberNode(parser.getBigIntegerValue());
			};
			case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
			case VALUE_TRUE -> nodes.booleanNode(true);
			case VALUE_FALSE -> nodes.booleanNode(false);
			default -> nodes.nullNode();
		};
	}

	private static JsonNode decimal(String text) {
		if (text.endsWith("NaN")) {
			return DoubleNode.valueOf(Double.NaN);
		}
		if (text.endsWith("Infinity") || text.endsWith("INF")) {
			return DoubleNode.valueOf(text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
		}
		double value = Double.parseDouble(text);
		BigDecimal exact = new BigDecimal(text);
		boolean fits = exact.precision() <= DIGITS_OF_DOUBLE && Double.isFinite(value)
				&& (value == 0) == (exact.signum() == 0);
		return fits ? DoubleNode.valueOf(value) : DecimalNode.valueOf(exact);
	}

	/**
	 * Write a tree as ASCII text.
	 */
	static String write(JsonNode node) {
		try {
			return MAPPER.writeValueAsString(node);
		}
		catch (IOException ex) {
			throw new SessionException("The value cannot be written as JSON.", ex);
		}
	}

	/**
	 * Find what a binary JSON column refuses.
	 * @param json text as {@link #write} makes it
	 * @return what stands in it, in words, or {@code null} if nothing does
	 */
	static @Nullable String unstorableInBinary(String json) {
		boolean open = false;
		int index = json.indexOf('\\');
		while (index >= 0) {
			boolean unicode = json.charAt(index + 1) == 'u';
			int unit = unicode ? Integer.parseInt(json, index + 2, index + 6, 16) : -1;
			int next = index + (unicode ? 6 : 2);
			if (unit == 0) {
				return "a NUL character";
			}
			if (open != Character.isLowSurrogate((char) Math.max(unit, 0))) {
				return "a lone surrogate";
			}
			open = unicode && Character.isHighSurrogate((char) unit);
			index = json.indexOf('\\', next);
			if (open && index != next) {
				return "a lone surrogate";
			}
		}
		return null;
	}

}
