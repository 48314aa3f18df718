package io.github.adkmigration.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A fresh JVM of the same Java.
 */
final class JavaProcess {

	private JavaProcess() {
	}

	/**
	 * Run a class to its end.
	 * @return the lines of its standard output
	 */
	static List<String> run(List<String> options, String classPath, String mainClass, String... arguments)
			throws IOException, InterruptedException {
		Process process = start(options, classPath, mainClass, arguments);
		List<String> lines;
		try (BufferedReader output = process.inputReader()) {
			lines = output.lines().toList();
		}
		if (process.waitFor() != 0) {
			throw new IllegalStateException(mainClass + " ended with " + process.exitValue());
		}
		return lines;
	}

	static Process start(List<String> options, String classPath, String mainClass, String... arguments)
			throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", classPath, mainClass));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

}
