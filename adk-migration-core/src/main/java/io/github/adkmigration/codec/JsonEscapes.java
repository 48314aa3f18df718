package io.github.adkmigration.codec;

import java.nio.charset.StandardCharsets;

/**
 * The escapes in JSON texts.
 */
final class JsonEscapes {

	private JsonEscapes() {
	}

	/**
	 * Return how long an escape is without its backslash, 0 if it is none.
	 */
	static int length(byte[] source, int index) {
		if (index >= source.length) {
			return 0;
		}
		return switch (source[index]) {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 1;
			case 'u' -> {
				for (int i = index + 1; i <= index + 4; i++) {
					if (i >= source.length || Character.digit(source[i], 16) < 0) {
						yield 0;
					}
				}
				yield 5;
			}
			default -> 0;
		};
	}

	/**
	 * Return a text without its escapes, which are known to be right.
	 */
	static String removed(byte[] source, int from, int to) {
		String escaped = new String(source, from, to - from, StandardCharsets.UTF_8);
		int backslash = escaped.indexOf('\\');
		if (backslash < 0) {
			return escaped;
		}
		StringBuilder text = new StringBuilder(escaped.length());
		int copied = 0;
		while (backslash >= 0) {
			text.append(escaped, copied, backslash);
			char letter = escaped.charAt(backslash + 1);
			copied = backslash + 2;
			switch (letter) {
				case 'b' -> text.append('\b');
				case 'f' -> text.append('\f');
				case 'n' -> text.append('\n');
				case 'r' -> text.append('\r');
				case 't' -> text.append('\t');
				case 'u' -> {
					text.append((char) Integer.parseInt(escaped, copied, copied + 4, 16));
					copied += 4;
				}
				default -> text.append(letter);
			}
			backslash = escaped.indexOf('\\', copied);
		}
		return text.append(escaped, copied, escaped.length()).toString();
	}

}
