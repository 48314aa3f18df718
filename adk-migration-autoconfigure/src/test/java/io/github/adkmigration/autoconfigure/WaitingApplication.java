package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import com.google.adk.sessions.BaseSessionService;
import io.github.adkmigration.test.database.TestDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * A real application with a server and probes that waits for somebody to migrate.
 */
final class WaitingApplication implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 60;

	private final ConfigurableApplicationContext context;

	private WaitingApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start it.
	 * @param database its database
	 * @param properties what differs from waiting and looking ten times in a second
	 * @return the started application
	 */
	static WaitingApplication start(TestDatabase database, String... properties) {
		return new WaitingApplication(new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.run(arguments(database, properties)));
	}

	static String[] arguments(TestDatabase database, String... properties) {
		Map<String, String> arguments = new LinkedHashMap<>();
		Stream
			.concat(Stream.of("spring.datasource.url=" + database.jdbcUrl(),
					"spring.datasource.username=" + database.username(),
					"spring.datasource.password=" + database.password(), "spring.datasource.hikari.maximum-pool-size=2",
					"spring.datasource.hikari.connection-timeout=1000", "server.port=0", "spring.main.banner-mode=off",
					"spring.liquibase.enabled=false", "spring.flyway.enabled=false",
					"management.endpoint.health.show-details=always", "adk.migration.on-pending=wait",
					"adk.migration.poll-interval=100ms"), Stream.of(properties))
			.map((property) -> property.split("=", 2))
			.forEach((pair) -> arguments.put(pair[0], pair[1]));
		return arguments.entrySet()
			.stream()
			.map((argument) -> "--" + argument.getKey() + "=" + argument.getValue())
			.toArray(String[]::new);
	}

	BaseSessionService sessions() {
		return this.context.getBean(BaseSessionService.class);
	}

	Readings readings() {
		return this.context.getBean(Readings.class);
	}

	/**
	 * Return the status of a health group.
	 * @param group for example {@code readiness}
	 * @return an HTTP status
	 */
	int status(String group) {
		return ask("/actuator/health/" + group, HttpURLConnection::getResponseCode);
	}

	JsonNode health() {
		return ask("/actuator/health", (connection) -> {
			boolean ok = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
			try (InputStream body = ok ? connection.getInputStream() : connection.getErrorStream()) {
				return JsonMapper.shared().readTree(body).path("components").path("adkMigration");
			}
		});
	}

	/**
	 * Ask on a connection of its own, as a probe does.
	 */
	private <T> T ask(String path, Answer<T> answer) {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		try {
			HttpURLConnection connection = (HttpURLConnection) URI.create("http://localhost:" + port + path)
				.toURL()
				.openConnection();
			connection.setRequestProperty("Connection", "close");
			connection.setReadTimeout(PATIENCE_SECONDS * 1000);
			return answer.read(connection);
		}
		catch (IOException ex) {
			throw new IllegalStateException("No answer from " + path, ex);
		}
	}

	/**
	 * Return whether the thread of a waiting application exists.
	 */
	static boolean hasThread() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().equals("adk-migration-wait"));
	}

	/**
	 * Wait for something.
	 * @param condition what
	 * @return whether it came
	 */
	static boolean comes(BooleanSupplier condition) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > end) {
				return false;
			}
			try {
				Thread.sleep(20);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return true;
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * What changes of the readiness were told, and what an application would have
	 * answered at each of these moments.
	 */
	static final class Readings {

		private final ApplicationAvailability availability;

		private final List<ReadinessState> told = new CopyOnWriteArrayList<>();

		private final List<ReadinessState> read = new CopyOnWriteArrayList<>();

		Readings(ApplicationAvailability availability) {
			this.availability = availability;
		}

		@EventListener
		@Order(Ordered.HIGHEST_PRECEDENCE)
		void first(AvailabilityChangeEvent<ReadinessState> event) {
			this.read.add(this.availability.getReadinessState());
		}

		@EventListener
		@Order(Ordered.LOWEST_PRECEDENCE)
		void last(AvailabilityChangeEvent<ReadinessState> event) {
			this.told.add(event.getState());
			this.read.add(this.availability.getReadinessState());
			this.read.add(this.availability.getState(ReadinessState.class, ReadinessState.ACCEPTING_TRAFFIC));
		}

		List<ReadinessState> told() {
			return this.told;
		}

		List<ReadinessState> read() {
			return this.read;
		}

	}

	/** Reads what a request was answered. */
	private interface Answer<T> {

		T read(HttpURLConnection connection) throws IOException;

	}

	/** Started in a JVM of its own, too. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		public static void main(String[] arguments) {
			ConfigurableApplicationContext context = SpringApplication.run(Application.class, arguments);
			if (context.getEnvironment().getProperty("test.close-when-ready", Boolean.class, false)) {
				context.close();
			}
		}

		@Bean
		Readings readings(ApplicationAvailability availability) {
			return new Readings(availability);
		}

	}

}
