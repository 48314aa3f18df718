package io.github.adkmigration.sample;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import io.github.adkmigration.test.process.WatchedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every state of the schema, provoked in the sample, as endpoint, health, readiness and
 * meters tell it. The system property {@code adk.test.rows} says how many events the
 * conversions have.
 */
class SchemaStateTests {

	private static final int ROWS = Integer.getInteger("adk.test.rows", 20_000);

	private static final Duration PATIENCE = Duration.ofMinutes(1).plusMillis(ROWS);

	private static final String ENDPOINT = "/actuator/adkmigration";

	private static final String[] WATCHED = { "--management.endpoints.web.exposure.include=health,adkmigration,metrics",
			"--management.endpoint.adkmigration.access=unrestricted",
			"--management.endpoint.health.probes.enabled=true",
			"--management.endpoint.health.group.readiness.include=readinessState,adkMigration",
			"--adk.migration.status-max-age=0s", "--adk.migration.poll-interval=100ms" };

	@TempDir
	private Path directory;

	@Test
	void equalAndThenAhead() throws SQLException {
		try (RunningSample sample = start("--adk.auto-migrate=true")) {
			assertState(sample, "EQUAL", "UP", 200);
			assertThat(meter(sample, "adk.migration.runs?tag=outcome:migrated")).isEqualTo(1);
			assertThat(meter(sample, "adk.migration.rows?tag=result:converted")).isEqualTo(15);
			// What a newer release leaves behind.
			execute("UPDATE adk_migration_step SET revision = '0009'");
			execute("UPDATE adk_migration_run SET fingerprint = 'another'");
			assertState(sample, "AHEAD_COMPATIBLE", "UP", 200);
			execute("UPDATE adk_migration_step SET min_compatible = '0009'");
			assertState(sample, "AHEAD_INCOMPATIBLE", "DOWN", 503);
		}
	}

	@Test
	void behindThenRunningThenEqual() throws SQLException {
		try (RunningSample sample = start("--adk.auto-migrate=false", "--adk.migration.on-pending=warn")) {
			assertState(sample, "BEHIND", "OUT_OF_SERVICE", 503);
			multiply();
			assertThat(sample.send(ENDPOINT + "/migrate", "{}").statusCode()).isEqualTo(202);
			JsonNode working = await(sample, (json) -> json.at("/current/rowsDone").asLong(0) > 0);
			assertThat(working.at("/current/rowsTotal").asLong()).isEqualTo(ROWS);
			assertThat(working.at("/current/rowsPerSecond").asLong()).isPositive();
			assertThat(working.at("/lock/holder").isString()).isTrue();
			JsonNode health = sample.get("/actuator/health");
			assertThat(health.at("/components/adkMigration/status").asString()).isEqualTo("OUT_OF_SERVICE");
			assertThat(sample.send("/actuator/health/readiness", null).statusCode()).isEqualTo(503);
			assertThat(sample.send("/actuator/health/liveness", null).statusCode()).isEqualTo(200);
			JsonNode after = await(sample, (json) -> json.path("compatibility").asString("").equals("EQUAL"));
			assertThat(after.at("/runs/0/run/rows/converted").asLong()).isEqualTo(ROWS);
			assertState(sample, "EQUAL", "UP", 200);
			// Told at the end of the run, which looks at the file again.
			await(sample, (json) -> meter(sample, "adk.migration.rows?tag=result:converted") == ROWS);
		}
	}

	@Test
	void waitingUntilSomebodyElseMigrates() throws SQLException {
		try (RunningSample waiting = start("--adk.auto-migrate=false", "--adk.migration.on-pending=wait")) {
			assertState(waiting, "BEHIND", "OUT_OF_SERVICE", 503);
			assertThat(waiting.send("/sessions", null).statusCode()).isEqualTo(503);
			assertThat(waiting.send("/actuator/health/liveness", null).statusCode()).isEqualTo(200);
			try (RunningSample other = start("--adk.auto-migrate=true")) {
				assertState(other, "EQUAL", "UP", 200);
			}
			await(waiting, (json) -> waiting.send("/actuator/health/readiness", null).statusCode() == 200);
			assertState(waiting, "EQUAL", "UP", 200);
			assertThat(waiting.get("/sessions")).hasSize(2);
		}
	}

	@Test
	void failedAndThenRepaired() throws SQLException {
		try (RunningSample sample = start("--adk.auto-migrate=false", "--adk.migration.on-pending=warn")) {
			execute("UPDATE events SET actions = X'00' WHERE id = (SELECT MIN(id) FROM events)");
			assertThat(sample.send(ENDPOINT + "/migrate", "{}").statusCode()).isEqualTo(202);
			JsonNode failed = await(sample, (json) -> json.at("/runs/0/run/outcome").asString("").equals("failed"));
			assertThat(failed.at("/runs/0/run/code").asString()).isEqualTo("TOO_MANY_QUARANTINED");
			assertThat(failed.path("quarantined").asInt()).isEqualTo(1);
			assertState(sample, "BEHIND", "DOWN", 503);
			assertThat(meter(sample, "adk.migration.last.run.failed")).isEqualTo(1);
		}
		try (RunningSample again = start("--adk.auto-migrate=true", "--adk.migration.legacy.max-quarantined=1")) {
			assertState(again, "EQUAL", "UP", 200);
			assertThat(meter(again, "adk.migration.last.run.failed")).isZero();
			assertThat(again.get(ENDPOINT).path("quarantined").asInt()).isEqualTo(1);
		}
	}

