package io.github.adkmigration.test.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Somebody holds what a run needs: for a moment, or for longer than the time-out that the
 * user of the migration has.
 */
class BlockedRunTests {

	/** With this the swap of SQLite keeps writers out. */
	private static final String WRITES_ALONE = "SET name = name";

	/** SQLite turns it away at once while another writes. */
	private static final String LIQUIBASE_WRITES_AFTER_A_READ = "DELETE FROM adk_migration_changelog_lock";

	private static final String READS_THE_FIRST_PAGE = "events e ORDER BY";

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#databases")
	void aRunWaitsForAReaderOrWriterWhoHoldsTheEventsForAMoment(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
		try (TestDatabase database = provider.newDatabase(); Connection other = database.connection()) {
			FaultyRun run = FaultyRun.of(database);
			DataSource busy = run.before(lock(database.dialect()), 1, () -> {
				hold(other, database.dialect());
				threads.schedule(() -> {
					other.rollback();
					return other;
				}, 700, TimeUnit.MILLISECONDS);
			});
			run.completes(busy);
		}
		finally {
			threads.shutdown();
		}
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#servers")
	void aTimeOutInTheCopyIsNamedAndTheNextStartCompletes(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase(); Connection other = database.connection()) {
			FaultyRun run = FaultyRun.of(database);
			DataSource impatient = new DriverManagerDataSource(impatient(database), database.username(),
					database.password());
			MigrationException failure = run.fails(
					FaultyRun.before(impatient, FaultyRun.COPY, FaultyRun.MIDDLE, () -> holdCheckpoint(other)),
					MigrationErrorCode.FAILED);
			assertThat(failure.description()).containsIgnoringCase("time");
			assertThat(failure.action()).contains("time-out").contains("start again");
			other.rollback();
			run.completes();
		}
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("mysqlFamily")
	void aTimeOutOfTheUserForTableLocksIsNamedAndTheNextStartCompletes(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase(); Connection other = database.connection()) {
			FaultyRun run = FaultyRun.of(database);
			MigrationException failure = run.fails(FaultyRun.before(with(database, "lock_wait_timeout=1"),
					lock(database.dialect()), 1, () -> hold(other, database.dialect())), MigrationErrorCode.FAILED);
			assertThat(failure.description()).contains("kept the table events busy for 1 s");
			assertThat(failure.action()).contains("innodb_trx").contains("start again");
			other.rollback();
			run.completes();
		}
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("mysql")
	void aTimeOutOfTheUserForQueriesIsNamedAndTheNextStartCompletes(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase(); Connection other = database.connection()) {
			FaultyRun run = FaultyRun.of(database);
			MigrationException failure = run.fails(FaultyRun.before(with(database, "max_execution_time=3000"),
					READS_THE_FIRST_PAGE, 1, () -> execute(other, "LOCK TABLES events WRITE")),
					MigrationErrorCode.FAILED);
			assertThat(failure.description()).contains("A time-out of the database struck")
				.contains("maximum statement execution time exceeded");
			assertThat(failure.action()).contains("time-out").contains("start again");
			execute(other, "UNLOCK TABLES");
			run.completes();
		}
	}

	static Stream<DatabaseProvider> mysqlFamily() {
		return FaultyRun.databases().filter((provider) -> provider.dialect().mysqlFamily());
	}

	static Stream<DatabaseProvider> mysql() {
		return FaultyRun.databases().filter((provider) -> provider.dialect() == DatabaseDialect.MYSQL);
	}

