package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.lock.MigrationLocks;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.migration.StoppableJvm.Order;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What becomes of a run whose process dies, or is stopped and comes back, with every kind
 * of lock. The processes and signals are real.
 */
class TakeoverTests {

	private static final Duration POLL = Duration.ofMillis(500);

	private static final Duration LEASE = Duration.ofSeconds(3);

	/** In the transaction of the first batch. */
	private static final String MIDDLE_OF_A_BATCH = " SET last_key = ?";

	static Stream<Arguments> kinds() {
		return Stream.of(Arguments.of(DatabaseDialect.SQLITE, LockType.AUTO, "file lock"),
				Arguments.of(DatabaseDialect.POSTGRESQL, LockType.AUTO, "advisory lock"),
				Arguments.of(DatabaseDialect.MARIADB, LockType.AUTO, "GET_LOCK"),
				Arguments.of(DatabaseDialect.MYSQL, LockType.AUTO, "GET_LOCK"),
				Arguments.of(DatabaseDialect.POSTGRESQL, LockType.TABLE, "table lease"),
				Arguments.of(DatabaseDialect.MYSQL, LockType.TABLE, "table lease"));
	}

	/** It outlives the loss of a lock, so it serves several tests. */
	private static StoppableJvm survivor;

	@BeforeAll
	static void startSurvivor() throws Exception {
		survivor = StoppableJvm.start();
		assertThat(survivor.next()).isEqualTo("ready");
	}

