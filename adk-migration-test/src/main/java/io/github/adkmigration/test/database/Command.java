package io.github.adkmigration.test.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that runs to its end.
 */
final class Command {

	private Command() {
	}

	/**
	 * Run a program and return what it printed.
	 * @throws IOException if it is missing or ends with another code than 0; the message
	 * holds its output
	 */
	static String run(Path directory, List<String> prefix, String... arguments) throws IOException {
		List<String> line = new ArrayList<>(prefix);
		line.addAll(List.of(arguments));
		Path output = Files.createTempFile("adk-command-", ".log");
		try {
			Process process = new ProcessBuilder(line).directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
				.redirectOutput(output.toFile())
				.start();
			int code = process.waitFor();
			String text = Files.readString(output);
			if (code != 0) {
				throw new IOException(line.get(0) + " ended with code " + code + ": " + text.strip());
			}
			return text;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while " + line.get(0) + " ran.", ex);
		}
		finally {
			Files.deleteIfExists(output);
		}
	}

}
