package io.github.adkmigration.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;

/**
 * Gives a first start an old database to migrate. Runs before any bean exists, so also
 * before anything opens the database. Databases that exist, and servers, are left alone.
 */
class ExampleDatabase implements BeanFactoryPostProcessor {

	private static final Logger logger = LoggerFactory.getLogger(ExampleDatabase.class);

	private static final String SQLITE = "jdbc:sqlite:";

	private static final ClassPathResource EXAMPLE = new ClassPathResource("example/adk-python-1.15-sample.db.gz");

	private final Environment environment;

	ExampleDatabase(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			// The build asks which beans there are; nothing is started.
			return;
		}
		Path file = Path.of(this.environment.getRequiredProperty("sample.database"));
		if (this.environment.getRequiredProperty("spring.datasource.url").equals(SQLITE + file)
				&& Files.notExists(file)) {
			copyTo(file.toAbsolutePath());
			logger.info("Copied the example, which adk-python 1.15.0 wrote in October 2025, to {}", file);
		}
	}

	private static void copyTo(Path file) {
		// A start that is killed here must not leave half a database behind.
		Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
		try {
			Files.createDirectories(file.getParent());
			try (InputStream example = new GZIPInputStream(EXAMPLE.getInputStream())) {
				Files.copy(example, unfinished, StandardCopyOption.REPLACE_EXISTING);
			}
			Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"Could not create the database " + file + ". Name another file with --sample.database=FILE.", ex);
		}
	}

}
