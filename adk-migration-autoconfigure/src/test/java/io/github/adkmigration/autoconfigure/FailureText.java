package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What a failed start prints, and what it is to print.
 */
final class FailureText {

	/** Stands in the place of every password. */
	static final String SECRET = "s3cr3t-9d1f";

	private FailureText() {
	}

	/**
	 * Start an application that fails on a database.
	 */
	static String of(CapturedOutput output, TestDatabase database, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("spring.datasource.url=" + database.jdbcUrl());
		all.add("spring.datasource.password=" + SECRET);
		return start(output, List.of(), all);
	}

	/**
	 * Start an application that fails.
	 */
	static String of(CapturedOutput output, String... properties) {
		return start(output, List.of(), List.of(properties));
	}

	/**
	 * Start an application with a bean of its own that fails.
	 */
	static String with(Class<?> configuration, CapturedOutput output, String... properties) {
		return start(output, List.of(configuration), List.of(properties));
	}

	private static String start(CapturedOutput output, List<Class<?>> configuration, List<String> properties) {
		List<Class<?>> sources = new ArrayList<>(configuration);
		sources.add(Application.class);
		Throwable failure = catchThrowable(
				() -> new SpringApplicationBuilder(sources.toArray(Class<?>[]::new)).web(WebApplicationType.NONE)
					.properties("spring.liquibase.enabled=false", "spring.flyway.enabled=false",
							"logging.level.io.github.adkmigration=debug", "spring.main.banner-mode=off")
					.properties(properties.toArray(String[]::new))
					.run());
		assertThat(failure).isNotNull();
		assertThat(output.getAll()).doesNotContain(SECRET).contains("APPLICATION FAILED TO START");
		String text = output.getAll();
		return text.substring(text.lastIndexOf("APPLICATION FAILED TO START"))
			.lines()
			.skip(2)
			.reduce("", (all, line) -> all + line.stripTrailing() + "\n")
			.strip() + "\n";
	}

	/**
	 * Read what is to be printed.
	 */
	static String golden(String name) {
		try (InputStream in = FailureText.class.getResourceAsStream("/failure-texts/" + name + ".txt")) {
			return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
