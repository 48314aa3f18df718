package io.github.adkmigration.sample;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator sees and does over HTTP while the application runs.
 */
class OperationsEndpointTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "actuator.md");

	private static final String ENDPOINT = "/actuator/adkmigration";

	private static final String[] SLOWLY = { "--adk.auto-migrate=false", "--adk.migration.on-pending=warn",
			"--management.endpoint.adkmigration.access=unrestricted", "--adk.migration.status-max-age=0s",
			"--adk.migration.batch-size=1", "--adk.migration.max-rows-per-second=5" };

	/** What differs from run to run, and what the document says in its place. */
	private static final Map<String, String> VOLATILE = Map.of("started", "2026-01-02T03:04:05.123456Z", "finished",
			"2026-01-02T03:04:06.654321Z", "id", "5e0e4f6c-7f0a-4d5c-9a53-0f4c8c3e7a11", "instance",
			"agent-5d8c7/1/0f4c8c3e", "libraryVersion", "0.1.0", "applicationVersion", "1.4.0", "duration", "PT0.25S");

	private static final String BACKUP_TIME = "\\d{8}T\\d{6}\\.\\d{3}Z";

	@TempDir
	private Path directory;

	@Test
	void anOperatorMigratesPausesAndResumes() {
		try (RunningSample sample = RunningSample.onFile(this.directory.resolve("sessions.db"), SLOWLY)) {
			JsonNode before = sample.get(ENDPOINT);
			assertThat(before.path("compatibility").asString()).isEqualTo("BEHIND");
			assertThat(before.path("lag").asInt()).isEqualTo(before.path("pending").size()).isPositive();
			assertThat(before.path("pending").findValuesAsString("phase")).contains("expand", "backfill");
			assertThat(sample.send(ENDPOINT + "/pause", "{}").statusCode()).isEqualTo(409);

			HttpResponse<String> migrate = sample.send(ENDPOINT + "/migrate", "{}");
			assertThat(migrate.statusCode()).as(migrate.body()).isEqualTo(202);
			assertThat(sample.send(ENDPOINT + "/migrate", "{}").statusCode()).isEqualTo(409);
			JsonNode working = await(sample, (json) -> json.at("/current/rowsDone").asInt(0) > 0);
			assertThat(working.at("/current/rowsTotal").asInt()).isEqualTo(15);
			assertThat(working.at("/current/timeLeft").asString()).startsWith("PT");
			assertThat(working.at("/lock/kind").asString()).startsWith("file lock");
			assertThat(working.at("/lock/holder").asString()).isEqualTo(working.at("/current/run/instance").asString());
			JsonNode health = sample.get("/actuator/health");
			assertThat(health.at("/components/adkMigration/status").asString()).isEqualTo("OUT_OF_SERVICE");
			assertThat(health.at("/components/adkMigration/details/run/outcome").asString()).isEqualTo("running");

			assertThat(sample.send(ENDPOINT + "/pause", "{}").statusCode()).isEqualTo(200);
			await(sample, (json) -> json.at("/current").has("paused"));
			LockSupport.parkNanos(Duration.ofMillis(600).toNanos());
			int stopped = sample.get(ENDPOINT).at("/current/rowsDone").asInt();
			LockSupport.parkNanos(Duration.ofMillis(600).toNanos());
			assertThat(sample.get(ENDPOINT).at("/current/rowsDone").asInt()).isEqualTo(stopped).isLessThan(15);

			assertThat(sample.send(ENDPOINT + "/resume", "{}").statusCode()).isEqualTo(200);
			JsonNode after = await(sample, (json) -> json.path("compatibility").asString("").equals("EQUAL"));
			assertThat(after.has("current")).isFalse();
			assertThat(sample.get("/actuator/health").at("/components/adkMigration/status").asString()).isEqualTo("UP");
			assertThat(sample.get("/sessions")).hasSize(2);
			assertThat(sample.get(ENDPOINT + "/1").at("/run/rows/converted").asInt()).isEqualTo(15);
			assertThat(sample.send(ENDPOINT + "/99", null).statusCode()).isEqualTo(404);
			assertThat(sample.send(ENDPOINT + "/explode", "{}").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void unlessAccessIsRaisedItOnlyReads() {
		try (RunningSample sample = RunningSample.onFile(this.directory.resolve("sessions.db"))) {
			assertThat(sample.send(ENDPOINT, null).statusCode()).isEqualTo(200);
			for (String operation : Set.of("migrate", "pause", "resume")) {
				assertThat(sample.send(ENDPOINT + "/" + operation, "{}").statusCode()).isEqualTo(405);
			}
		}
	}

	@Test
	void theDocumentShowsWhatItAnswers() throws IOException {
		try (RunningSample sample = RunningSample.onFile(this.directory.resolve("sessions.db"),
				"--adk.migration.actor=deploy-bot", "--adk.migration.reason=OPS-7")) {
			JsonNode answer = sample.get(ENDPOINT);
			replace(answer);
			String json = JsonMapper.builder()
				.enable(SerializationFeature.INDENT_OUTPUT)
				.build()
				.writeValueAsString(answer)
				.replaceAll(BACKUP_TIME, "20260102T030405.123Z");
			String document = Files.readString(DOCUMENT);
			String begin = "<!-- example: generated -->\n```json\n";
			int from = document.indexOf(begin) + begin.length();
			String expected = document.substring(0, from) + json
					+ document.substring(document.indexOf("\n```\n<!-- example: end -->"));
			if (Boolean.getBoolean("adk.docs.write")) {
				Files.writeString(DOCUMENT, expected);
			}
			assertThat(document).as("run the test with -Dadk.docs.write=true to write the example").isEqualTo(expected);
		}
	}

	private static void replace(JsonNode node) {
		if (node instanceof ArrayNode array) {
			array.forEach(OperationsEndpointTests::replace);
		}
		if (node instanceof ObjectNode object) {
			object.properties().forEach((entry) -> replace(entry.getValue()));
			VOLATILE.forEach((name, text) -> {
				// The ids of changesets are no surprise.
				if (object.path(name).isString() && !object.path(name).asString().startsWith("ext_adk_")) {
					object.put(name, text);
				}
			});
		}
	}

	private static JsonNode await(RunningSample sample, Predicate<JsonNode> wanted) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		JsonNode json = sample.get(ENDPOINT);
		while (!wanted.test(json)) {
			assertThat(System.nanoTime()).as(json.toString()).isLessThan(deadline);
			LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
			json = sample.get(ENDPOINT);
		}
		return json;
	}

}
