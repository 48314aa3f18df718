package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.lock.MigrationLock;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.lock.MigrationLocks;
import io.github.adkmigration.report.UnlockReport;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class UnlockTests {

	@DatabaseTest
	void whereNothingWasMigratedThereIsNoLock(TestDatabase database) {
		assertThat(unlock(database).released()).isFalse();
	}

	@DatabaseTest
	void aFreeLockIsCalledFree(TestDatabase database) {
		Migrations.migrateToHead(database);
		UnlockReport report = unlock(database);
		assertThat(report.released()).isFalse();
		assertThat(report.holder()).isNull();
		assertThat(report.text()).contains("free");
	}

	@DatabaseTest(except = { DatabaseDialect.H2, DatabaseDialect.SQLITE })
	void aLiveSessionKeepsTheLockAndIsNamed(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		try (Connection connection = database.connection()) {
			MigrationLock lock = new MigrationLocks(database.dataSource(), Migrations.settings(), null).of(connection,
					database.dialect(), "host/1/alive");
			try (HeldLock held = lock.acquire(() -> "")) {
				MigrationException failure = refused(database);
				assertThat(failure.description()).contains("session ");
				assertThat(failure.action())
					.contains(database.dialect() == DatabaseDialect.POSTGRESQL ? "pg_terminate_backend(" : "KILL ");
				held.assertHeld();
			}
		}
		assertThat(unlock(database).released()).isFalse();
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aFileThatIsLockedStaysLocked(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		try (Connection connection = database.connection();
				HeldLock held = new MigrationLocks(database.dataSource(), Migrations.settings(), null)
					.of(connection, database.dialect(), "host/1/alive")
					.acquire(() -> "")) {
			assertThat(refused(database).description()).contains("another thread of this process");
			held.assertHeld();
		}
	}

	@DatabaseTest(except = DatabaseDialect.SQLITE)
	void aLeaseThatIsValidStays(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		lease(database, "2099-01-01 00:00:00");
		MigrationException failure = refused(database);
		assertThat(failure.code().exitCode()).isEqualTo(7);
		assertThat(failure.description()).contains("host/1/dead");
		assertThat(failure.action()).contains("2099-01-01");
		assertThat(Sql.text(database, "SELECT locked_by FROM adk_migration_lock")).isEqualTo("host/1/dead");
	}

	@DatabaseTest(except = DatabaseDialect.SQLITE)
	void aLeaseOfADeadProcessThatIsOverIsReleased(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		lease(database, "2020-01-01 00:00:00");
		Sql.execute(database, "UPDATE adk_migration_run SET outcome = 'running', instance = 'host/1/dead'");
		UnlockReport report = unlock(database);
		assertThat(report.released()).isTrue();
		assertThat(report.holder()).isEqualTo("host/1/dead");
		assertThat(Migrations.migrate(database).to()).isEqualTo("python-2.10.0");
	}

	@DatabaseTest
	void aRowLeftInLiquibasesLockTableIsReleased(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		Sql.execute(database, "UPDATE adk_migration_changelog_lock SET locked = TRUE, lockedby = 'somebody'");
		UnlockReport report = unlock(database);
		assertThat(report.released()).isTrue();
		assertThat(report.holder()).isEqualTo("somebody");
		assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_changelog_lock WHERE lockedby IS NOT NULL"))
			.isZero();
	}

	private static void lease(TestDatabase database, String until) throws SQLException {
		Sql.execute(database, "DELETE FROM adk_migration_lock",
				"INSERT INTO adk_migration_lock (name, lock_until, locked_at, locked_by) VALUES ('adk-migration',"
						+ " TIMESTAMP '" + until + "', TIMESTAMP '2020-01-01 00:00:00', 'host/1/dead')");
	}

	private static UnlockReport unlock(TestDatabase database) {
		return Migrations.migrator(database.dataSource(), Migrations.settings()).unlock();
	}

	private static MigrationException refused(TestDatabase database) {
		MigrationException failure = catchThrowableOfType(MigrationException.class, () -> unlock(database));
		assertThat(failure).isNotNull();
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.REFUSED);
		return failure;
	}

}
