package io.github.adkmigration.autoconfigure;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.google.adk.sessions.Session;
import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.status.SchemaGate;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.KillableServer;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixtures;
import io.github.adkmigration.test.process.WatchedJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code adk.migration.on-pending=wait} from the outside: an application that is started
 * before its tables are migrated.
 */
@ExtendWith(OutputCaptureExtension.class)
class WaitForMigrationTests {

	private static final String BOTH = "management.endpoint.health.group.readiness.include=readinessState,adkMigration";

	@TempDir
	private Path directory;

	@DatabaseTest
	void anApplicationThatCameFirstTurnsReadyWhenTheJobHasMigrated(TestDatabase database, CapturedOutput output) {
		try (WaitingApplication application = WaitingApplication.start(database, "adk.migration.status-max-age=1h",
				BOTH)) {
			assertThat(application.status("liveness")).isEqualTo(200);
			assertThat(application.status("readiness")).isEqualTo(503);
			assertThat(application.health().path("status").asString()).isEqualTo("OUT_OF_SERVICE");
			assertThat(application.health().path("details").path("waitingUntil").asString()).endsWith("Z");
			assertRefused(application);
			assertThat(output).contains("The session tables are behind: found no ADK tables")
				.contains("\n    - Create the table of sessions")
				.contains("Until ")
				.doesNotContain("Sessions are served from now on");

			migrate(database);

			assertThat(WaitingApplication.comes(() -> application.status("readiness") == 200)).isTrue();
			assertThat(application.health().path("status").asString()).isEqualTo("UP");
			assertThat(application.health().path("details").has("waitingUntil")).isFalse();
			assertServed(application);
			assertThat(output).contains("The session tables are at revision 0002. Sessions are served from now on.");
			assertThat(WaitingApplication.comes(() -> !WaitingApplication.hasThread())).isTrue();
		}
	}

