package io.github.adkmigration.codec;

/**
 * Base64 in the alphabet of the newest release.
 */
final class Base64Text {

	private Base64Text() {
	}

	/**
	 * Rewrite standard base64 as URL-safe base64 with padding. What is no base64 stays as
	 * it is.
	 * @param text base64 of either kind
	 * @return the same bytes, URL-safe
	 */
	static String urlSafe(String text) {
		boolean standard = false;
		int length = text.length();
		for (int i = 0; i < length; i++) {
			char letter = text.charAt(i);
			standard |= letter == '+' || letter == '/';
			if (!isBase64(letter, i, length)) {
				return text;
			}
		}
		String alphabet = standard ? text.replace('+', '-').replace('/', '_') : text;
		return switch (length % 4) {
			case 2 -> alphabet + "==";
			case 3 -> alphabet + "=";
			default -> alphabet;
		};
	}

	private static boolean isBase64(char letter, int index, int length) {
		return letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z' || letter >= '0' && letter <= '9'
				|| letter == '+' || letter == '/' || letter == '-' || letter == '_'
				|| letter == '=' && index >= length - 2 && length % 4 == 0;
	}

}
