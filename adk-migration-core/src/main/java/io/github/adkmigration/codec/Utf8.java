package io.github.adkmigration.codec;

/**
 * UTF-8 as Python's pickles hold it: surrogates may be encoded like other characters.
 */
final class Utf8 {

	/** What stands for a character that cannot be stored. */
	static final int REPLACEMENT = 0xFFFD;

	private Utf8() {
	}

	/**
	 * Check the bytes of one character outside ASCII.
	 * @param source the text
	 * @param index where the character starts
	 * @param end where the text ends
	 * @return its number of bytes, or 0 if it is a surrogate
	 * @throws UnconvertibleEventException if it is not UTF-8
	 */
	static int sequence(byte[] source, int index, int end) {
		int size = size(source, index, end);
		if (size < 0) {
			throw new UnconvertibleEventException(UnconvertibleReason.BROKEN_PICKLE,
					"A text of the pickle is not UTF-8.");
		}
		return size;
	}

	/**
	 * Check the bytes of one character outside ASCII.
	 * @return its number of bytes, 0 if it is a surrogate, less if it is not UTF-8
	 */
	static int size(byte[] source, int index, int end) {
		int lead = source[index] & 0xFF;
		int size = (lead < 0xE0) ? 2 : (lead < 0xF0) ? 3 : 4;
		if (lead < 0xC2 || lead > 0xF4 || index + size > end) {
			return -1;
		}
		int second = source[index + 1] & 0xFF;
		int lowest = (lead == 0xE0) ? 0xA0 : (lead == 0xF0) ? 0x90 : 0x80;
		int highest = (lead == 0xF4) ? 0x8F : 0xBF;
		if (second < lowest || second > highest) {
			return -1;
		}
		for (int i = 2; i < size; i++) {
			if ((source[index + i] & 0xC0) != 0x80) {
				return -1;
			}
		}
		return (lead == 0xED && second >= 0xA0) ? 0 : size;
	}

	static boolean isSurrogate(byte[] source, int index, int end) {
		return index + 3 <= end && (source[index] & 0xFF) == 0xED && (source[index + 1] & 0xE0) == 0xA0
				&& (source[index + 2] & 0xC0) == 0x80;
	}

	static char surrogate(byte[] source, int index) {
		return (char) (0xD000 | (source[index + 1] & 0x3F) << 6 | source[index + 2] & 0x3F);
	}

	static int encode(int codePoint, byte[] target, int index) {
		int next = index;
		if (codePoint < 0x800) {
			target[next++] = (byte) (0xC0 | codePoint >> 6);
		}
		else {
			if (codePoint < 0x10000) {
				target[next++] = (byte) (0xE0 | codePoint >> 12);
			}
			else {
				target[next++] = (byte) (0xF0 | codePoint >> 18);
				target[next++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
			}
			target[next++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
		}
		target[next++] = (byte) (0x80 | codePoint & 0x3F);
		return next;
	}

}
