package io.github.adkmigration.test.migration;

import java.sql.SQLException;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class StampTests {

	private static final String HEAD = "python-2.10.0";

	@DatabaseTest
	void tablesThatEqualHeadGetARecord(TestDatabase database) throws SQLException {
		Layouts.named(HEAD, database.dialect()).create(database);
		MigrationReport report = stamp(database, "0002");
		assertThat(report.outcome()).isEqualTo(Outcome.STAMPED);
		assertThat(report.from()).isEqualTo("base");
		assertThat(report.to()).isEqualTo("0002");
		assertThat(Sql.text(database, "SELECT kind FROM adk_migration_run")).isEqualTo("stamp");
		assertThat(Sql.text(database, "SELECT fingerprint FROM adk_migration_run")).hasSize(64);
		Migrations.isAtHead(database, Migrations.settings());
	}

	@DatabaseTest
	void whatWasOnlyRecordedIsNotDropped(TestDatabase database) throws SQLException {
		Layouts.named(HEAD, database.dialect()).create(database);
		Contents before = Contents.ofSessionTables(database);
		stamp(database, "0002");
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void tablesWithoutTheIndexAreOfTheFirstRevision(TestDatabase database) throws SQLException {
		Layouts.named("python-1.22.0", database.dialect()).create(database);
		refused(database, "0002", "ext_adk_0002_events_index");
		assertThat(stamp(database, "0001").to()).isEqualTo("0001");
		refused(database, "base", "python-1.22.0");
	}

	@DatabaseTest
	void headIsNotRecordedAsTheFirstRevision(TestDatabase database) throws SQLException {
		Layouts.named(HEAD, database.dialect()).create(database);
		Contents before = Contents.of(database);
		refused(database, "0001", "nothing is pending");
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest
	void whatSomebodyUndidByHandIsRecordedAsUndone(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		refused(database, "0001", "nothing is pending");
		String rollback = String
			.valueOf(Sql.text(database, "SELECT rollback_sql FROM adk_migration_step WHERE revision = '0002'"));
		Sql.execute(database, rollback.substring(0, rollback.length() - 1));
		stamp(database, "0001");
		assertThat(Sql.text(database, "SELECT state FROM adk_migration_step WHERE revision = '0002'"))
			.isEqualTo("undone");
		Migrations.migrateToHead(database);
	}

	@DatabaseTest
	void whatANewerVersionAppliedIsNotStampedAway(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN);
		refused(database, "0002", "0003");
	}

	@DatabaseTest
	void anUnknownRevisionIsAWrongSetting(TestDatabase database) {
		MigrationException failure = catchThrowableOfType(MigrationException.class, () -> stamp(database, "0007"));
		assertThat(failure).isNotNull();
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.INVALID_SETTING);
	}

	private static MigrationReport stamp(TestDatabase database, String revision) {
		return Migrations.migrator(database.dataSource(), Migrations.settings()).stamp(revision);
	}

	private static void refused(TestDatabase database, String revision, String because) {
		MigrationException failure = catchThrowableOfType(MigrationException.class, () -> stamp(database, revision));
		assertThat(failure).isNotNull();
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.REFUSED);
		assertThat(failure.description()).contains(because);
	}

}
