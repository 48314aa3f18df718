package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that deletes sessions while a batch with their events is written: MySQL
 * and MariaDB cascade into the new table too, each waits for the other, and the database
 * breaks off the transaction that has done less, which is ours.
 */
class DeadlockTests {

	/** As many rows as one statement of a batch carries. */
	private static final int CHUNK = 200;

	private static final int BALLAST = 5000;

	private static final String WAITING = "SELECT count(*) FROM information_schema.innodb_trx"
			+ " WHERE trx_state = 'LOCK WAIT' AND trx_query LIKE 'DELETE FROM sessions%-- ";

	/**
	 * The server renews that table only when nobody has read it for a tenth of a second.
	 */
	private static final long REFRESHED_NANOS = 150_000_000L;

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void aBatchThatTheDatabaseBreaksOffIsWrittenAgain(TestDatabase database) throws Exception {
		conversations(database);
		try (Deleting deleting = new Deleting(database, 3)) {
			MigrationReport report = Migrations
				.migrator(new InterceptedDataSource(database.dataSource(), deleting), Migrations.settings())
				.migrate();
			assertThat(deleting.times).hasValue(3);
			assertThat(report.rows().converted()).isEqualTo(2 * CHUNK);
		}
		assertThat(MigratedEvents.read(database)).hasSize(2 * CHUNK);
		Migrations.isAtHead(database, Migrations.settings());
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void aBatchThatIsBrokenOffAgainAndAgainEndsTheRunAndTheNextOneGoesOn(TestDatabase database) throws Exception {
		conversations(database);
		try (Deleting deleting = new Deleting(database, Integer.MAX_VALUE)) {
			MigrationException failure = Migrations.failure(new InterceptedDataSource(database.dataSource(), deleting),
					Migrations.settings(), MigrationErrorCode.FAILED);
			assertThat(failure.description()).contains("broke off a transaction of ours");
			assertThat(failure.action()).contains("Start again");
			assertThat(deleting.times).hasValue(10);
		}
		assertThat(Migrations.migrateToHead(database).rows().converted()).isEqualTo(2 * CHUNK);
	}

	/**
	 * Events that are read in the order of their ids, first those of one session, then
	 * those of another, whose place in an index by session is right before them and right
	 * behind that of a session without events.
	 */
	private static void conversations(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.session(database, "q");
		V0Rows.session(database, "r");
		try (Connection connection = database.connection()) {
			connection.setAutoCommit(false);
			for (int i = 0; i < 2 * CHUNK; i++) {
				V0Rows.insert(connection, database.dialect(), "events", String.format("e%03d", i),
						i < CHUNK ? "s" : "r", V0Rows.EMPTY_ACTIONS, "{}", "2025-07-01 06:00:00.000003");
			}
			connection.commit();
		}
		Sql.execute(database, "CREATE TABLE ballast (n INT)");
	}

	/**
	 * Deletes the session without events, which keeps others from inserting where they
	 * would be, and the one whose events a batch has just written, in a transaction that
	 * has done much before and thinks better of it in the end.
	 */
	private static final class Deleting implements InterceptedDataSource.Interceptor, AutoCloseable {

		private final TestDatabase database;

		private final int most;

		private final AtomicInteger times = new AtomicInteger();

		/** One after the other. */
		private final ExecutorService executor = Executors.newSingleThreadExecutor();

		private boolean half;

		Deleting(TestDatabase database, int most) {
			this.database = database;
			this.most = most;
		}

		@Override
		public void before(String sql) throws SQLException {
			if (!sql.startsWith("INSERT INTO") || !sql.contains("adk_migration_events_v1")) {
				return;
			}
			this.half = !this.half;
			if (!this.half && this.times.get() < this.most) {
				this.times.incrementAndGet();
				this.executor.submit(this::delete);
				awaitWaiting();
			}
		}

		private @Nullable Void delete() throws SQLException {
			try (Connection connection = this.database.connection();
					Statement statement = connection.createStatement()) {
				connection.setAutoCommit(false);
				statement.execute("INSERT INTO ballast VALUES "
						+ IntStream.range(0, BALLAST).mapToObj((i) -> "(" + i + ")").collect(Collectors.joining(", ")));
				statement.execute("DELETE FROM sessions WHERE id IN ('q', 's') -- " + this.times);
				connection.rollback();
				return null;
			}
		}

		@Override
		public void close() {
			this.executor.shutdown();
		}

		private void awaitWaiting() throws SQLException {
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
			while ("0".equals(Sql.text(this.database, WAITING + this.times + "'"))) {
				if (System.nanoTime() > deadline) {
					throw new SQLException("The application does not wait");
				}
				LockSupport.parkNanos(REFRESHED_NANOS);
			}
		}

	}

}
