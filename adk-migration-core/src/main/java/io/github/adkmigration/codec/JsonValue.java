package io.github.adkmigration.codec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * A value of a JSON document that is read to be written again. Texts and numbers stay the
 * bytes that they were read from, as long as nobody asks for more; Jackson's trees, which
 * decode all of it, take several times as long.
 */
final class JsonValue {

	private static final byte[] NO_BYTES = {};

	static final String[] NO_NAMES = {};

	static final JsonValue[] NO_VALUES = {};

	static final JsonValue MISSING = new JsonValue(Kind.MISSING);

	static final JsonValue NULL = new JsonValue(Kind.NULL);

	static final JsonValue TRUE = new JsonValue(Kind.TRUE);

	static final JsonValue FALSE = new JsonValue(Kind.FALSE);

	/** No number, but what some writers put in the place of one. */
	static final JsonValue NON_FINITE = new JsonValue(Kind.NON_FINITE);

	private final Kind kind;

	private final byte[] source;

	private final int from;

	private final int to;

	private final @Nullable String text;

	private final String[] names;

	private final JsonValue[] values;

	private final int size;

	private JsonValue(Kind kind) {
		this(kind, NO_BYTES, 0, 0, null, NO_NAMES, NO_VALUES, 0);
	}

	private JsonValue(Kind kind, byte[] source, int from, int to, @Nullable String text, String[] names,
			JsonValue[] values, int size) {
		this.kind = kind;
		this.source = source;
		this.from = from;
		this.to = to;
		this.text = text;
		this.names = names;
		this.values = values;
		this.size = size;
	}

	static JsonValue of(String text) {
		return new JsonValue(Kind.TEXT, NO_BYTES, 0, 0, text, NO_NAMES, NO_VALUES, 0);
	}

	static JsonValue of(boolean flag) {
		return flag ? TRUE : FALSE;
	}

	static JsonValue of(double number) {
		return Double.isFinite(number) ? of(BigDecimal.valueOf(number)) : NON_FINITE;
	}

	static JsonValue of(BigDecimal number) {
		return number(Kind.DECIMAL, number.toString());
	}

	/**
	 * Return a whole number.
	 * @param digits its digits, as JSON writes them
	 */
	static JsonValue whole(String digits) {
		return number(Kind.WHOLE, digits);
	}

	private static JsonValue number(Kind kind, String literal) {
		byte[] bytes = literal.getBytes(StandardCharsets.US_ASCII);
		return slice(kind, bytes, 0, bytes.length);
	}

	/**
	 * Return a text in which every character is written as {@link JsonOutput} writes it,
	 * or a number as {@link BigDecimal} does.
	 * @param source holds it, in UTF-8
	 */
	static JsonValue slice(Kind kind, byte[] source, int from, int to) {
		return new JsonValue(kind, source, from, to, null, NO_NAMES, NO_VALUES, 0);
	}

	static JsonValue object(String[] names, JsonValue[] values, int size) {
		return new JsonValue(Kind.OBJECT, NO_BYTES, 0, 0, null, names, values, size);
	}

	static JsonValue array(JsonValue[] values, int size) {
		return new JsonValue(Kind.ARRAY, NO_BYTES, 0, 0, null, NO_NAMES, values, size);
	}

	boolean isMissing() {
		return this.kind == Kind.MISSING;
	}

	boolean isNull() {
		return this.kind == Kind.NULL;
	}

	boolean isAbsent() {
		return isMissing() || isNull();
	}

	boolean isObject() {
		return this.kind == Kind.OBJECT;
	}

	boolean isArray() {
		return this.kind == Kind.ARRAY;
	}

	boolean isText() {
		return this.kind == Kind.TEXT;
	}

	boolean isFlag() {
		return this.kind == Kind.TRUE || this.kind == Kind.FALSE;
	}

	boolean isWhole() {
		return this.kind == Kind.WHOLE;
	}

	/** Python's readers take what is no number for one as well. */
	boolean isNumber() {
		return isFinite() || this.kind == Kind.NON_FINITE;
	}

	boolean isFinite() {
		return this.kind == Kind.WHOLE || this.kind == Kind.DECIMAL;
	}

	/**
	 * Return a text.
	 * @return the text, empty if this is something else
	 */
	String text() {
		if (this.text != null) {
			return this.text;
		}
		return isText() ? JsonEscapes.removed(this.source, this.from, this.to) : "";
	}

	/**
	 * Return a text, or what is written of a number or a flag.
	 * @return empty if this is nothing of these
	 */
	String asText() {
		return switch (this.kind) {
			case TEXT -> text();
			case WHOLE, DECIMAL -> literal();
			case TRUE -> "true";
			case FALSE -> "false";
			case NON_FINITE -> "NaN";
			default -> "";
		};
	}

	/**
	 * Return as what Jackson reads such a value first.
	 */
	JsonToken token() {
		return switch (this.kind) {
			case TRUE -> JsonToken.VALUE_TRUE;
			case FALSE -> JsonToken.VALUE_FALSE;
			case WHOLE -> JsonToken.VALUE_NUMBER_INT;
			case DECIMAL, NON_FINITE -> JsonToken.VALUE_NUMBER_FLOAT;
			case TEXT -> JsonToken.VALUE_STRING;
			case ARRAY -> JsonToken.START_ARRAY;
			case OBJECT -> JsonToken.START_OBJECT;
			case NULL, MISSING -> JsonToken.VALUE_NULL;
		};
	}

	/**
	 * Return a finite number.
	 */
	BigDecimal decimal() {
		return new BigDecimal(literal());
	}

	double doubleValue() {
		return isFinite() ? decimal().doubleValue() : Double.NaN;
	}

	/**
	 * Return how many members an object or elements a list has.
	 */
	int size() {
		return this.size;
	}

	String name(int index) {
		return this.names[index];
	}

	JsonValue value(int index) {
		return this.values[index];
	}

	/**
	 * Find a member.
	 * @return its value, or {@link #MISSING}
	 */
	JsonValue get(String name) {
		for (int i = 0; i < this.size && isObject(); i++) {
			if (this.names[i].equals(name)) {
				return this.values[i];
			}
		}
		return MISSING;
	}

	boolean hasValue(String name) {
		return !get(name).isAbsent();
	}

	/**
	 * Write the value as it is.
	 */
	void write(JsonOutput out) {
		switch (this.kind) {
			case OBJECT -> {
				out.beginObject();
				for (int i = 0; i < this.size; i++) {
					out.text(this.names[i]);
					out.colon();
					this.values[i].write(out);
				}
				out.endObject();
			}
			case ARRAY -> {
				out.beginArray();
				for (int i = 0; i < this.size; i++) {
					this.values[i].write(out);
				}
				out.endArray();
			}
			case TEXT -> {
				if (this.text == null) {
					out.escapedText(this.source, this.from, this.to);
				}
				else {
					out.text(this.text);
				}
			}
			case WHOLE, DECIMAL -> out.literal(this.source, this.from, this.to);
			case NON_FINITE -> out.nonFiniteNumber();
			case TRUE -> out.literal("true");
			case FALSE -> out.literal("false");
			case NULL, MISSING -> out.literal("null");
		}
	}

	private String literal() {
		return new String(this.source, this.from, this.to - this.from, StandardCharsets.US_ASCII);
	}

	/** Types of values. */
	enum Kind {

		MISSING, NULL, TRUE, FALSE, WHOLE, DECIMAL, NON_FINITE, TEXT, ARRAY, OBJECT

	}

}
