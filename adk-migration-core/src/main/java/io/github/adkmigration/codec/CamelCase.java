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

}