	@Test
	void aConversionThatWasKilledGoesOnWhereItStopped() throws Exception {
		start("--adk.auto-migrate=false", "--adk.migration.on-pending=warn").close();
		multiply();
		try (WatchedJvm jvm = WatchedJvm.start(this.directory, Map.of(),
				List.of("-cp", System.getProperty("java.class.path"), SampleApplication.class.getName(),
						"--sample.database=" + file(), "--server.port=0", "--adk.auto-migrate=true",
						"--adk.migration.batch-size=" + ROWS / 10,
						"--adk.migration.max-rows-per-second=" + ROWS / 5))) {
			long deadline = System.nanoTime() + PATIENCE.toNanos();
			while (done() < ROWS / 3) {
				assertThat(System.nanoTime()).as(jvm.output()).isLessThan(deadline);
				LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
			}
		}
		long killed = done();
		assertThat(killed).isBetween(ROWS / 3L, ROWS - 1L);
		try (RunningSample next = start("--adk.auto-migrate=false", "--adk.migration.on-pending=warn",
				"--adk.migration.batch-size=" + ROWS / 20, "--adk.migration.max-rows-per-second=" + ROWS / 2)) {
			JsonNode dead = next.get(ENDPOINT);
			assertThat(dead.at("/current/rowsDone").asLong()).as("what the killed run has done").isEqualTo(killed);
			assertThat(next.send(ENDPOINT + "/migrate", "{}").statusCode()).isEqualTo(202);
			JsonNode resumed = await(next,
					(json) -> json.at("/current/run/tookOverFrom").isString() && json.at("/current").has("rowsDone"));
			assertThat(resumed.at("/current/rowsDone").asLong()).isGreaterThanOrEqualTo(killed);
			assertThat(resumed.at("/current/rowsTotal").asLong()).isEqualTo(ROWS);
			JsonNode after = await(next, (json) -> json.path("compatibility").asString("").equals("EQUAL"));
			assertThat(after.at("/runs/0/run/rows/converted").asLong()).isEqualTo(ROWS);
		}
	}

	private RunningSample start(String... arguments) {
		String[] all = new String[WATCHED.length + arguments.length];
		System.arraycopy(WATCHED, 0, all, 0, WATCHED.length);
		System.arraycopy(arguments, 0, all, WATCHED.length, arguments.length);
		return RunningSample.onFile(file(), all);
	}

	private Path file() {
		return this.directory.resolve("sessions.db");
	}

	private static void assertState(RunningSample sample, String compatibility, String health, int readiness) {
		JsonNode told = sample.get(ENDPOINT);
		assertThat(told.path("compatibility").asString()).isEqualTo(compatibility);
		assertThat(sample.get("/actuator/health").at("/components/adkMigration/status").asString()).isEqualTo(health);
		assertThat(sample.send("/actuator/health/readiness", null).statusCode()).isEqualTo(readiness);
		// Meters share one look for a while.
		String state = compatibility.toLowerCase(Locale.ROOT).replace('_', '-');
		await(sample, (json) -> meter(sample, "adk.migration.schema.compatibility?tag=state:" + state) == 1);
		assertThat(meter(sample, "adk.migration.lag")).isEqualTo(told.path("lag").asDouble());
	}

	private static double meter(RunningSample sample, String query) {
		return sample.get("/actuator/metrics/" + query).at("/measurements/0/value").asDouble();
	}

	private static JsonNode await(RunningSample sample, Predicate<JsonNode> wanted) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		JsonNode json = sample.get(ENDPOINT);
		while (!wanted.test(json)) {
			assertThat(System.nanoTime()).as(json.toString()).isLessThan(deadline);
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
			json = sample.get(ENDPOINT);
		}
		return json;
	}

	/**
	 * Make many events of the fifteen.
	 */
	private void multiply() throws SQLException {
		String columns = text("SELECT group_concat(name) FROM pragma_table_info('events') WHERE name <> 'id'");
		execute("INSERT INTO events (id, " + columns
				+ ") WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n" + " WHERE i < " + (ROWS + 14) / 15
				+ ") SELECT id || '-' || i, " + columns + " FROM events, n LIMIT " + (ROWS - 15));
	}

	private long done() throws SQLException {
		try {
			return Long.parseLong(text("SELECT COALESCE(MAX(rows_read), 0) FROM adk_migration_checkpoint"));
		}
		catch (SQLException ex) {
			// Our tables are not there yet.
			return 0;
		}
	}

	private String text(String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	private void execute(String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
