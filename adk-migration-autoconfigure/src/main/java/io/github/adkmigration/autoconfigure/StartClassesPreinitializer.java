package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/**
 * Reads the classes that each start needs while Spring Boot reads the configuration of
 * the application. They are not initialised, which is for the thread that uses them.
 */
class StartClassesPreinitializer implements BackgroundPreinitializer {

	static final String LIST = "start-classes.txt";

	@Override
	public void preinitialize() throws IOException {
		ClassLoader loader = getClass().getClassLoader();
		for (String name : names()) {
			try {
				Class.forName(name, false, loader);
			}
			catch (ClassNotFoundException | LinkageError ex) {
				// Without google-adk, say, what is made of its types is not there either.
			}
		}
	}

	static List<String> names() throws IOException {
		try (InputStream list = StartClassesPreinitializer.class.getResourceAsStream(LIST)) {
			return (list != null) ? new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList()
					: List.of();
		}
	}

}
