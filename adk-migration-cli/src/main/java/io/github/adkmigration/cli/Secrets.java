package io.github.adkmigration.cli;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything that must never be read in an output: the passwords that this process was
 * given, and whatever stands where a URL has its credentials.
 */
final class Secrets {

	private static final String MASK = "***";

	/** Shorter ones would be found in ordinary words, so they are masked as words. */
	private static final int SHORT = 4;

	private static final Pattern USER_INFO = Pattern.compile("://[^\\s\"'<>]*@");

	/** Only within a URL: help and completion speak of options that end alike. */
	private static final Pattern PARAMETER = Pattern
		.compile("(?i)(?<=[?&;])([a-z_.-]*(?:password|passwd|secret|token)[a-z_.-]*=)[^&;\\s,\"']+");

	/** The longest first: one may be part of another. */
	private final Set<String> known = new ConcurrentSkipListSet<>((one, other) -> one.length() != other.length()
			? Integer.compare(other.length(), one.length()) : one.compareTo(other));

	/**
	 * Remember a secret.
	 */
	void add(String secret) {
		if (!secret.isBlank()) {
			this.known.add(secret);
		}
	}

	/**
	 * Return a text without secrets.
	 */
	String mask(String text) {
		String masked = text;
		for (String secret : this.known) {
			masked = secret.length() < SHORT
					? masked.replaceAll("(?<!\\w)" + Pattern.quote(secret) + "(?!\\w)", Matcher.quoteReplacement(MASK))
					: masked.replace(secret, MASK);
		}
		masked = USER_INFO.matcher(masked).replaceAll("://" + Matcher.quoteReplacement(MASK) + "@");
		return PARAMETER.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK));
	}

}
