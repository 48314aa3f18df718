package io.github.adkmigration.codec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.adkmigration.codec.JsonValue.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that is beyond doubt. What it does not take, or not certainly as Jackson
 * does, is left to Jackson, which alone decides what is JSON and what is broken.
 */
final class JsonScanner {

	/** Well below the limit that Jackson keeps. */
	private static final int DEEPEST = 400;

	private static final int LONGEST_NUMBER = 300;

	private static final byte QUOTE = 1;

	private static final byte BACKSLASH = 2;

	private static final byte CONTROL = 3;

	/** What an encoder puts in the place of a lone surrogate. */
	private static final byte REPLACEMENT = 4;

	private static final byte LONGER = 5;

	/** 0 for the bytes of a text that need no look. */
	private static final byte[] TEXT = new byte[256];

	static {
		Arrays.fill(TEXT, 0, 0x20, CONTROL);
		TEXT['"'] = QUOTE;
		TEXT['\\'] = BACKSLASH;
		TEXT['?'] = REPLACEMENT;
		Arrays.fill(TEXT, 0x80, TEXT.length, LONGER);
	}

	/**
	 * Names met lately, by a hash of their bytes. Threads share it without a lock: an
	 * entry never changes, and one that is lost is made again.
	 */
	private static final @Nullable Name[] NAMES = new @Nullable Name[1 << 10];

	private static final int LONGEST_KEPT_NAME = 64;

	private final byte[] utf8;

	private int at;

	private int depth;

	private boolean doubtful;

	private JsonScanner(byte[] utf8) {
		this.utf8 = utf8;
	}

	/**
	 * Read a document.
	 * @return its value, or {@code null} if Jackson has to read it
	 */
	static @Nullable JsonValue scan(JsonColumn json) {
		JsonScanner scanner = new JsonScanner(json.utf8());
		JsonValue value = scanner.value();
		scanner.skipSpace();
		boolean whole = scanner.at == scanner.utf8.length && !(scanner.doubtful && json.hasLoneSurrogate());
		return whole ? value : null;
	}

	private int peek() {
		return this.at < this.utf8.length ? this.utf8[this.at] : -1;
	}

	private int next() {
		int unit = peek();
		if (unit > ' ') {
			return unit;
		}
		skipSpace();
		return peek();
	}

	private void skipSpace() {
		while (this.at < this.utf8.length) {
			byte unit = this.utf8[this.at];
			if (unit != ' ' && unit != '\n' && unit != '\r' && unit != '\t') {
				return;
			}
			this.at++;
		}
	}

	private @Nullable JsonValue value() {
		return switch (next()) {
			case '{' -> object();
			case '[' -> array();
			case '"' -> text();
			case 't' -> constant("true", JsonValue.TRUE);
			case 'f' -> constant("false", JsonValue.FALSE);
			case 'n' -> constant("null", JsonValue.NULL);
			case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
			default -> null;
		};
	}

	private @Nullable JsonValue object() {
		JsonMembers members = new JsonMembers();
		this.at++;
		if (++this.depth > DEEPEST) {
			return null;
		}
		if (next() == '}') {
			return closed(members.toObject());
		}
		while (true) {
			String name = next() == '"' ? name() : null;
			if (name == null || next() != ':') {
				return null;
			}
			this.at++;
			JsonValue value = value();
			if (value == null) {
				return null;
			}
			members.add(name, value);
			int end = next();
			if (end == '}') {
				return closed(members.toObject());
			}
			if (end != ',') {
				return null;
			}
			this.at++;
		}
	}

	private @Nullable JsonValue array() {
		JsonMembers elements = new JsonMembers();
		this.at++;
		if (++this.depth > DEEPEST) {
			return null;
		}
		if (next() == ']') {
			return closed(elements.toArray());
		}
		while (true) {
			JsonValue value = value();
			if (value == null) {
				return null;
			}
			elements.add(value);
			int end = next();
			if (end == ']') {
				return closed(elements.toArray());
			}
			if (end != ',') {
				return null;
			}
			this.at++;
		}
	}

