package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.MigrationLock;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.lock.MigrationLocks;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.Capability;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
