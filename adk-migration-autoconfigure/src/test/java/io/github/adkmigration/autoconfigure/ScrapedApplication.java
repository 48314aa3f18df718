package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A whole application with a web server, and Prometheus that reads its meters from it.
 */
final class ScrapedApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private ScrapedApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static ScrapedApplication start(TestDatabase database, String... properties) {
		return new ScrapedApplication(new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.properties("spring.datasource.url=" + database.jdbcUrl(),
					"spring.datasource.username=" + database.username(),
					"spring.datasource.password=" + database.password(), "spring.liquibase.enabled=false",
					"spring.flyway.enabled=false", "spring.main.banner-mode=off", "server.port=0",
					"management.endpoints.web.exposure.include=prometheus", "adk.migration.status-max-age=0")
			.properties(properties)
			.run());
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	Scrape scrape() {
		return Scrape.of(text());
	}

	String text() {
		URI uri = URI.create("http://localhost:"
				+ this.context.getEnvironment().getRequiredProperty("local.server.port") + "/actuator/prometheus");
		try {
			HttpResponse<String> response = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				throw new AssertionError("The endpoint answers " + response.statusCode());
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
