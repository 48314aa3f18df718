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
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-cp",
						System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command);
	}

}
