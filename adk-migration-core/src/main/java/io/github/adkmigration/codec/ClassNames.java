package io.github.adkmigration.codec;

/**
 * Names of classes come from the rows and end in reports.
 */
final class ClassNames {

	private static final int MAX_LENGTH = 200;

	private ClassNames() {
	}

	static String printable(String name) {
		String bounded = (name.length() > MAX_LENGTH) ? name.substring(0, MAX_LENGTH) : name;
		return bounded.replaceAll("[^\\p{Alnum}_.<>-]", "?");
	}

}
