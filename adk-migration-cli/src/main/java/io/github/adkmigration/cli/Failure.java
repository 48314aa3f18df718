package io.github.adkmigration.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong: the fact, what to do next, and the exit code.
 *
 * @param code the kind of failure
 * @param description the fact, one sentence with the offending value
 * @param action what to do next, one sentence
 * @param trace the stack trace
 */
record Failure(MigrationErrorCode code, String description, String action, String trace) {

	static Failure of(RuntimeException ex) {
		StringWriter trace = new StringWriter();
		ex.printStackTrace(new PrintWriter(trace, true));
		return ex instanceof MigrationException failure
				? new Failure(failure.code(), OptionWording.of(failure.description()),
						OptionWording.of(failure.action()), trace.toString())
				: new Failure(MigrationErrorCode.FAILED,
						"The command met something that it was not made for (" + ex.getClass().getSimpleName() + ").",
						"Repeat it with --verbose and report the stack trace.", trace.toString());
	}

	int exitCode() {
		return this.code.exitCode();
	}

	String text() {
		return "adk-migrate: " + this.description + System.lineSeparator() + "  Next: " + this.action;
	}

	Map<String, @Nullable Object> document(String verb) {
		Map<String, @Nullable Object> error = new LinkedHashMap<>();
		error.put("code", this.code.name());
		error.put("description", this.description);
		error.put("action", this.action);
		Map<String, @Nullable Object> document = new LinkedHashMap<>();
		document.put("verb", verb);
		document.put("exitCode", exitCode());
		document.put("error", error);
		return document;
	}

}
