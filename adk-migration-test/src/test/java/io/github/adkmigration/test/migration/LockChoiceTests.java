package io.github.adkmigration.test.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.MigrationLock;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.lock.MigrationLocks;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.Capability;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LockChoiceTests {

	private static final Duration POLL = Duration.ofMillis(50);

	@DatabaseTest
	void theReportSaysWhichKindAndWhy(TestDatabase database) {
		assertThat(Migrations.migrate(database).lock()).isEqualTo(switch (database.dialect()) {
			case SQLITE -> "file lock (the operating system keeps it as long as this process)";
			case H2 -> "table lease (the only kind on H2)";
			case POSTGRESQL -> "advisory lock (the server keeps it as long as the session of the run)";
			case MYSQL, MARIADB -> "GET_LOCK (the server keeps it as long as the session of the run)";
		});
		assertThat(Migrations.migrate(database).lock()).as("nothing pending").isNull();
	}

	@DatabaseTest
	void aKindThatTheDatabaseDoesNotHaveIsRefused(TestDatabase database) {
		LockType missing = database.can(Capability.SERVER) ? LockType.FILE : LockType.ADVISORY;
		MigrationException failure = Migrations.failure(database, Migrations.settings().withLockType(missing),
				MigrationErrorCode.INVALID_SETTING);
		assertThat(failure.description()).contains("adk.migration.lock.type", missing.name().toLowerCase(Locale.ROOT));
		assertThat(failure.action()).startsWith("Set it to auto or ");
	}

	@DatabaseTest(requires = Capability.SERVER)
	void aLeaseAndALockOfTheSessionKeepEachOtherOut(TestDatabase database) throws SQLException {
		try (Connection first = database.connection(); Connection second = database.connection()) {
			new RunRecorder(database.dialect(), SessionTables.defaults()).createTables(first);
			for (LockType type : new LockType[] { LockType.ADVISORY, LockType.TABLE }) {
				LockType other = type == LockType.TABLE ? LockType.ADVISORY : LockType.TABLE;
				try (HeldLock held = lock(database, first, "first", type).acquire(() -> "")) {
					held.assertHeld();
					assertThatExceptionOfType(MigrationException.class)
						.isThrownBy(() -> lock(database, second, "second", other).acquire(() -> ""))
						.satisfies((failure) -> assertThat(failure.code())
							.isEqualTo(MigrationErrorCode.LOCK_NOT_ACQUIRED));
				}
				lock(database, second, "third", other).acquire(() -> "").close();
			}
		}
	}

	@DatabaseTest(requires = Capability.SERVER)
	void severalTargetsInOneDatabaseHaveALockEach(TestDatabase database) throws SQLException {
		try (Connection first = database.connection(); Connection second = database.connection()) {
			new RunRecorder(database.dialect(), SessionTables.defaults()).createTables(first);
			new RunRecorder(database.dialect(), SessionTables.withPrefix("crm_")).createTables(first);
			try (HeldLock held = lock(database, first, "first", LockType.AUTO).acquire(() -> "");
					HeldLock other = new MigrationLocks(database.dataSource(),
							settings(LockType.AUTO).withTables(SessionTables.withPrefix("crm_")), null)
						.of(second, database.dialect(), "second")
						.acquire(() -> "")) {
				held.assertHeld();
				other.assertHeld();
			}
		}
	}

	@DatabaseTest(requires = Capability.SERVER)
	void aLockOfTheSessionIsGoneFromAConnectionThatGoesBackToItsPool(TestDatabase database) throws SQLException {
		try (Connection connection = database.connection()) {
			new RunRecorder(database.dialect(), SessionTables.defaults()).createTables(connection);
			lock(database, connection, "first", LockType.ADVISORY).acquire(() -> "").close();
			assertThat(connection.isValid(1)).isTrue();
			try (Connection other = database.connection()) {
				lock(database, other, "second", LockType.ADVISORY).acquire(() -> "").close();
			}
			HeldLock held = lock(database, connection, "third", LockType.ADVISORY).acquire(() -> "");
			connection.close();
			assertThatExceptionOfType(MigrationException.class).isThrownBy(held::assertHeld)
				.satisfies((failure) -> assertThat(failure.code()).isEqualTo(MigrationErrorCode.LOCK_LOST));
			held.close();
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MARIADB, DatabaseDialect.MYSQL })
	void aPoolOfOneConnectionIsEnoughForALockOfTheSession(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		try (Connection only = database.connection()) {
			AtomicInteger lent = new AtomicInteger();
			DataSource pool = new SingleConnectionDataSource(only, true) {

				@Override
				public Connection getConnection() throws SQLException {
					if (lent.incrementAndGet() > 1) {
						throw new SQLTransientConnectionException("The pool has one connection");
					}
					return super.getConnection();
				}

			};
			MigrationSettings settings = Migrations.settings();
			assertThat(Migrations.migrator(pool, settings).migrate().outcome()).isEqualTo(Outcome.MIGRATED);
			// The pool has it again, with nothing of the run on it.
			Migrations.isAtHead(database, settings);
			lock(database, only, "next", LockType.ADVISORY).acquire(() -> "").close();
			assertThat(only.getAutoCommit()).isTrue();
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.MARIADB, DatabaseDialect.MYSQL })
	void whileAHolderHasTheTablesToItselfAWaiterStillEndsItsWait(TestDatabase database) throws SQLException {
		LockType type = database.dialect() == DatabaseDialect.MYSQL ? LockType.ADVISORY : LockType.TABLE;
		try (Connection holder = database.connection(); Connection waiter = database.connection()) {
			new RunRecorder(database.dialect(), SessionTables.defaults()).createTables(holder);
			holder.createStatement().execute("LOCK TABLES adk_migration_lock WRITE");
			assertThatExceptionOfType(MigrationException.class)
				.isThrownBy(() -> lock(database, waiter, "waiter", type).acquire(() -> ""))
				.satisfies((failure) -> assertThat(failure.code()).isEqualTo(MigrationErrorCode.LOCK_NOT_ACQUIRED));
			holder.createStatement().execute("UNLOCK TABLES");
			lock(database, waiter, "waiter", type).acquire(() -> "").close();
		}
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void aTransactionThatIsLongerThanTheLeaseLosesNothing(TestDatabase database) throws Exception {
		try (Connection run = database.connection(); Connection other = database.connection()) {
			new RunRecorder(database.dialect(), SessionTables.defaults()).createTables(run);
			MigrationSettings settings = settings(LockType.TABLE).withLockLimits(Duration.ofSeconds(2), POLL);
			try (HeldLock held = new MigrationLocks(database.dataSource(), settings, null)
				.of(run, database.dialect(), "first")
				.acquire(() -> "")) {
				held.connection().setAutoCommit(false);
				held.assertHeld();
				// The heartbeat waits for this transaction, and so does everybody else.
				assertThatExceptionOfType(MigrationException.class)
					.isThrownBy(() -> new MigrationLocks(database.dataSource(), settings, null)
						.of(other, database.dialect(), "second")
						.acquire(() -> ""))
					.withMessageContaining("was held by first since");
				held.connection().commit();
				held.connection().setAutoCommit(true);
				Thread.sleep(Duration.ofMillis(1500).toMillis());
				held.assertHeld();
			}
		}
	}

	@Test
	void aDatabaseInMemoryLeavesNoFile() throws SQLException, IOException {
		List<Path> before = temporaryFiles();
		try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
			MigrationReport report = Migrations
				.migrator(new SingleConnectionDataSource(memory, true), Migrations.settings())
				.migrate();
			assertThat(report.outcome()).isEqualTo(Outcome.CREATED);
			assertThat(report.lock()).startsWith("lock within this process (");
		}
		assertThat(temporaryFiles()).isEqualTo(before);
	}

	private static List<Path> temporaryFiles() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> file.getFileName().toString().startsWith("adk-migration")).sorted().toList();
		}
	}

	@DatabaseTest(dialects = DatabaseDialect.MYSQL)
	void aDriverThatReconnectsByItselfIsNoticed(TestDatabase database) throws SQLException {
		DataSource reconnecting = new DriverManagerDataSource(database.jdbcUrl() + "&autoReconnect=true",
				database.username(), database.password());
		try (Connection connection = reconnecting.getConnection()) {
			new RunRecorder(database.dialect(), SessionTables.defaults()).createTables(connection);
			Sql.execute(database, "CREATE TABLE written (id INTEGER)");
			HeldLock held = lock(database, connection, "first", LockType.ADVISORY).acquire(() -> "");
			held.connection().createStatement().execute("INSERT INTO written VALUES (1)");
			try (ResultSet session = connection.createStatement().executeQuery("SELECT CONNECTION_ID()")) {
				session.next();
				Sql.execute(database, "KILL " + session.getLong(1));
			}
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> connection.createStatement().execute("SELECT 1"));
			connection.createStatement().execute("SELECT 1");
			assertThatExceptionOfType(MigrationException.class)
				.isThrownBy(() -> held.connection().createStatement().execute("INSERT INTO written VALUES (2)"))
				.satisfies((failure) -> assertThat(failure.code()).isEqualTo(MigrationErrorCode.LOCK_LOST))
				.withMessageContaining("is not held by the session in use");
			assertThat(Sql.column(database, "SELECT id FROM written")).containsExactly("1");
			held.close();
		}
	}

	@DatabaseTest
	void aLockThatADeadProcessLeftInLiquibasesTableBlocksNobody(TestDatabase database) throws SQLException {
		Migrations.migrate(database);
		boolean mysql = database.dialect().mysqlFamily();
		if (mysql) {
			// MySQL keeps the last index that covers a foreign key.
			Sql.execute(database, "CREATE INDEX other ON events (app_name, user_id, session_id)");
		}
		Sql.execute(database, "DROP INDEX idx_events_app_user_session_ts_id" + (mysql ? " ON events" : ""),
				"DELETE FROM adk_migration_changelog_lock",
				"INSERT INTO adk_migration_changelog_lock (id, locked, lockgranted, lockedby) VALUES (1, "
						+ (database.dialect() == DatabaseDialect.SQLITE ? "1" : "TRUE")
						+ ", '2025-01-01 00:00:00', 'dead')");
		assertThat(Migrations.migrate(database).outcome()).isEqualTo(Outcome.MIGRATED);
		assertThat(Sql.column(database, "SELECT lockedby FROM adk_migration_changelog_lock")).containsOnlyNulls();
	}

	@ParameterizedTest
	@EnumSource(names = { "ADVISORY", "TABLE" })
	void aWaiterSendsAtMostTwoStatementsPerPoll(LockType type) throws SQLException {
		for (DatabaseProvider provider : Stream
			.of(DatabaseDialect.POSTGRESQL, DatabaseDialect.MARIADB, DatabaseDialect.MYSQL)
			.map(TestDatabases::embedded)
			.filter((candidate) -> candidate.unavailableReason().isEmpty())
			.toList()) {
			try (TestDatabase database = provider.newDatabase(); Connection holder = database.connection()) {
				new RunRecorder(database.dialect(), SessionTables.defaults()).createTables(holder);
				for (LockType held : new LockType[] { LockType.ADVISORY, LockType.TABLE }) {
					try (HeldLock lock = lock(database, holder, "holder", held).acquire(() -> "")) {
						lock.assertHeld();
						statementsPerPoll(database, type);
					}
				}
			}
		}
	}

	private static void statementsPerPoll(TestDatabase database, LockType type) throws SQLException {
		Pattern once = Pattern.compile(type == LockType.ADVISORY ? "pg_try_advisory_lock|GET_LOCK"
				: "NOT EXISTS \\(SELECT 1 FROM pg_catalog.pg_locks|IS_USED_LOCK.*IS NULL");
		AtomicInteger statements = new AtomicInteger();
		AtomicInteger polls = new AtomicInteger();
		InterceptedDataSource counting = new InterceptedDataSource(database.dataSource(), (sql) -> {
			statements.incrementAndGet();
			if (once.matcher(sql).find()) {
				polls.incrementAndGet();
			}
		});
		try (Connection waiting = counting.getConnection()) {
			MigrationLock lock = new MigrationLocks(counting, settings(type), null).of(waiting, database.dialect(),
					"waiter");
			statements.set(0);
			assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> lock.acquire(() -> ""));
			assertThat(polls.get()).isGreaterThan(3);
			// The first look may have to make the row, and the last asks who it is.
			assertThat(statements.get() - 2).as(database + ", " + type).isLessThanOrEqualTo(2 * polls.get());
		}
	}

	private static MigrationLock lock(TestDatabase database, Connection connection, String instance, LockType type)
			throws SQLException {
		return new MigrationLocks(database.dataSource(), settings(type), null).of(connection, database.dialect(),
				instance);
	}

	private static MigrationSettings settings(LockType type) {
		return Migrations.settings().withLockType(type).withLockLimits(Duration.ofMillis(500), POLL);
	}

}
