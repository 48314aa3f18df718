package io.github.adkmigration.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.lock.MigrationLocks;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixtures;
import io.github.adkmigration.test.process.WatchedJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The executable jar of the sample as a job: it ends by itself, opens no port, and says
 * by exit code and termination message what came of it.
 */
@Tag("jar")
class JobJarTests {

	private static final String SECRET = "s3cr3t-c19e";

	@TempDir
	private Path directory;

	@Test
	void anOrdinaryStartListens() throws Exception {
		try (WatchedJvm jvm = WatchedJvm.start(this.directory, Map.of(),
				List.of("-jar", jar(), "--sample.database=" + this.directory.resolve("sessions.db"), "--server.port=0",
						"--sample.gemini-api-key="))) {
			assertThat(jvm.says("Started SampleApplication")).as(jvm.output()).isTrue();
			assertThat(jvm.listens()).isTrue();
		}
	}

	@Test
	void beansThatWereChosenWhenItWasBuiltMigrateAndServe() throws Exception {
		Path file = this.directory.resolve("sessions.db");
		try (WatchedJvm jvm = WatchedJvm.start(this.directory, Map.of(), List.of("-Dspring.aot.enabled=true", "-jar",
				jar(), "--sample.database=" + file, "--server.port=0", "--sample.gemini-api-key="))) {
			assertThat(jvm.says("Started SampleApplication")).as(jvm.output()).isTrue();
			assertThat(jvm.output()).contains("Starting AOT-processed SampleApplication", "15 read: 15 converted");
			assertThat(jvm.listens()).isTrue();
		}
		Ended job = job(Map.of("ADK_MIGRATION_JOB", "check"), "-Dspring.aot.enabled=true", "-jar", jar(),
				"--sample.database=" + file);
		assertThat(job.exitCode()).as(job.output()).isZero();
		assertThat(job.message()).startsWith("check: ");
	}

	@Test
	void itChecksUpgradesAndHasNothingToDoInEveryFormOfTheApplication() throws Exception {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			Fixtures.sample().load(database);
			String url = "--spring.datasource.url=" + database.jdbcUrl();
			Ended check = job(Map.of("ADK_MIGRATION_JOB", "check"), "-jar", jar(), url);
			assertThat(check.exitCode()).as(check.output()).isEqualTo(3);
			assertThat(check.message()).startsWith("check: ").contains(" changes pending: found ");
			Ended upgrade = job(Map.of(), "-jar", jar(), url, "--adk.migration.job=upgrade");
			assertThat(upgrade.exitCode()).as(upgrade.output()).isZero();
			assertThat(upgrade.message()).startsWith("upgrade: migrated, from python-1.14.0 to ");
			assertThat(upgrade.output()).contains("15 read: 15 converted")
				.doesNotContain("Started SampleApplication", "Open http://localhost");
			assertThat(recordedVersions(database)).containsExactly(System.getProperty("sample.version"));
			Ended again = job(Map.of("SPRING_APPLICATION_JSON", "{\"adk\": {\"migration\": {\"job\": \"upgrade\"}}}"),
					"-jar", extractedJar(), url);
			assertThat(again.exitCode()).as(again.output()).isZero();
			assertThat(again.message()).startsWith("upgrade: up to date, ");
			assertThat(recordedVersions(database)).hasSize(1);
		}
	}

	@Test
	void whatIsRefusedEndsWith7() throws Exception {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			Fixtures.sample().load(database);
			Ended refused = job(Map.of("ADK_MIGRATION_JOB", "upgrade"), "-jar", jar(),
					"--spring.datasource.url=" + database.jdbcUrl(), "--adk.migration.legacy.time-zone=Asia/Kolkata");
			assertThat(refused.exitCode()).as(refused.output()).isEqualTo(7);
			assertThat(refused.message()).startsWith("upgrade: ").contains("Asia/Kolkata").contains("(exit code 7)");
		}
	}

	@Test
	void aDatabaseThatDoesNotAnswerEndsWith1() throws Exception {
		Ended failed = job(Map.of("ADK_MIGRATION_JOB", "upgrade", "SPRING_DATASOURCE_PASSWORD", SECRET), "-jar", jar(),
				"--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/chat", "--spring.datasource.username=agent");
		assertThat(failed.exitCode()).as(failed.output()).isEqualTo(1);
		assertThat(failed.message()).startsWith("upgrade: The database did not answer while connecting: ")
			.doesNotContain(SECRET);
		assertThat(failed.output()).contains("Job upgrade ended with exit code 1.").doesNotContain(SECRET);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void aLockThatAnotherHoldsEndsWith4(TestDatabase database) throws Exception {
		try (Connection connection = database.connection()) {
			new RunRecorder(database.dialect(), MigrationSettings.defaults().tables()).createTables(connection);
		}
		try (Connection connection = database.connection();
				HeldLock held = new MigrationLocks(database.dataSource(), MigrationSettings.defaults(), null)
					.of(connection, database.dialect(), "holder")
					.acquire(() -> "")) {
			held.assertHeld();
			Ended late = job(Map.of("ADK_MIGRATION_JOB", "upgrade"), "-jar", jar(),
					"--spring.datasource.url=" + database.jdbcUrl(),
					"--spring.datasource.username=" + database.username(),
					"--spring.datasource.password=" + database.password(), "--adk.migration.timeout=1s");
			assertThat(late.exitCode()).as(late.output()).isEqualTo(4);
			assertThat(late.message()).startsWith("upgrade: ").endsWith(" (exit code 4)\n");
		}
	}

	private Ended job(Map<String, String> environment, String... command) throws Exception {
		Path message = this.directory.resolve("termination-log");
		List<String> arguments = new ArrayList<>(List.of(command));
		arguments.add("--adk.migration.termination-log=" + message);
		arguments.add("--server.port=0");
		try (WatchedJvm jvm = WatchedJvm.start(this.directory, environment, arguments)) {
			assertThat(jvm.listens()).as(jvm.output()).isFalse();
			return new Ended(jvm.exitCode(), Files.readString(message), jvm.output());
		}
	}

	private static String jar() {
		Path jar = Path.of(System.getProperty("sample.jar", "no sample.jar"));
		assertThat(jar).as("the executable jar, which the phase package makes").isRegularFile();
		return jar.toString();
	}

	private String extractedJar() throws Exception {
		Path extracted = this.directory.resolve("extracted");
		try (WatchedJvm jvm = WatchedJvm.start(this.directory, Map.of(),
				List.of("-Djarmode=tools", "-jar", jar(), "extract", "--destination", extracted.toString()))) {
			assertThat(jvm.exitCode()).as(jvm.output()).isZero();
		}
		return extracted.resolve(Path.of(jar()).getFileName()).toString();
	}

	private static List<String> recordedVersions(TestDatabase database) throws SQLException {
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT application_version FROM adk_migration_run")) {
			List<String> versions = new ArrayList<>();
			while (rows.next()) {
				versions.add(rows.getString(1));
			}
			return versions;
		}
	}

	/**
	 * A job that has ended.
	 *
	 * @param exitCode its exit code
	 * @param message what it wrote for Kubernetes
	 * @param output what it wrote to the console
	 */
	private record Ended(int exitCode, String message, String output) {
	}

}
