package io.github.adkmigration.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The jar that users start, in a process of its own.
 */
final class AdkMigrateJar {

	private static final long PATIENCE_SECONDS = 120;

	private AdkMigrateJar() {
	}

	static Invocation run(String... arguments) throws IOException, InterruptedException {
		return run(Map.of(), arguments);
	}

	static Invocation run(Map<String, String> environment, String... arguments)
			throws IOException, InterruptedException {
		return run(Path.of(System.getProperty("adk.test.jar")), environment, arguments);
	}

	static Invocation run(Path jar, Map<String, String> environment, String... arguments)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-jar", jar.toString()));
		command.addAll(List.of(arguments));
		Path out = Files.createTempFile("adk-migrate", ".out");
		Path err = Files.createTempFile("adk-migrate", ".err");
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile())
				.redirectError(err.toFile());
			builder.environment().keySet().removeIf((name) -> name.endsWith("DATABASE_URL") || name.startsWith("ADK_"));
			builder.environment().putAll(environment);
			Process process = builder.start();
			if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new IllegalStateException("The command did not end: " + String.join(" ", arguments));
			}
			return new Invocation(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
					Files.readString(err, StandardCharsets.UTF_8));
		}
		finally {
			Files.delete(out);
			Files.delete(err);
		}
	}

}
