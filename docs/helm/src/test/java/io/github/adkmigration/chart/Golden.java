package io.github.adkmigration.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file that says what a result was when somebody looked at it last. With
 * {@code -Dadk.test.golden=write} the result becomes the file.
 */
final class Golden {

	private static final boolean WRITE = "write".equals(System.getProperty("adk.test.golden"));

	private Golden() {
	}

	static void check(Path file, String result) throws IOException {
		if (WRITE) {
			Files.createDirectories(file.toAbsolutePath().getParent());
			Files.writeString(file, result);
		}
		assertThat(result).as("Look at the difference; -Dadk.test.golden=write makes this result the new %s", file)
			.isEqualTo(Files.exists(file) ? Files.readString(file) : "");
	}

}
