package io.github.adkmigration.test.migration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes a JVM with the class path of the tests, to be started by whoever owns it.
 */
final class ChildJvm {

	private ChildJvm() {
	}

	static ProcessBuilder of(Class<?> main, String... arguments) {
		return of(System.getProperty("java.class.path"), main, arguments);
	}

	/**
	 * Describe a JVM with another class path.
	 */
	static ProcessBuilder of(String classPath, Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-cp", classPath,
						main.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command);
	}

}
