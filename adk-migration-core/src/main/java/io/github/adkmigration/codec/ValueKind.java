package io.github.adkmigration.codec;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import tools.jackson.core.JsonToken;

/**
 * Types of JSON values, as adk-python takes them: pydantic makes a number of a text that
 * is one, and a flag of a word for one.
 */
enum ValueKind {

	TEXT("a text"), NUMBER("a number"), WHOLE("whole numbers"), FLAG("true or false"), OBJECT("JSON objects"),
	LIST("a JSON list"), BYTES("base64"), NULL_VALUE("NULL_VALUE"), ROUTE("texts, whole numbers or flags"),
	ANY("a value");

	private static final Set<String> FLAGS = Set.of("0", "off", "f", "false", "n", "no", "1", "on", "t", "true", "y",
			"yes");

	private static final Pattern WHOLE_TEXT = Pattern.compile("[+-]?\\d+(_\\d+)*(\\.0+)?");

	private static final Pattern NUMBER_TEXT = Pattern.compile(
			"[+-]?(inf(inity)?|nan|(\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(e[+-]?\\d[\\d_]*)?)",
			Pattern.CASE_INSENSITIVE);

	/** Python reads no more. */
	private static final int MAX_DIGITS = 4300;

	/** Fractions beyond are no integers to pydantic. */
	private static final BigDecimal MAX_FLOAT = BigDecimal.valueOf(Long.MAX_VALUE);

	private final String title;

	ValueKind(String title) {
		this.title = title;
	}

	/** What such a value is, in messages. */
	String title() {
		return this.title;
	}

	/**
	 * Return whether a value is of this type without looking at its text, as nearly all
	 * are.
	 */
	boolean accepts(JsonToken token) {
		return switch (this) {
			case TEXT -> token == JsonToken.VALUE_STRING;
			case NUMBER -> token.isNumeric();
			case WHOLE -> token == JsonToken.VALUE_NUMBER_INT;
			case FLAG -> token.isBoolean();
			case OBJECT -> token == JsonToken.START_OBJECT;
			case LIST -> token == JsonToken.START_ARRAY;
			case BYTES, NULL_VALUE -> false;
			case ROUTE -> token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT || token.isBoolean()
					|| token == JsonToken.START_ARRAY;
			case ANY -> true;
		};
	}

	/**
	 * Return whether a value is of this type or can be read as one.
	 * @param value the value
	 */
	boolean accepts(JsonValue value) {
		JsonToken token = value.token();
		return accepts(token) || accepts(token, value.asText());
	}

	/**
	 * Return whether a value is of this type or can be read as one.
	 * @param text the text of a text or a number
	 */
	boolean accepts(JsonToken token, String text) {
		boolean string = token == JsonToken.VALUE_STRING;
		return accepts(token) || switch (this) {
			case NUMBER -> token.isBoolean() || string && NUMBER_TEXT.matcher(text.strip()).matches();
			case WHOLE -> token.isBoolean() || (string ? isWhole(text.strip()) : isWholeFloat(token, text));
			case FLAG -> string ? FLAGS.contains(text.toLowerCase(Locale.ROOT)) : token.isNumeric() && isBit(text);
			case BYTES -> string && Base64Text.isBase64(text);
			case NULL_VALUE -> string && text.equals("NULL_VALUE");
			case ROUTE -> isWholeFloat(token, text);
			case TEXT, OBJECT, LIST, ANY -> false;
		};
	}

	private static boolean isWhole(String text) {
		return text.length() <= MAX_DIGITS && WHOLE_TEXT.matcher(text).matches();
	}

	private static boolean isWholeFloat(JsonToken token, String text) {
		if (token != JsonToken.VALUE_NUMBER_FLOAT || !isFinite(text)) {
			return false;
		}
		double value = Double.parseDouble(text);
		return value == Math.rint(value) && new BigDecimal(value).abs().compareTo(MAX_FLOAT) < 0;
	}

	private static boolean isBit(String text) {
		return isFinite(text) && (Double.parseDouble(text) == 0 || Double.parseDouble(text) == 1);
	}

	private static boolean isFinite(String number) {
		return Character.isDigit(number.charAt(number.length() - 1)) && Double.isFinite(Double.parseDouble(number));
	}

}
