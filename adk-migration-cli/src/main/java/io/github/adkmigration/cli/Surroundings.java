package io.github.adkmigration.cli;

import java.io.PrintStream;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a process is given besides its arguments.
 *
 * @param variables environment variables
 * @param out where results go
 * @param err where everything else goes
 * @param secrets what must not be read in either
 */
record Surroundings(Map<String, String> variables, PrintStream out, PrintStream err, Secrets secrets) {

	/**
	 * Return a variable; one that is set but empty counts as not set.
	 */
	@Nullable String variable(String name) {
		String value = this.variables.get(name);
		return value == null || value.isBlank() ? null : value;
	}

	/**
	 * Return what was given as an option, else what a variable says.
	 */
	@Nullable String optionOr(@Nullable String option, String variable) {
		return option == null ? variable(variable) : option;
	}

}
