package io.github.adkmigration.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A command that was run in this JVM.
 *
 * @param exitCode what the process would end with
 * @param out standard output
 * @param err standard error
 */
record Invocation(int exitCode, String out, String err) {

	static Invocation of(Map<String, String> environment, String... arguments) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		Secrets secrets = new Secrets();
		int exitCode = AdkMigrate.execute(new Surroundings(environment, MaskedOutput.over(out, secrets),
				MaskedOutput.over(err, secrets), secrets), arguments);
		return new Invocation(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

}
