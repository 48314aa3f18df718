package io.github.adkmigration.cli;

import java.util.Locale;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that may come from an option or from the environment.
 */
final class Settings {

	private Settings() {
	}

	static MigrationException invalid(String description, String action) {
		return new MigrationException(MigrationErrorCode.INVALID_SETTING, description, action);
	}

	static MigrationException invalid(String option, String value, String allowed) {
		return invalid("The option " + option + " has the value '" + value + "'.", "Set it to " + allowed + ".");
	}

	static int number(String option, @Nullable String value, int otherwise) {
		long number = longNumber(option, value, otherwise);
		if (number != (int) number) {
			throw invalid(option, String.valueOf(value), "a whole number");
		}
		return (int) number;
	}

	static long longNumber(String option, @Nullable String value, long otherwise) {
		if (value == null) {
			return otherwise;
		}
		try {
			return Long.parseLong(value.strip());
		}
		catch (NumberFormatException ex) {
			throw invalid(option, value, "a whole number");
		}
	}

	static boolean flag(String option, @Nullable String value, boolean otherwise) {
		if (value == null) {
			return otherwise;
		}
		return switch (value.strip()) {
			case "true" -> true;
			case "false" -> false;
			default -> throw invalid(option, value, "true or false");
		};
	}

	static <E extends Enum<E>> E word(String option, @Nullable String value, Class<E> type, E otherwise) {
		if (value == null) {
			return otherwise;
		}
		StringBuilder allowed = new StringBuilder();
		for (E constant : type.getEnumConstants()) {
			if (constant.name().equalsIgnoreCase(value.strip())) {
				return constant;
			}
			allowed.append(allowed.isEmpty() ? "" : ", ").append(constant.name().toLowerCase(Locale.ROOT));
		}
		throw invalid(option, value, "one of " + allowed);
	}

}
