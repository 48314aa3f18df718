package io.github.adkmigration.test.migration;

import java.sql.SQLException;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

class VersionDowngradeTests {

	@DatabaseTest
	void theStateThatAVersionLeftIsReached(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database, version("1.0"));
		Contents left = Contents.ofSessionTables(database);
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN);
		NewerLibrary.apply(database, "3.0", NewerLibrary.TABLE);
		DowngradeReport report = Migrations.downgrade(database, DowngradeTarget.applicationVersion("1.0"));
		assertThat(report.to()).isEqualTo("0002");
		assertThat(Contents.ofSessionTables(database)).isEqualTo(left);
	}

	@DatabaseTest
	void anUnknownVersionIsAnsweredWithTheKnownOnes(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database, version("1.0"));
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN);
		MigrationException failure = Migrations.refused(database, DowngradeTarget.applicationVersion("1.5"));
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.INVALID_SETTING);
		assertThat(failure.code().exitCode()).isEqualTo(2);
		assertThat(failure.action()).endsWith("2.0, 1.0.");
	}

	@DatabaseTest
	void aVersionThatBroughtNoChangeIsKnownToo(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database, version("1.0"));
		Contents left = Contents.ofSessionTables(database);
		assertThat(Migrations.migrate(database, version("1.1")).outcome()).isEqualTo(Outcome.UP_TO_DATE);
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN);
		Migrations.downgrade(database, DowngradeTarget.applicationVersion("1.1"));
		assertThat(Contents.ofSessionTables(database)).isEqualTo(left);
	}

	@DatabaseTest
	void startsOfTheSameVersionsAreRecordedOnce(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database, version("1.0"));
		for (int i = 0; i < 3; i++) {
			Migrations.migrate(database, version("1.1"));
			Migrations.migrate(database, version("1.0"));
		}
		assertThat(Sql.column(database, "SELECT application_version FROM adk_migration_run ORDER BY run_number"))
			.containsExactly("1.0", "1.1");
		Migrations.isAtHead(database, version("1.0"));
	}

	/** H2 knows no read-only connection. */
	@DatabaseTest(except = DatabaseDialect.H2)
	void aStartThatMayNotWriteIsUpToDateAllTheSame(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database, version("1.0"));
		Migrations.isAtHead(database, version("1.1"));
		assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_run")).isEqualTo(1);
	}

	@DatabaseTest
	void anotherRunOfAVersionMovesItsMark(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database, version("1.0"));
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN);
		NewerLibrary.apply(database, "2.0", NewerLibrary.TABLE);
		DowngradeReport report = Migrations.downgrade(database, DowngradeTarget.applicationVersion("2.0"));
		assertThat(report.outcome()).isEqualTo(Outcome.UP_TO_DATE);
	}

	/**
	 * The patch release of an old line comes after the new line, with a change of its
	 * own.
	 */
	@DatabaseTest
	void aBackportIsReachedAlthoughANewerVersionCameBeforeIt(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database, version("49.0"));
		NewerLibrary.apply(database, "50.0", NewerLibrary.COLUMN);
		Migrations.downgrade(database, DowngradeTarget.applicationVersion("49.0"));
		NewerLibrary.apply(database, "49.1", NewerLibrary.OTHER_COLUMN);
		Contents left = Contents.ofSessionTables(database);
		NewerLibrary.apply(database, "50.1", NewerLibrary.COLUMN, NewerLibrary.TABLE);
		DowngradeReport report = Migrations.downgrade(database, DowngradeTarget.applicationVersion("49.1"));
		assertThat(report.undone()).extracting("id").containsExactly("ext_adk_0004_artifacts", "ext_adk_0003_labels");
		assertThat(Contents.ofSessionTables(database)).isEqualTo(left);
	}

	@DatabaseTest
	void aVersionWhoseChangesWereUndoneCannotBeReachedByGoingBack(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database, version("1.0"));
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN);
		Migrations.downgrade(database, DowngradeTarget.applicationVersion("1.0"));
		MigrationException failure = Migrations.refused(database, DowngradeTarget.applicationVersion("2.0"));
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.REFUSED);
		assertThat(failure.description()).contains("ext_adk_0003_labels");
	}

	/** Helm's hook may run with the new image. */
	@DatabaseTest
	void aDowngradeByAVersionDoesNotMoveItsMark(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database, version("1.0"));
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN);
		Migrations.migrator(database.dataSource(), version("2.0")).downgrade(DowngradeTarget.applicationVersion("1.0"));
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN);
		Contents left = Contents.ofSessionTables(database);
		NewerLibrary.apply(database, "3.0", NewerLibrary.TABLE);
		Migrations.downgrade(database, DowngradeTarget.applicationVersion("2.0"));
		assertThat(Contents.ofSessionTables(database)).isEqualTo(left);
	}

	private static MigrationSettings version(String version) {
		return Migrations.settings().withApplicationVersion(version);
	}

}
