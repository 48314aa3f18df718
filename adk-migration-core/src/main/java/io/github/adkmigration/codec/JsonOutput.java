package io.github.adkmigration.codec;

import java.util.Arrays;
import java.util.Base64;

/**
 * Writes JSON as UTF-8 into a buffer that is used again for the next row. It puts the
 * commas, refuses to grow beyond a limit, and replaces what the target does not accept.
 */
final class JsonOutput {

	private static final int INITIAL_SIZE = 4096;

	/** One row with a huge value must not hold its memory for the rest of the run. */
	private static final int MAX_KEPT_SIZE = 1024 * 1024;

	private static final int CHUNK = 4096;

	private static final int LONGEST_ESCAPE = 6;

	private static final byte[] HEX = { '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e',
			'f' };

	/** 0 for what stands for itself, {@code u} for a numeric escape, else the letter. */
	private static final byte[] ESCAPES = new byte[128];

	static {
		Arrays.fill(ESCAPES, 0, 0x20, (byte) 'u');
		ESCAPES['"'] = '"';
		ESCAPES['\\'] = '\\';
		ESCAPES['\n'] = 'n';
		ESCAPES['\r'] = 'r';
		ESCAPES['\t'] = 't';
		ESCAPES['\b'] = 'b';
		ESCAPES['\f'] = 'f';
	}

	private final boolean binary;

	private final SubstitutionLog substitutions;

	private final char[] chunk = new char[CHUNK];

	private byte[] buffer = new byte[INITIAL_SIZE];

	private int length;

	private int limit;

	JsonOutput(JsonTarget target, SubstitutionLog substitutions) {
		this.binary = target == JsonTarget.BINARY;
		this.substitutions = substitutions;
	}

	void reset(int newLimit) {
		this.length = 0;
		this.limit = newLimit;
		if (this.buffer.length > MAX_KEPT_SIZE) {
			this.buffer = new byte[INITIAL_SIZE];
		}
	}

	int length() {
		return this.length;
	}

	byte at(int index) {
		return this.buffer[index];
	}

	byte[] toArray(int from) {
		return Arrays.copyOfRange(this.buffer, from, this.length);
	}

	void beginObject() {
		separate();
		put('{');
	}

	void endObject() {
		put('}');
	}

	void beginArray() {
		separate();
		put('[');
	}

	void endArray() {
		put(']');
	}

	/** After a key; the value follows. */
	void colon() {
		put(':');
	}

	/**
	 * Write a key that is known to need no escapes.
	 * @param ascii the key
	 */
	void key(String ascii) {
		separate();
		put('"');
		ascii(ascii);
		put('"');
		put(':');
	}

	/**
	 * Write a literal or a number.
	 * @param ascii its text
	 */
	void literal(String ascii) {
		separate();
		ascii(ascii);
	}

	/**
	 * Write a literal or a number.
	 * @param ascii the array that holds it
	 */
	void literal(byte[] ascii, int from, int to) {
		separate();
		copy(ascii, from, to);
	}

	/**
	 * Write a text of which the escapes are written already.
	 * @param utf8 the array that holds it
	 */
	void escapedText(byte[] utf8, int from, int to) {
		separate();
		put('"');
		copy(utf8, from, to);
		put('"');
	}

	void literal(char[] ascii, int from, int count) {
		separate();
		ensure(count);
		for (int i = 0; i < count; i++) {
			this.buffer[this.length++] = (byte) ascii[from + i];
		}
	}

	/**
	 * Write JSON that was written before.
	 * @param json a value, or whole members of an object
	 */
	void fragment(byte[] json) {
		separate();
		ensure(json.length);
		System.arraycopy(json, 0, this.buffer, this.length, json.length);
		this.length += json.length;
	}

	void number(double value) {
		if (Double.isFinite(value)) {
			literal(PythonNumbers.repr(value));
		}
		else {
			nonFiniteNumber();
		}
	}

	void nonFiniteNumber() {
		this.substitutions.add(SubstitutionKind.NON_FINITE_NUMBER);
		literal("null");
	}

	void base64(byte[] bytes) {
		separate();
		put('"');
		byte[] encoded = Base64.getUrlEncoder().encode(bytes);
		ensure(encoded.length);
		System.arraycopy(encoded, 0, this.buffer, this.length, encoded.length);
		this.length += encoded.length;
		put('"');
	}