	private JsonValue closed(JsonValue value) {
		this.at++;
		this.depth--;
		return value;
	}

	private @Nullable JsonValue constant(String literal, JsonValue value) {
		for (int i = 0; i < literal.length(); i++) {
			if (peek() != literal.charAt(i)) {
				return null;
			}
			this.at++;
		}
		return value;
	}

	private @Nullable JsonValue number() {
		int from = this.at;
		if (peek() == '-') {
			this.at++;
		}
		int first = this.at;
		int whole = digits();
		boolean zero = whole > 0 && this.utf8[first] == '0';
		if (whole == 0 || whole > 1 && zero) {
			return null;
		}
		boolean fraction = peek() == '.';
		if (fraction) {
			this.at++;
			if (digits() == 0) {
				return null;
			}
		}
		// With an exponent Jackson decides.
		int end = peek();
		if (end == 'e' || end == 'E' || this.at - from > LONGEST_NUMBER) {
			return null;
		}
		if (!zero) {
			return JsonValue.slice(fraction ? Kind.DECIMAL : Kind.WHOLE, this.utf8, from, this.at);
		}
		// Java knows no negative zero of these, and writes small ones with an exponent.
		return fraction
				? JsonValue.of(new BigDecimal(new String(this.utf8, from, this.at - from, StandardCharsets.US_ASCII)))
				: JsonValue.whole("0");
	}

	private int digits() {
		int from = this.at;
		while (peek() >= '0' && peek() <= '9') {
			this.at++;
		}
		return this.at - from;
	}

	private @Nullable JsonValue text() {
		int from = this.at + 1;
		boolean asWritten = skipText();
		int to = this.at - 1;
		if (to < from) {
			return null;
		}
		return asWritten ? JsonValue.slice(Kind.TEXT, this.utf8, from, to)
				: JsonValue.of(JsonEscapes.removed(this.utf8, from, to));
	}

	/**
	 * Go behind a text, or to the beginning of the document if it is broken.
	 * @return whether all escapes in it are those that {@link JsonOutput} would write
	 */
	private boolean skipText() {
		byte[] source = this.utf8;
		boolean asWritten = true;
		int index = this.at + 1;
		while (index < source.length) {
			switch (TEXT[source[index] & 0xFF]) {
				case 0 -> index++;
				case QUOTE -> {
					this.at = index + 1;
					return asWritten;
				}
				case REPLACEMENT -> {
					this.doubtful = true;
					index++;
				}
				case LONGER -> {
					int length = Utf8.size(source, index, source.length);
					if (length <= 0) {
						this.at = 0;
						return false;
					}
					index += length;
				}
				case BACKSLASH -> {
					int length = JsonEscapes.length(source, index + 1);
					if (length == 0) {
						this.at = 0;
						return false;
					}
					asWritten &= length == 1 && source[index + 1] != '/';
					index += 1 + length;
				}
				default -> {
					this.at = 0;
					return false;
				}
			}
		}
		this.at = 0;
		return false;
	}

	private @Nullable String name() {
		byte[] source = this.utf8;
		int from = this.at + 1;
		int index = from;
		while (index < source.length && source[index] >= 0 && TEXT[source[index]] == 0) {
			index++;
		}
		int length = index - from;
		if (index == source.length || source[index] != '"' || length == 0 || length > LONGEST_KEPT_NAME) {
			JsonValue other = text();
			return other == null ? null : other.text();
		}
		this.at = index + 1;
		int hash = ((source[from] * 31 + source[from + length / 2]) * 31 + source[index - 1]) * 31 + length;
		int slot = hash & NAMES.length - 1;
		Name known = NAMES[slot];
		if (known == null || known.bytes.length != length
				|| !Arrays.equals(known.bytes, 0, length, source, from, index)) {
			known = new Name(Arrays.copyOfRange(source, from, index));
			NAMES[slot] = known;
		}
		return known.text;
	}

	/** A name with its bytes. */
	private static final class Name {

		private final byte[] bytes;

		private final String text;

		Name(byte[] ascii) {
			this.bytes = ascii;
			this.text = new String(ascii, StandardCharsets.US_ASCII);
		}

	}

}
