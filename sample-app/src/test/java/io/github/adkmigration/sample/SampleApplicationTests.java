package io.github.adkmigration.sample;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.StreamSupport;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class SampleApplicationTests {

	private static final String LONG = "aee03f34-32ef-432b-b1bb-e66a3a79dd5b";

	private static final String SHORT = "6cb6874e-398c-4adf-a7da-4cf7bf6fe8d4";

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void nameTheFile() {
		this.file = this.directory.resolve("new/sessions.db");
	}

	@Test
	void theOldConversationsAreServed() {
		try (RunningSample sample = RunningSample.onFile(this.file)) {
			JsonNode sessions = sample.get("/sessions");
			assertThat(texts(sessions, "id")).containsExactly(LONG, SHORT);
			assertThat(texts(sessions, "events")).containsExactly("14", "1");
			JsonNode events = sample.get("/sessions/" + LONG).get("events");
			assertThat(texts(events, "text")).startsWith("Hi, introduce yourself.",
					"Hi, I am a hello world agent that can roll a dice of 8 sides and check prime numbers.",
					"Roll a die with 100 sides and check if it is prime");
			assertThat(texts(events, "at")).startsWith("2025-10-29T03:56:32.223Z", "2025-10-29T03:56:32.231Z")
				.endsWith("2025-10-29T03:56:40.536Z")
				.isSorted();
			assertThat(events.at("/3/calls/0/name").asString()).isEqualTo("roll_die");
			assertThat(events.at("/3/calls/0/arguments/sides").asInt()).isEqualTo(100);
			assertThat(events.at("/4/results/0/response/result").asInt()).isEqualTo(80);
			assertThat(sample.get("/sessions/" + SHORT).at("/events/0/at").asString())
				.isEqualTo("2025-10-29T03:56:10.421Z");
		}
	}

	@Test
	void theDatabaseKeepsTheMicrosecondsOfTheInstants() throws SQLException {
		RunningSample.onFile(this.file).close();
		assertThat(query("SELECT timestamp, event_data FROM events WHERE session_id = '" + SHORT + "'"))
			.satisfiesExactly((column) -> assertThat(column).isEqualTo("2025-10-29 03:56:10.421959"),
					(data) -> assertThat(data).containsPattern("\"timestamp\": ?1761710170\\.421959\\b"));
	}

	@Test
	void aMessageGoesOnWithAnOldConversationAndARestartKeepsIt() {
		try (RunningSample sample = RunningSample.onFile(this.file)) {
			JsonNode answer = sample.say(LONG, "What numbers did I get?");
			assertThat(answer.get("answer").asString()).isEqualTo("You rolled 80, then 4.");
		}
		try (RunningSample sample = RunningSample.onFile(this.file)) {
			JsonNode events = sample.get("/sessions/" + LONG).get("events");
			assertThat(events).hasSize(16);
			assertThat(texts(events, "text")).endsWith("What numbers did I get?", "You rolled 80, then 4.");
			assertThat(texts(events, "author")).endsWith("user", "migrate_session_db_agent");
		}
	}

	@Test
	void theAgentUsesItsToolsAndTheStateIsKept() {
		int roll;
		try (RunningSample sample = RunningSample.onFile(this.file)) {
			JsonNode answer = sample.say(LONG, "Roll a die with 20 sides and check if it is prime");
			assertThat(answer.at("/events/0/calls/0/name").asString()).isEqualTo("roll_die");
			roll = answer.at("/events/1/results/0/response/result").asInt();
			assertThat(roll).isBetween(1, 20);
			assertThat(answer.at("/events/2/calls/0/arguments/nums/0").asInt()).isEqualTo(roll);
			assertThat(answer.get("answer").asString()).startsWith("I rolled " + roll + ". ").contains("prime");
		}
		try (RunningSample sample = RunningSample.onFile(this.file)) {
			assertThat(sample.get("/sessions/" + LONG).at("/state/rolls/0").asInt()).isEqualTo(roll);
		}
	}

	@Test
	void aNewConversationCanBeBegun() {
		try (RunningSample sample = RunningSample.onFile(this.file)) {
			HttpResponse<String> created = sample.send("/sessions", "");
			assertThat(created.statusCode()).isEqualTo(201);
			String location = created.headers().firstValue("Location").orElseThrow();
			assertThat(sample.get(location).get("events")).isEmpty();
			assertThat(sample.send(location + "/messages", "{\"text\": \"Hello\"}").statusCode()).isEqualTo(200);
			assertThat(sample.get(location).get("events")).hasSize(2);
		}
	}

	@Test
	void theFirstStartMigratesAndTheSecondHasNothingToDo(CapturedOutput output) {
		try (RunningSample sample = RunningSample.onFile(this.file)) {
			JsonNode schema = sample.get("/actuator/adkmigration");
			assertThat(schema.at("/startup/outcome").asString()).isEqualTo("MIGRATED");
			assertThat(schema.at("/startup/from").asString()).isEqualTo("python-1.14.0");
			assertThat(schema.at("/startup/rows/converted").asInt()).isEqualTo(15);
			assertUpToDate(sample);
		}
		assertThat(output).contains("Copied the example", "ADK session tables: migrated", "15 read: 15 converted");
		int before = output.getOut().length();
		try (RunningSample sample = RunningSample.onFile(this.file)) {
			assertThat(sample.get("/actuator/adkmigration").at("/startup/outcome").asString()).isEqualTo("UP_TO_DATE");
			assertUpToDate(sample);
		}
		assertThat(output.getOut().substring(before)).contains("The session tables are up to date")
			.doesNotContain("Copied the example", "ADK session tables: migrated");
	}

	@Test
	@Timeout(60)
	void untilSomebodyMigratesEveryUseOfASessionIsAProblemWithANextStep() throws InterruptedException {
		try (RunningSample sample = RunningSample.waitingOnFile(this.file)) {
			assertThat(sample.send("/actuator/health/liveness", null).statusCode()).isEqualTo(200);
			assertThat(sample.send("/actuator/health/readiness", null).statusCode()).isEqualTo(503);
			assertThat(sample.send("/", null).statusCode()).isEqualTo(200);
			for (HttpResponse<String> response : List.of(sample.send("/sessions", null),
					sample.send("/sessions/" + LONG, null), sample.send("/sessions", ""),
					sample.send("/sessions/" + LONG + "/messages", "{\"text\": \"Hello\"}"))) {
				assertThat(response.statusCode()).isEqualTo(503);
				assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
				assertThat(response.body()).contains("The session tables wait for their migration since ")
					.contains("--adk.migration.job=upgrade")
					.doesNotContain("Exception");
			}
			AdkMigrator.create(new DriverManagerDataSource("jdbc:sqlite:" + this.file)).build().migrate();
			while (sample.send("/actuator/health/readiness", null).statusCode() != 200) {
				Thread.sleep(20);
			}
			assertThat(texts(sample.get("/sessions"), "id")).containsExactly(LONG, SHORT);
			assertThat(sample.say(LONG, "What numbers did I get?").get("answer").asString())
				.isEqualTo("You rolled 80, then 4.");
		}
	}

	@Test
	void aDatabaseThatExistsIsNotReplaced() throws IOException, SQLException {
		Files.createDirectories(this.file.getParent());
		query("CREATE TABLE mine (id INTEGER)");
		try (RunningSample sample = RunningSample.onFile(this.file)) {
			assertThat(sample.get("/sessions")).isEmpty();
			assertThat(sample.get("/actuator/adkmigration").at("/startup/outcome").asString()).isEqualTo("CREATED");
		}
		assertThat(query("SELECT name FROM sqlite_master WHERE name = 'mine'")).containsExactly("mine");
	}

	@Test
	void anUnknownSessionIsAProblemWithANextStep() {
		try (RunningSample sample = RunningSample.onFile(this.file)) {
			assertThat(sample.send("/sessions/" + LONG, null).statusCode()).isEqualTo(200);
			for (HttpResponse<String> response : List.of(sample.send("/sessions/nobody", null),
					sample.send("/sessions/nobody/messages", "{\"text\": \"Hello\"}"))) {
				assertThat(response.statusCode()).isEqualTo(404);
				assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
				assertThat(response.body()).contains("There is no session 'nobody'. GET /sessions lists");
			}
		}
	}

	@Test
	void aMessageWithoutTextIsRefusedAndNotStored() {
		try (RunningSample sample = RunningSample.onFile(this.file)) {
			for (String body : List.of("{\"text\": \" \"}", "{}")) {
				HttpResponse<String> response = sample.send("/sessions/" + LONG + "/messages", body);
				assertThat(response.statusCode()).isEqualTo(400);
				assertThat(response.body()).contains("The message is empty. Send {");
			}
			assertThat(sample.get("/sessions/" + LONG).get("events")).hasSize(14);
		}
	}

	@Test
	void thePageNeedsNothingFromOtherServers() {
		try (RunningSample sample = RunningSample.onFile(this.file)) {
			for (String path : List.of("/", "/page.css", "/page.js", "/favicon.svg")) {
				HttpResponse<String> part = sample.send(path, null);
				assertThat(part.statusCode()).isEqualTo(200);
				assertThat(part.body()).isNotBlank().doesNotContain("https://", "@import", "\"//");
			}
		}
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void anEmptyPostgresqlGetsTheTablesAndKeepsConversations(TestDatabase database) {
		String location;
		try (RunningSample sample = RunningSample.on(database)) {
			assertThat(sample.get("/actuator/adkmigration").at("/startup/outcome").asString()).isEqualTo("CREATED");
			assertUpToDate(sample);
			assertThat(sample.get("/sessions")).isEmpty();
			location = sample.send("/sessions", "").headers().firstValue("Location").orElseThrow();
			assertThat(sample.send(location + "/messages", "{\"text\": \"Roll a die with 1 sides\"}").body())
				.contains("I rolled 1.");
		}
		try (RunningSample sample = RunningSample.on(database)) {
			assertThat(sample.get("/actuator/adkmigration").at("/startup/outcome").asString()).isEqualTo("UP_TO_DATE");
			assertThat(texts(sample.get(location).get("events"), "text")).startsWith("Roll a die with 1 sides")
				.endsWith("I rolled 1.");
			assertThat(sample.get(location).at("/state/rolls/0").asInt()).isEqualTo(1);
		}
	}

	private static void assertUpToDate(RunningSample sample) {
		assertThat(sample.get("/actuator/adkmigration").get("compatibility").asString()).isEqualTo("EQUAL");
		JsonNode health = sample.get("/actuator/health");
		assertThat(health.get("status").asString()).isEqualTo("UP");
		assertThat(health.at("/components/adkMigration/status").asString()).isEqualTo("UP");
		assertThat(health.at("/components/adkMigration/details/lag").asInt(-1)).isZero();
	}

	private static List<String> texts(JsonNode nodes, String name) {
		return StreamSupport.stream(nodes.spliterator(), false).map((node) -> node.get(name).asString()).toList();
	}

	/**
	 * Return the columns of the only row.
	 */
	private List<String> query(String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.file);
				Statement statement = connection.createStatement()) {
			if (!statement.execute(sql)) {
				return List.of();
			}
			ResultSet row = statement.getResultSet();
			assertThat(row.next()).isTrue();
			return row.getMetaData().getColumnCount() == 1 ? List.of(row.getString(1))
					: List.of(row.getString(1), row.getString(2));
		}
	}

}
