package io.github.adkmigration.autoconfigure.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.process.WatchedJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The process of an application whose every bean would be noticed, with the variable that
 * makes it a job and without.
 */
class JobModeTests {

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	@TempDir
	private Path directory;

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void anOrdinaryStartMakesAllBeansAndListens() throws Exception {
		try (WatchedJvm process = start(Map.of("ADK_AUTO_MIGRATE_DB", "true"))) {
			assertThat(process.says("made run")).as(process.output()).isTrue();
			assertThat(process.listens()).isTrue();
			assertThat(process.output()).contains("made BusyApplication", "made Chats", "made chats", "made Orders",
					"made orders", "made Component", "made Runner", "made Lifecycle", "made start", "made Listener",
					"made refreshed event", "made Definitions", "made OrderedDefinitions", "made Factory",
					"made Processor", "made messages", "made started event", "Started BusyApplication");
		}
	}

	@Test
	void aJobMakesTheDataSourceAloneListensNowhereAndEnds() throws Exception {
		Path message = this.directory.resolve("termination-log");
		try (WatchedJvm process = start(
				Map.of("ADK_MIGRATION_JOB", "upgrade", "ADK_MIGRATION_TERMINATION_LOG", message.toString()))) {
			assertThat(process.listens()).as(process.output()).isFalse();
			assertThat(process.exitCode()).as(process.output()).isZero();
			assertThat(process.output().lines().filter((line) -> line.contains(" : " + BusyApplication.MADE)))
				.extracting((line) -> line.substring(line.indexOf(" : ") + 3))
				.containsExactly("made Chats", "made chats");
			assertThat(process.output()).contains("Job upgrade ended with exit code 0.", "ADK session tables: created")
				.doesNotContain("Starting BusyApplication", "Started BusyApplication", "Spring Boot ::");
		}
		assertThat(message).hasContent("upgrade: created, from empty to python-2.10.0. (exit code 0)");
		assertThat(AdkMigrator.create(this.database.dataSource()).build().status().compatibility())
			.isEqualTo(Compatibility.EQUAL);
	}

	private WatchedJvm start(Map<String, String> environment) throws Exception {
		assertThat(Files.isDirectory(Path.of("/proc/self/fd"))).as("this test reads /proc").isTrue();
		return WatchedJvm.start(this.directory, environment,
				List.of("-cp", System.getProperty("java.class.path"), BusyApplication.class.getName(),
						"--chats.url=" + this.database.jdbcUrl(), "--server.port=0",
						"--spring.main.web-application-type=reactive", "--spring.liquibase.enabled=false",
						"--spring.flyway.enabled=false", "--spring.datasource.url=jdbc:sqlite::memory:"));
	}

}
