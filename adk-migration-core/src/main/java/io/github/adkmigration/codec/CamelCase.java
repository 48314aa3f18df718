package io.github.adkmigration.codec;

/**
 * The JSON names that pydantic derives from the names of fields.
 */
final class CamelCase {

	private CamelCase() {
	}

	static String of(String snakeCase) {
		StringBuilder camel = new StringBuilder(snakeCase.length());
		boolean upper = false;
		for (int i = 0; i < snakeCase.length(); i++) {
			char letter = snakeCase.charAt(i);
			if (letter == '_') {
				upper = true;
			}
			else {
				camel.append(upper ? Character.toUpperCase(letter) : letter);
				upper = false;
			}
		}
		return camel.toString();
	}

	/**
	 * Return the name of the field that a name in camelCase stands for.
	 */
	static String toSnakeCase(String camelCase) {
		int first = 0;
		while (first < camelCase.length() && !isUpper(camelCase.charAt(first))) {
			first++;
		}
		if (first == camelCase.length()) {
			return camelCase;
		}
		StringBuilder snake = new StringBuilder(camelCase.length() + 4).append(camelCase, 0, first);
		for (int i = first; i < camelCase.length(); i++) {
			char letter = camelCase.charAt(i);
			if (isUpper(letter)) {
				snake.append('_').append((char) (letter - 'A' + 'a'));
			}
			else {
				snake.append(letter);
			}
		}
		return snake.toString();
	}

	private static boolean isUpper(char letter) {
		return letter >= 'A' && letter <= 'Z';
	}

}