	private static DataSource with(TestDatabase database, String variable) {
		return new DriverManagerDataSource(database.jdbcUrl() + "&sessionVariables=" + variable, database.username(),
				database.password());
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Test
	void whileAnotherProcessWritesLiquibaseTriesAgainWithPauses() throws SQLException {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			FaultyRun run = FaultyRun.of(database, FaultScenario.PENDING_CHANGES);
			List<CompletableFuture<Boolean>> pauses = new ArrayList<>();
			run.completes(run.before(LIQUIBASE_WRITES_AFTER_A_READ, 1, () -> {
				Thread migrating = Thread.currentThread();
				WriteLockHolder holder = holder(database, Duration.ofMinutes(5));
				pauses.add(CompletableFuture.supplyAsync(() -> pauses(migrating, holder)));
			}));
			assertThat(pauses).hasSize(1).allSatisfy((pause) -> assertThat(pause.join()).isTrue());
		}
	}

	/**
	 * Wait until a thread sleeps between two tries of ours, then let it go on.
	 */
	private static boolean pauses(Thread migrating, WriteLockHolder holder) {
		try (holder) {
			long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
			while (System.nanoTime() < deadline) {
				String sleeper = Arrays.stream(migrating.getStackTrace())
					.map(StackTraceElement::getClassName)
					.dropWhile(Thread.class.getName()::equals)
					.findFirst()
					.orElse("");
				// Liquibase sleeps too, deeper down.
				if (migrating.getState() == Thread.State.TIMED_WAITING && sleeper.endsWith(".LiquibaseRunner")) {
					return true;
				}
				LockSupport.parkNanos(10_000_000);
			}
			return false;
		}
	}

	@Test
	void aSqliteFileThatAnotherProcessWritesToIsWaitedFor() throws SQLException {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			FaultyRun run = FaultyRun.of(database);
			List<WriteLockHolder> holders = new ArrayList<>();
			run.completes(run.before(WRITES_ALONE, 1, () -> holders.add(holder(database, Duration.ofSeconds(2)))));
			assertThat(holders).hasSize(1);
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "adk.test.faults", matches = "all")
	void aSqliteFileThatAnotherProcessHoldsForTooLongIsNamedAndTheNextStartCompletes() throws SQLException {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			FaultyRun run = FaultyRun.of(database);
			List<WriteLockHolder> holders = new ArrayList<>();
			MigrationException failure = run.fails(
					run.before(WRITES_ALONE, 1, () -> holders.add(holder(database, Duration.ofMinutes(5)))),
					MigrationErrorCode.FAILED);
			assertThat(failure.description()).contains("A time-out of the database struck");
			holders.forEach(WriteLockHolder::close);
			run.completes();
		}
	}

	private static WriteLockHolder holder(TestDatabase database, Duration duration) {
		try {
			return WriteLockHolder.start(database, duration);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The first statement that has to wait for others. */
	private static String lock(DatabaseDialect dialect) {
		return switch (dialect) {
			case POSTGRESQL -> "LOCK TABLE";
			case SQLITE -> WRITES_ALONE;
			default -> "LOCK TABLES";
		};
	}

	private static void hold(Connection other, DatabaseDialect dialect) throws SQLException {
		other.setAutoCommit(false);
		try (Statement statement = other.createStatement()) {
			if (dialect == DatabaseDialect.SQLITE) {
				statement.executeUpdate("UPDATE sessions SET id = id");
			}
			else {
				statement.executeQuery("SELECT id FROM events").close();
			}
		}
	}

	private static void holdCheckpoint(Connection other) throws SQLException {
		other.setAutoCommit(false);
		try (Statement statement = other.createStatement()) {
			statement.executeUpdate("UPDATE adk_migration_checkpoint SET name = name, updated_at = updated_at");
			statement.executeQuery("SELECT * FROM adk_migration_checkpoint FOR UPDATE").close();
		}
	}

	private static String impatient(TestDatabase database) {
		return switch (database.dialect()) {
			case POSTGRESQL -> database.jdbcUrl() + "?options=-c%20statement_timeout=400";
			case MARIADB -> database.jdbcUrl() + "&sessionVariables=max_statement_time=0.4";
			default -> database.jdbcUrl() + "&sessionVariables=innodb_lock_wait_timeout=1";
		};
	}

}
