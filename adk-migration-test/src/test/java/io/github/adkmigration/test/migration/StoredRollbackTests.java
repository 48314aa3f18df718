package io.github.adkmigration.test.migration;

import java.sql.SQLException;

import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is stored with a change undoes it, whatever the changelog of this version says.
 */
class StoredRollbackTests {

	@DatabaseTest
	void changesOfANewerVersionAreUndone(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		Contents head = Contents.ofSessionTables(database);
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN, NewerLibrary.TABLE);
		assertThat(Contents.ofSessionTables(database)).isNotEqualTo(head);
		DowngradeReport report = Migrations.downgrade(database, DowngradeTarget.revision("0002"));
		assertThat(report.from()).isEqualTo("0004");
		assertThat(report.to()).isEqualTo("0002");
		assertThat(report.undone()).extracting("id").containsExactly("ext_adk_0004_artifacts", "ext_adk_0003_labels");
		assertThat(Contents.ofSessionTables(database)).isEqualTo(head);
		assertThat(Sql.column(database, "SELECT id FROM adk_migration_changelog")).isNotEmpty()
			.doesNotContain("ext_adk_0003_labels", "ext_adk_0004_artifacts");
		Migrations.isAtHead(database, Migrations.settings());
	}

	/** With the changelog of this version Liquibase undoes the index instead. */
	@DatabaseTest
	void aCountUndoesTheNewestChangeAlsoIfThisVersionDoesNotKnowIt(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN);
		Contents before = Contents.ofSessionTables(database);
		NewerLibrary.apply(database, "3.0", NewerLibrary.TABLE);
		DowngradeReport report = Migrations.downgrade(database, DowngradeTarget.count(1));
		assertThat(report.undone()).extracting("id").containsExactly("ext_adk_0004_artifacts");
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		assertThat(report.to()).isEqualTo("0003");
	}

	@DatabaseTest
	void storedSqlThatSomebodyChangedIsNotExecuted(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN, NewerLibrary.TABLE);
		for (String column : new String[] { "rollback_sql", "forward_sql" }) {
			String original = Sql.text(database, sql(column));
			Sql.update(database,
					"UPDATE adk_migration_step SET " + column + " = ? WHERE changeset = 'ext_adk_0003_labels'",
					"DROP TABLE user_states");
			Contents before = Contents.of(database);
			MigrationException failure = Migrations.refused(database, DowngradeTarget.revision("0002"));
			assertThat(failure.code()).isEqualTo(MigrationErrorCode.REFUSED);
			assertThat(failure.description()).contains("ext_adk_0003_labels").contains("not what was recorded");
			assertThat(Contents.of(database)).isEqualTo(before);
			Sql.update(database,
					"UPDATE adk_migration_step SET " + column + " = ? WHERE changeset = 'ext_adk_0003_labels'",
					original);
		}
		assertThat(Migrations.downgrade(database, DowngradeTarget.revision("0002")).outcome())
			.isEqualTo(Outcome.UNDONE);
	}

	private static String sql(String column) {
		return "SELECT " + column + " FROM adk_migration_step WHERE changeset = 'ext_adk_0003_labels'";
	}

	@DatabaseTest
	void aChangeThatNobodySaidHowToUndoIsRefusedByName(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		Changeset oneWay = NewerLibrary.change("0003_one_way", "0001",
				"ALTER TABLE sessions ADD COLUMN labels VARCHAR(64)");
		NewerLibrary.apply(database, "2.0", oneWay, NewerLibrary.TABLE);
		Contents before = Contents.of(database);
		MigrationException failure = Migrations.refused(database, DowngradeTarget.base());
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.REFUSED);
		assertThat(failure.description()).contains("ext_adk_0003_one_way");
		assertThat(Contents.of(database)).isEqualTo(before);
		assertThat(Migrations.downgrade(database, DowngradeTarget.revision("0003")).to()).isEqualTo("0003");
	}

	@DatabaseTest
	void aTableOfANewerVersionThatHoldsRowsIsNotDropped(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN, NewerLibrary.TABLE);
		Sql.execute(database, "INSERT INTO adk_artifacts (id) VALUES ('a')");
		Contents before = Contents.of(database);
		MigrationException failure = Migrations.refused(database, DowngradeTarget.revision("0002"));
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.REFUSED);
		assertThat(failure.description()).contains("adk_artifacts (1 rows)");
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest
	void aRevisionThatNobodyKnowsIsAWrongSetting(TestDatabase database) {
		Migrations.migrateToHead(database);
		MigrationException failure = Migrations.refused(database, DowngradeTarget.revision("0007"));
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.INVALID_SETTING);
		assertThat(failure.action()).contains("0001, 0002");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aConversionCannotBeUndoneToTheMiddle(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Migrations.migrateToHead(database);
		MigrationException failure = Migrations.refused(database, DowngradeTarget.revision("0001"));
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.REFUSED);
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN);
		assertThat(Migrations.downgrade(database, DowngradeTarget.revision("0002")).to()).isEqualTo("0002");
		Migrations.isAtHead(database, Migrations.settings());
	}

	@DatabaseTest
	void whatANewerVersionBeganAndDidNotApplyIsForgotten(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		Contents head = Contents.ofSessionTables(database);
		NewerLibrary.die(database, NewerLibrary.COLUMN, false);
		Migrations.downgrade(database, DowngradeTarget.revision("0002"));
		assertThat(Contents.ofSessionTables(database)).isEqualTo(head);
		Migrations.isAtHead(database, Migrations.settings());
	}

	@DatabaseTest
	void whatANewerVersionAppliedAndDidNotRecordIsUndone(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		Contents head = Contents.ofSessionTables(database);
		NewerLibrary.die(database, NewerLibrary.TABLE, true);
		assertThat(Contents.ofSessionTables(database)).isNotEqualTo(head);
		Migrations.downgrade(database, DowngradeTarget.revision("0002"));
		assertThat(Contents.ofSessionTables(database)).isEqualTo(head);
		Migrations.isAtHead(database, Migrations.settings());
	}

	@DatabaseTest
	void aheadAndCompatibleBecomesEqualAndThenBehind(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN);
		assertThat(compatibility(database)).isEqualTo(Compatibility.AHEAD_COMPATIBLE);
		Migrations.downgrade(database, DowngradeTarget.revision("0002"));
		assertThat(compatibility(database)).isEqualTo(Compatibility.EQUAL);
		Migrations.downgrade(database, DowngradeTarget.revision("0001"));
		assertThat(compatibility(database)).isEqualTo(Compatibility.BEHIND);
	}

	@DatabaseTest
	void aheadAndIncompatibleBecomesCompatible(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		NewerLibrary.apply(database, "2.0", NewerLibrary.COLUMN, NewerLibrary.BREAKING);
		assertThat(compatibility(database)).isEqualTo(Compatibility.AHEAD_INCOMPATIBLE);
		Migrations.downgrade(database, DowngradeTarget.count(1));
		assertThat(compatibility(database)).isEqualTo(Compatibility.AHEAD_COMPATIBLE);
	}

	private static Compatibility compatibility(TestDatabase database) {
		return Migrations.migrator(database.dataSource(), Migrations.settings()).status().compatibility();
	}

}
