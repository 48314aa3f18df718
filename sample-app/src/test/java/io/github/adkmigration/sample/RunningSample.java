package io.github.adkmigration.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.test.LeakScan;
import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample on a free port, used over HTTP.
 */
final class RunningSample implements AutoCloseable {

	private final HttpClient client = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private RunningSample(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--server.port=0");
		// The machine that runs the tests may have a key.
		all.add("--sample.gemini-api-key=");
		this.context = SpringApplication.run(SampleApplication.class, all.toArray(String[]::new));
	}

	/**
	 * Start with a SQLite file, as without any property.
	 * @param file which need not exist
	 * @param arguments more of the command line
	 * @return the application
	 */
	static RunningSample onFile(Path file, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--sample.database=" + file);
		return new RunningSample(all.toArray(String[]::new));
	}

	/**
	 * Start with a SQLite file, and wait for somebody else to migrate it.
	 * @param file which need not exist
	 * @return the application
	 */
	static RunningSample waitingOnFile(Path file) {
		return new RunningSample("--sample.database=" + file, "--adk.auto-migrate-db=false",
				"--adk.migration.on-pending=wait", "--adk.migration.poll-interval=100ms");
	}

	/**
	 * Start with the three properties that a server needs.
	 * @param database the server's
	 * @return the application
	 */
	static RunningSample on(TestDatabase database) {
		return new RunningSample("--spring.datasource.url=" + database.jdbcUrl(),
				"--spring.datasource.username=" + database.username(),
				"--spring.datasource.password=" + database.password());
	}

	JsonNode get(String path) {
		return JsonMapper.shared().readTree(send(path, null).body());
	}

	JsonNode say(String session, String text) {
		String json = JsonMapper.shared().createObjectNode().put("text", text).toString();
		return JsonMapper.shared().readTree(send("/sessions/" + session + "/messages", json).body());
	}

	/**
	 * Send a request.
	 * @param path path on this application
	 * @param json body of a POST, or {@code null} for a GET
	 * @return the response, whatever its status
	 */
	HttpResponse<String> send(String path, @Nullable String json) {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
		if (json != null) {
			request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
		}
		try {
			HttpResponse<String> response = this.client.send(request.build(), BodyHandlers.ofString());
			if (path.startsWith("/actuator")) {
				assertThat(LeakScan.of(response.body())).as("what nobody may read at " + path).isEmpty();
			}
			return response;
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException("No answer from " + path, ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
