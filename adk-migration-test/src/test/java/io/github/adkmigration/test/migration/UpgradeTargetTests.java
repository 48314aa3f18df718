package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.Objects;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.SchemaStatus;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.settings.UpgradeTarget;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class UpgradeTargetTests {

	private static final UpgradeTarget FIRST = UpgradeTarget.revision("0001");

	@DatabaseTest
	void anEmptyDatabaseStopsAtTheFirstRevisionAndIsBehindForOthers(TestDatabase database) throws SQLException {
		AdkMigrator migrator = migrator(database);
		MigrationReport report = migrator.migrate(FIRST);
		assertThat(report.outcome()).isEqualTo(Outcome.CREATED);
		assertThat(report.to()).isEqualTo("python-1.22.0");
		isFirst(database, migrator);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void v0IsConvertedWithoutTheIndexOfHead(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e1");
		AdkMigrator migrator = migrator(database);
		assertThat(migrator.migrate(FIRST).rows().converted()).isEqualTo(1);
		assertThat(migrator.verify().differences()).isEmpty();
		isFirst(database, migrator);
		assertThat(MigratedEvents.read(database)).containsOnlyKeys("shop/u/s/e1");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void v0WithTheIndexOfHeadLeavesItToTheKeptTable(TestDatabase database) throws SQLException {
		Layouts.named("python-2.10.0-v0", database.dialect()).create(database);
		AdkMigrator migrator = migrator(database);
		migrator.migrate(FIRST);
		isFirst(database, migrator);
	}

	@DatabaseTest
	void theSameTargetAgainFindsNothingToDo(TestDatabase database) throws SQLException {
		migrator(database).migrate(FIRST);
		Contents before = Contents.of(database);
		MigrationReport report = Migrations.migrator(new ReadOnlyDataSource(database), Migrations.settings())
			.migrate(FIRST);
		assertThat(report.outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void oneStepLeadsFromTheFirstV1ToHead(TestDatabase database) throws SQLException {
		Layouts.named("python-1.22.0", database.dialect()).create(database);
		AdkMigrator migrator = migrator(database);
		assertThat(migrator.plan(UpgradeTarget.steps(1)).to()).isEqualTo("0002");
		migrator.migrate(UpgradeTarget.steps(1));
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.EQUAL);
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aTargetBelowTheDatabaseIsRefusedWithTheKnownOnes(TestDatabase database) {
		AdkMigrator migrator = migrator(database);
		migrator.migrate();
		assertThat(refused(migrator, FIRST)).hasMessageContaining("at revision 0002")
			.hasMessageContaining("back to 0001")
			.hasMessageContaining("Use one of 0002, or head");
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void anUnknownTargetIsRefusedWithTheKnownOnes(TestDatabase database) throws SQLException {
		assertThat(refused(migrator(database), UpgradeTarget.revision("9999"))).hasMessageContaining("'9999'")
			.hasMessageContaining("base, 0001, 0002, or head");
		assertThat(Contents.of(database).tables()).isEmpty();
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void moreStepsThanThereAreAreRefused(TestDatabase database) {
		assertThat(refused(migrator(database), UpgradeTarget.steps(3))).hasMessageContaining("'+3' above base");
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void asManyStepsAsThereAreLeadToHead(TestDatabase database) {
		AdkMigrator migrator = migrator(database);
		migrator.migrate(UpgradeTarget.parse("+2"));
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.EQUAL);
	}

	private static void isFirst(TestDatabase database, AdkMigrator migrator) throws SQLException {
		assertThat(events(database).indexes()).extracting(Catalog.Index::name)
			.doesNotContain("idx_events_app_user_session_ts_id");
		SchemaStatus status = migrator.status();
		assertThat(status.compatibility()).isEqualTo(Compatibility.BEHIND);
		assertThat(status.revision()).isEqualTo("0001");
		assertThat(status.pending()).containsExactly("Create the index on events by session and time");
		assertThat(migrator.migrate().outcome()).isEqualTo(Outcome.MIGRATED);
		assertThat(events(database).indexes()).extracting(Catalog.Index::name)
			.contains("idx_events_app_user_session_ts_id");
		Migrations.isAtHead(database, Migrations.settings());
	}

	private static Catalog.Table events(TestDatabase database) throws SQLException {
		return Objects.requireNonNull(CreationTests.tables(database).get("events"));
	}

	private static AdkMigrator migrator(TestDatabase database) {
		return Migrations.migrator(database.dataSource(), Migrations.settings());
	}

	private static MigrationException refused(AdkMigrator migrator, UpgradeTarget target) {
		MigrationException failure = catchThrowableOfType(MigrationException.class, () -> migrator.migrate(target));
		assertThat(failure).isNotNull();
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.INVALID_SETTING);
		return failure;
	}

}
