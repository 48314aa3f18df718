package io.github.adkmigration.cli;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Says in the words of the command line what the core says in those of its properties.
 */
final class OptionWording {

	private static final Pattern PROPERTY = Pattern
		.compile("adk\\.migration\\.([a-z]+(?:[-.][a-z]+)*)(?:=([A-Za-z0-9/_+-]+))?");

	private static final Pattern SHORTENED = Pattern.compile("(?<=[ ,])\\.(table-prefix|tables\\.\\*)");

	private static final Map<String, String> NAMES = Map.of("user", "--user", "url", "--db-url", "password",
			"--password-env", "lock.type", "--lock-type");

	private OptionWording() {
	}

	static String of(String text) {
		Matcher matcher = PROPERTY.matcher(text);
		StringBuilder worded = new StringBuilder();
		while (matcher.find()) {
			matcher.appendReplacement(worded, Matcher.quoteReplacement(option(matcher.group(1), matcher.group(2))));
		}
		matcher.appendTail(worded);
		return SHORTENED.matcher(worded)
			.replaceAll((found) -> found.group(1).equals("tables.*") ? "--table-sessions and its like"
					: "--" + found.group(1));
	}

	private static String option(String property, @Nullable String value) {
		if (property.equals("sqlite-backup")) {
			return "--no-sqlite-backup";
		}
		String name = NAMES.getOrDefault(property,
				"--" + property.replaceFirst("^legacy\\.", "").replaceFirst("^tables\\.", "table-"));
		return value == null || value.equals("true") ? name : name + " " + value;
	}

}
