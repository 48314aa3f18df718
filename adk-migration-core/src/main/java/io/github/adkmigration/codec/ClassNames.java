package io.github.adkmigration.codec;

import java.util.regex.Pattern;

/**
 * Names of classes come from the rows and end in reports.
 */
final class ClassNames {

	private static final int MAX_LENGTH = 200;

	private static final Pattern UNPRINTABLE = Pattern.compile("[^\\p{Alnum}_.<>-]");

	private ClassNames() {
	}

	static String printable(String name) {
		String bounded = (name.length() > MAX_LENGTH) ? name.substring(0, MAX_LENGTH) : name;
		return UNPRINTABLE.matcher(bounded).replaceAll("?");
	}

}