	@AfterAll
	static void stopSurvivor() throws Exception {
		survivor.close();
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void whenTheHolderIsKilledThenAWaiterTakesOver(DatabaseDialect dialect, LockType type, String kind)
			throws Exception {
		try (TestDatabase database = database(dialect); StoppableJvm holder = StoppableJvm.start()) {
			fill(database);
			assertThat(holder.next()).isEqualTo("ready");
			holder.migrate(database, new Order(type, LEASE, POLL, 2, 1, MIDDLE_OF_A_BATCH));
			assertThat(holder.next()).isEqualTo("reached");
			String process = "/" + holder.pid() + "/";
			if (dialect != DatabaseDialect.SQLITE) {
				// A SQLite database is all the holder's in the middle of a batch.
				assertThat(Migrations
					.failure(database, settings(type).withLockLimits(Duration.ofMillis(300), Duration.ofMillis(100)),
							MigrationErrorCode.LOCK_NOT_ACQUIRED)
					.getMessage()).contains(" began at 2")
					.contains(process)
					.contains("migrates python-1.14.0 to ")
					.contains("has read 0 events")
					.contains("raise adk.migration.timeout");
			}
			CountDownLatch looks = new CountDownLatch(2);
			CompletableFuture<Long> taken = CompletableFuture.supplyAsync(() -> take(database, type, looks));
			assertThat(looks.await(1, TimeUnit.MINUTES)).isTrue();
			assertThat(taken).isNotDone();
			holder.kill();
			long killed = System.nanoTime();
			Duration waited = Duration.ofNanos(taken.get(1, TimeUnit.MINUTES) - killed);
			// The last statement needs its time too.
			assertThat(waited)
				.isLessThanOrEqualTo(type == LockType.TABLE ? LEASE.plus(POLL).plusMillis(250) : POLL.plusSeconds(1));
			MigrationReport report = Migrations.migrate(database, settings(type));
			assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
			assertThat(report.lock()).startsWith(kind + " (");
			assertThat(report.notes()).anyMatch((note) -> note.startsWith("Took over from ") && note.contains(process));
			assertThat(Sql.column(database,
					"SELECT outcome FROM adk_migration_run WHERE run_number > 0 ORDER BY run_number"))
				.containsExactly("died", "migrated");
			assertThat(Sql.text(database, "SELECT took_over_from FROM adk_migration_run WHERE run_number = 2"))
				.contains(process);
			Migrations.isAtHead(database, settings(type));
		}
	}

	/** Return when the lock was obtained, and give it back. */
	private static long take(TestDatabase database, LockType type, CountDownLatch looks) {
		DataSource observed = new InterceptedDataSource(database.dataSource(), (sql) -> looks.countDown());
		try (Connection connection = observed.getConnection()) {
			if (database.dialect() == DatabaseDialect.SQLITE) {
				// It looks at a file, which no statement tells of.
				looks.countDown();
				looks.countDown();
			}
			try (HeldLock held = new MigrationLocks(observed, settings(type), null)
				.of(connection, database.dialect(), "waiter")
				.acquire(() -> "")) {
				long obtained = System.nanoTime();
				held.assertHeld();
				return obtained;
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Stream<Arguments> servers() {
		return Stream.of(DatabaseDialect.POSTGRESQL, DatabaseDialect.MARIADB, DatabaseDialect.MYSQL)
			.flatMap((dialect) -> Stream.of(Arguments.of(dialect, LockType.AUTO),
					Arguments.of(dialect, LockType.TABLE)));
	}

	@ParameterizedTest
	@MethodSource("servers")
	void whenAStoppedHolderComesBackThenItWritesNothingMore(DatabaseDialect dialect, LockType type) throws Exception {
		StoppableJvm holder = survivor;
		try (TestDatabase database = database(dialect)) {
			fill(database);
			holder.migrate(database, new Order(type, LEASE, POLL, 2, 1, beforeReading(dialect)));
			assertThat(holder.next()).isEqualTo("reached");
			holder.pause();
			if (type == LockType.AUTO) {
				endSessionOfHolder(database);
			}
			MigrationReport report = Migrations.migrate(database, settings(type));
			assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
			assertThat(report.notes())
				.anyMatch((note) -> note.startsWith("Took over from ") && note.contains("/" + holder.pid() + "/"));
			Contents before = Contents.of(database);
			holder.resume();
			holder.goOn();
			assertThat(holder.next()).startsWith("LOCK_LOST: ");
			assertThat(Contents.of(database)).isEqualTo(before);
			Migrations.isAtHead(database, settings(type));
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void whenTheLockIsLostInTheMiddleOfABatchThenTheBatchIsNotCommitted(DatabaseDialect dialect, LockType type)
			throws Exception {
		StoppableJvm holder = survivor;
		try (TestDatabase database = database(dialect); Connection connection = database.connection()) {
			fill(database);
			holder.migrate(database, new Order(type, LEASE, POLL, 2, 1, MIDDLE_OF_A_BATCH));
			assertThat(holder.next()).isEqualTo("reached");
			holder.pause();
			if (type == LockType.AUTO) {
				endSessionOfHolder(database);
			}
			try (HeldLock held = new MigrationLocks(database.dataSource(), settings(type), null)
				.of(connection, dialect, "another")
				.acquire(() -> "")) {
				holder.resume();
				holder.goOn();
				assertThat(holder.next()).startsWith("LOCK_LOST: ");
				held.assertHeld();
				assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_events_v1")).isZero();
				assertThat(Sql.number(database, "SELECT rows_read FROM adk_migration_checkpoint")).isZero();
				assertThat(Sql.text(database, "SELECT outcome FROM adk_migration_run WHERE run_number > 0"))
					.isEqualTo("running");
			}
			assertThat(Migrations.migrate(database, settings(type)).outcome()).isEqualTo(Outcome.MIGRATED);
		}
	}

	/** Before the first statement that reads old events, when the run holds no table. */
	private static String beforeReading(DatabaseDialect dialect) {
		return dialect == DatabaseDialect.POSTGRESQL ? "e.ctid > CAST(? AS tid)" : " ORDER BY e.id, e.app_name";
	}

	private static void endSessionOfHolder(TestDatabase database) throws Exception {
		MigrationException failure = Migrations.failure(database,
				settings(LockType.AUTO).withLockLimits(Duration.ofMillis(200), Duration.ofMillis(100)),
				MigrationErrorCode.LOCK_NOT_ACQUIRED);
		// The failure says how.
		String action = failure.action();
		assertThat(action).contains("If it hangs, end it with ");
		String command = action.substring(action.indexOf("end it with ") + "end it with ".length());
		Sql.execute(database, command.substring(0, command.length() - 1));
	}

	private static TestDatabase database(DatabaseDialect dialect) {
		DatabaseProvider provider = TestDatabases.embedded(dialect);
		assumeThat(provider.unavailableReason()).isEmpty();
		return provider.newDatabase();
	}

	private static void fill(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		for (String id : List.of("a", "b", "c", "d", "e")) {
			V0Rows.event(database, id);
		}
	}

	private static MigrationSettings settings(LockType type) {
		return Migrations.settings().withLockType(type).withLockLimits(Duration.ofSeconds(30), POLL).withBatchSize(2);
	}

}