	void text(String text) {
		separate();
		put('"');
		int from = plain(text);
		while (from < text.length()) {
			int to = Math.min(text.length(), from + CHUNK);
			if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
				to--;
			}
			text.getChars(from, to, this.chunk, 0);
			characters(this.chunk, 0, to - from);
			from = to;
		}
		put('"');
	}

	/**
	 * Write the beginning of a text, which is all of most names.
	 * @return how many characters
	 */
	private int plain(String text) {
		int count = Math.min(text.length(), CHUNK);
		ensure(count);
		byte[] out = this.buffer;
		int start = this.length;
		int index = 0;
		while (index < count) {
			char unit = text.charAt(index);
			if (unit >= 0x80 || ESCAPES[unit] != 0) {
				break;
			}
			out[start + index++] = (byte) unit;
		}
		this.length = start + index;
		return index;
	}

	void text(char[] text, int from, int count) {
		separate();
		put('"');
		int end = from + count;
		int start = from;
		while (start < end) {
			int stop = Math.min(end, start + CHUNK);
			if (stop < end && Character.isHighSurrogate(text[stop - 1])) {
				stop--;
			}
			characters(text, start, stop);
			start = stop;
		}
		put('"');
	}

	/**
	 * Write a text that is UTF-8 already, except that lone surrogates may be encoded too.
	 * @param utf8 the array that holds it
	 * @param from where it starts
	 * @param count how long it is
	 */
	void text(byte[] utf8, int from, int count) {
		separate();
		put('"');
		int end = from + count;
		int written = from;
		int index = from;
		while (index < end) {
			int unit = utf8[index];
			if (unit >= 0) {
				if (ESCAPES[unit] != 0) {
					copy(utf8, written, index);
					ensure(LONGEST_ESCAPE);
					escape(unit);
					written = index + 1;
				}
				index++;
				continue;
			}
			int size = Utf8.sequence(utf8, index, end);
			if (size > 0) {
				index += size;
				continue;
			}
			copy(utf8, written, index);
			index += surrogate(utf8, index, end);
			written = index;
		}
		copy(utf8, written, end);
		put('"');
	}

	private int surrogate(byte[] utf8, int index, int end) {
		char first = Utf8.surrogate(utf8, index);
		ensure(LONGEST_ESCAPE);
		if (Character.isHighSurrogate(first) && Utf8.isSurrogate(utf8, index + 3, end)) {
			char second = Utf8.surrogate(utf8, index + 3);
			if (Character.isLowSurrogate(second)) {
				this.length = Utf8.encode(Character.toCodePoint(first, second), this.buffer, this.length);
				return 6;
			}
		}
		loneSurrogate(first);
		return 3;
	}

	private void copy(byte[] source, int from, int to) {
		ensure(to - from);
		System.arraycopy(source, from, this.buffer, this.length, to - from);
		this.length += to - from;
	}

	private void characters(char[] text, int from, int to) {
		ensure(3 * (to - from));
		byte[] out = this.buffer;
		int end = this.length;
		for (int i = from; i < to; i++) {
			char unit = text[i];
			if (unit < 0x80) {
				if (ESCAPES[unit] == 0) {
					out[end++] = (byte) unit;
					continue;
				}
				this.length = end;
				ensure(LONGEST_ESCAPE + 3 * (to - i));
				escape(unit);
			}
			else if (!Character.isSurrogate(unit)) {
				end = Utf8.encode(unit, out, end);
				continue;
			}
			else if (Character.isHighSurrogate(unit) && i + 1 < to && Character.isLowSurrogate(text[i + 1])) {
				end = Utf8.encode(Character.toCodePoint(unit, text[++i]), out, end);
				continue;
			}
			else {
				this.length = end;
				ensure(LONGEST_ESCAPE + 3 * (to - i));
				loneSurrogate(unit);
			}
			out = this.buffer;
			end = this.length;
		}
		this.length = end;
	}

	private void escape(int unit) {
		if (unit == 0 && this.binary) {
			this.substitutions.add(SubstitutionKind.NUL_CHARACTER);
			this.length = Utf8.encode(Utf8.REPLACEMENT, this.buffer, this.length);
			return;
		}
		byte letter = ESCAPES[unit];
		if (letter == 'u') {
			numericEscape(unit);
		}
		else {
			this.buffer[this.length++] = '\\';
			this.buffer[this.length++] = letter;
		}
	}

	private void loneSurrogate(char unit) {
		if (this.binary) {
			this.substitutions.add(SubstitutionKind.LONE_SURROGATE);
			this.length = Utf8.encode(Utf8.REPLACEMENT, this.buffer, this.length);
		}
		else {
			numericEscape(unit);
		}
	}

	private void numericEscape(int unit) {
		this.buffer[this.length++] = '\\';
		this.buffer[this.length++] = 'u';
		for (int shift = 12; shift >= 0; shift -= 4) {
			this.buffer[this.length++] = HEX[unit >> shift & 0xF];
		}
	}

	/** No value ends in one of these, so the last byte tells whether a comma is due. */
	private void separate() {
		if (this.length > 0) {
			byte last = this.buffer[this.length - 1];
			if (last != '{' && last != '[' && last != ':') {
				put(',');
			}
		}
	}

	@SuppressWarnings("deprecation")
	private void ascii(String ascii) {
		int count = ascii.length();
		ensure(count);
		ascii.getBytes(0, count, this.buffer, this.length);
		this.length += count;
	}

	private void put(char ascii) {
		ensure(1);
		this.buffer[this.length++] = (byte) ascii;
	}

	private void ensure(int count) {
		int needed = this.length + count;
		if (needed <= this.buffer.length) {
			return;
		}
		if (needed > this.limit || needed < 0) {
			throw new UnconvertibleEventException(UnconvertibleReason.LIMIT_EXCEEDED,
					"The JSON of the event would have more than " + this.limit + " bytes.");
		}
		this.buffer = Arrays.copyOf(this.buffer, (int) Math.min(this.limit, Math.max(needed, this.buffer.length * 2L)));
	}

}
