package io.github.adkmigration.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads durations as people write them: {@code 90}, {@code 90s}, {@code 5m},
 * {@code 500ms} or {@code PT5M}.
 */
final class Durations {

	private static final Pattern SIMPLE = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)?");

	private Durations() {
	}

	static Duration parse(String option, @Nullable String value, Duration otherwise) {
		if (value == null) {
			return otherwise;
		}
		Matcher simple = SIMPLE.matcher(value.strip().toLowerCase(Locale.ROOT));
		if (simple.matches()) {
			long number = Long.parseLong(simple.group(1));
			return switch (simple.group(2) == null ? "s" : simple.group(2)) {
				case "ms" -> Duration.ofMillis(number);
				case "m" -> Duration.ofMinutes(number);
				case "h" -> Duration.ofHours(number);
				case "d" -> Duration.ofDays(number);
				default -> Duration.ofSeconds(number);
			};
		}
		try {
			return Duration.parse(value.strip());
		}
		catch (DateTimeParseException ex) {
			throw Settings.invalid(option, value, "a duration such as 30s, 5m or 1h");
		}
	}

}