	@Test
	void oldConversationsAreServedOnceTheyAreConverted() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			Fixtures.sample().load(database);
			try (WaitingApplication application = WaitingApplication.start(database)) {
				assertThat(application.status("readiness")).isEqualTo(503);
				migrate(database);
				assertThat(WaitingApplication.comes(() -> application.status("readiness") == 200)).isTrue();
				assertThat(application.sessions()
					.listSessions("migrate_session_db_app", "user1")
					.blockingGet()
					.sessionIds()).hasSize(2);
			}
		}
	}

	@Test
	void anApplicationThatComesAfterTheJobIsReadyAtOnceAndDoesNotWait() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			migrate(database);
			try (WaitingApplication application = WaitingApplication.start(database)) {
				assertThat(application.status("readiness")).isEqualTo(200);
				assertServed(application);
				assertThat(WaitingApplication.hasThread()).isFalse();
				assertThat(application.readings().told()).containsExactly(ReadinessState.ACCEPTING_TRAFFIC);
			}
		}
	}

	@Test
	void theStartThatMayMigrateDoesNotWait() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase();
				WaitingApplication application = WaitingApplication.start(database, "adk.auto-migrate=true")) {
			assertThat(application.status("readiness")).isEqualTo(200);
			assertServed(application);
		}
	}

	@Test
	void noMomentOfAWaitingApplicationLooksReadyAndListenersAreToldSoLast() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase();
				WaitingApplication application = WaitingApplication.start(database)) {
			assertThat(application.readings().told()).containsExactly(ReadinessState.ACCEPTING_TRAFFIC,
					ReadinessState.REFUSING_TRAFFIC);
			assertThat(application.readings().read()).hasSize(6).containsOnly(ReadinessState.REFUSING_TRAFFIC);
			migrate(database);
			assertThat(WaitingApplication.comes(() -> application.readings().told().size() == 3)).isTrue();
			assertThat(application.readings().told()).endsWith(ReadinessState.ACCEPTING_TRAFFIC);
			assertThat(application.readings().read()).endsWith(ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	@Test
	void anApplicationThatIsClosedWhileItWaitsLeavesNoThread() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			WaitingApplication application = WaitingApplication.start(database, "adk.migration.poll-interval=1h");
			assertThat(WaitingApplication.hasThread()).isTrue();
			application.close();
			assertThat(WaitingApplication.comes(() -> !WaitingApplication.hasThread())).isTrue();
		}
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void aDatabaseThatIsGoneForAWhileDoesNotEndTheWaiting(TestDatabase database, CapturedOutput output)
			throws Exception {
		try (KillableServer server = KillableServer.start(TestDatabases.named(database.name()));
				TestDatabase own = server.newDatabase();
				WaitingApplication application = WaitingApplication.start(own)) {
			server.kill();
			assertThat(WaitingApplication.comes(() -> output.getAll().contains("and the waiting goes on"))).isTrue();
			assertThat(application.status("readiness")).isEqualTo(503);
			server.restart();
			assertThat(WaitingApplication.comes(() -> output.getAll().contains("can be looked at again"))).isTrue();
			assertThat(application.status("readiness")).isEqualTo(503);
			assertRefused(application);
			migrate(own);
			assertThat(WaitingApplication.comes(() -> application.status("readiness") == 200)).isTrue();
			assertServed(application);
			assertThat(output.toString().split("and the waiting goes on", -1)).as("told once").hasSize(2);
		}
	}

	@Test
	void whenNobodyMigratesInTimeThenTheProcessEndsWith4() throws Exception {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase();
				WatchedJvm process = process(database, "adk.migration.pending-timeout=1")) {
			assertThat(process.exitCode()).as(process.output()).isEqualTo(4);
			assertThat(process.output())
				.contains("The application ends with exit code 4.",
						"The session tables have waited for their migration",
						"nobody has migrated them: found no ADK tables, and revision 0002 is needed.",
						"--adk.migration.job=upgrade", "adk.migration.pending-timeout gives it more time.")
				.doesNotContain("Exception");
		}
	}

	@Test
	void whenTheTablesTurnOutToBeSomebodyElsesThenTheProcessEndsWith6() throws Exception {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase(); WatchedJvm process = process(database)) {
			assertThat(process.says("this instance waits for that")).as(process.output()).isTrue();
			new JdbcTemplate(database.dataSource()).execute("CREATE TABLE sessions (id INTEGER, note TEXT)");
			assertThat(process.exitCode()).as(process.output()).isEqualTo(6);
			assertThat(process.output()).contains("The application ends with exit code 6.", "sessions");
		}
	}

	@Test
	void whenTheApplicationIsClosedWhileItWaitsThenItsProcessEnds() throws Exception {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase();
				WatchedJvm process = process(database, "adk.migration.poll-interval=1h",
						"test.close-when-ready=true")) {
			assertThat(process.exitCode()).as(process.output()).isZero();
			assertThat(process.output()).contains("this instance waits for that");
		}
	}

	@Test
	void tablesOfSomebodyElseStillStopTheStart() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			new JdbcTemplate(database.dataSource()).execute("CREATE TABLE sessions (id INTEGER, note TEXT)");
			StartedApplication.on(database)
				.withPropertyValues("adk.migration.on-pending=wait")
				.run((context) -> assertThat(AdkMigrationAutoConfigurationTests.failure(context).code())
					.isEqualTo(MigrationErrorCode.UNRECOGNIZED_SCHEMA));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1s" })
	void aTimeThatIsOverAtOnceIsRefused(String timeout) {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			StartedApplication.on(database)
				.withPropertyValues("adk.migration.on-pending=wait", "adk.migration.pending-timeout=" + timeout)
				.run((context) -> {
					MigrationException failure = AdkMigrationAutoConfigurationTests.failure(context);
					assertThat(failure.code()).isEqualTo(MigrationErrorCode.INVALID_SETTING);
					assertThat(failure.description()).contains("adk.migration.pending-timeout");
				});
		}
	}

	@Test
	void aWaitingApplicationWritesNothing() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			StartedApplication.on(database).withPropertyValues("adk.migration.on-pending=wait").run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(SchemaGate.class).waiting()).isPresent();
				assertThat(context.getBean(AdkMigrator.class).status().compatibility()).isEqualTo(Compatibility.BEHIND);
			});
			assertThat(new JdbcTemplate(database.dataSource()).queryForList("SELECT name FROM sqlite_schema"))
				.isEmpty();
		}
	}

	private WatchedJvm process(TestDatabase database, String... properties) throws Exception {
		return WatchedJvm.start(this.directory, Map.of(),
				Stream.concat(Stream.of("-cp", System.getProperty("java.class.path"),
						WaitingApplication.Application.class.getName(), "--spring.main.web-application-type=reactive"),
						Arrays.stream(WaitingApplication.arguments(database, properties)))
					.toList());
	}

	/** What the Job does, in a migrator of its own. */
	private static void migrate(TestDatabase database) {
		AdkMigrator.create(database.dataSource()).build().migrate();
	}

	private static void assertRefused(WaitingApplication application) {
		application.sessions()
			.createSession("app", "user", Map.of("colour", "blue"), "first")
			.test()
			.awaitDone(60, TimeUnit.SECONDS)
			.assertError((error) -> error instanceof MigrationException refused
					&& refused.code() == MigrationErrorCode.PENDING_CHANGES
					&& refused.description().startsWith("The session tables wait for their migration since ")
					&& refused.action().contains("--adk.migration.job=upgrade"));
	}

	private static void assertServed(WaitingApplication application) {
		application.sessions()
			.createSession("app", "user", Map.of("colour", "blue"), "first")
			.ignoreElement()
			.blockingAwait();
		Session session = application.sessions().getSession("app", "user", "first", Optional.empty()).blockingGet();
		assertThat(session).isNotNull();
		assertThat(List.copyOf(session.state().keySet())).containsExactly("colour");
	}

}
