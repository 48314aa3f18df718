package io.github.adkmigration.codec;

/**
 * Base64 in the alphabet of the newest release.
 */
final class Base64Text {

	private static final int GROUP = 4;

	private Base64Text() {
	}

	/**
	 * Return whether readers can decode a text: it has one alphabet, standard or
	 * URL-safe, and padding or none. Bits that no byte has are zero.
	 */
	static boolean isBase64(String text) {
		int end = text.length();
		while (end > 0 && text.charAt(end - 1) == '=') {
			end--;
		}
		boolean standard = false;
		boolean urlSafe = false;
		for (int i = 0; i < end; i++) {
			char letter = text.charAt(i);
			standard |= letter == '+' || letter == '/';
			urlSafe |= letter == '-' || letter == '_';
			if (value(letter) < 0) {
				return false;
			}
		}
		int padding = text.length() - end;
		boolean whole = switch (end % GROUP) {
			case 0 -> padding == 0;
			case 2 -> padding <= 2 && (value(text.charAt(end - 1)) & 0xf) == 0;
			case 3 -> padding <= 1 && (value(text.charAt(end - 1)) & 0x3) == 0;
			default -> false;
		};
		return whole && !(standard && urlSafe);
	}

	/**
	 * Rewrite base64 as URL-safe base64 with padding.
	 * @param base64 base64 of either kind
	 * @return the same bytes, URL-safe
	 */
	static String urlSafe(String base64) {
		int end = base64.indexOf('=');
		String letters = (end < 0) ? base64 : base64.substring(0, end);
		String alphabet = letters.replace('+', '-').replace('/', '_');
		return switch (alphabet.length() % GROUP) {
			case 2 -> alphabet + "==";
			case 3 -> alphabet + "=";
			default -> alphabet;
		};
	}

	private static int value(char letter) {
		if (letter >= 'A' && letter <= 'Z') {
			return letter - 'A';
		}
		if (letter >= 'a' && letter <= 'z') {
			return letter - 'a' + 26;
		}
		if (letter >= '0' && letter <= '9') {
			return letter - '0' + 52;
		}
		return switch (letter) {
			case '+', '-' -> 62;
			case '/', '_' -> 63;
			default -> -1;
		};
	}

}
