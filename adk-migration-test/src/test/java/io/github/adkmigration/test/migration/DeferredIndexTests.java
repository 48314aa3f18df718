package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.DeferredChange;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.report.SchemaStatus;
import io.github.adkmigration.report.StepRecord;
import io.github.adkmigration.report.VerificationResult;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import io.github.adkmigration.settings.UpgradeTarget;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Head's index on a table that has more rows than a start builds an index for.
 */
class DeferredIndexTests {

	private static final int EVENTS = 3;

	private static final MigrationSettings FEW = Migrations.settings().withDeferIndexesAbove(EVENTS - 1);

	@DatabaseTest
	void aStartLeavesTheIndexOfALargeTableAndTellsHowToBuildIt(TestDatabase database) throws SQLException {
		V1Rows.create(database, EVENTS);
		AdkMigrator migrator = Migrations.migrator(database.dataSource(), FEW);
		SchemaStatus found = migrator.status();
		assertThat(found.compatibility()).isEqualTo(Compatibility.DEFERRED);
		assertThat(found.lag()).isZero();
		assertThat(found.revision()).isEqualTo("0001");
		isDeferred(found.deferred(), database);
		MigrationReport report = migrator.migrate();
		assertThat(report.outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(report.to()).isEqualTo("python-1.22.0");
		isDeferred(report.deferred(), database);
		VerificationResult verified = migrator.verify();
		assertThat(verified.differences()).isEmpty();
		assertThat(verified.notes()).anySatisfy((note) -> assertThat(note).contains(V1Rows.INDEX));
		MigrationReport built = migrator.includingDeferred().migrate();
		assertThat(built.outcome()).isEqualTo(Outcome.MIGRATED);
		assertThat(built.deferred()).isEmpty();
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.EQUAL);
		assertThat(statements(database, AdkMigrator::migrate)).hasSize(1);
	}

	@DatabaseTest
	void aTableOfJustTheLimitGetsItsIndexAtTheStart(TestDatabase database) throws SQLException {
		V1Rows.create(database, EVENTS);
		AdkMigrator migrator = Migrations.migrator(database.dataSource(),
				Migrations.settings().withDeferIndexesAbove(EVENTS));
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.BEHIND);
		MigrationReport report = migrator.migrate();
		assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
		assertThat(report.deferred()).isEmpty();
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.EQUAL);
	}

	/**
	 * SQLite records nothing of it, since its first write would have to make a backup.
	 */
	@DatabaseTest(except = DatabaseDialect.SQLITE)
	void laterStartsSeeAtAGlanceAndWithoutALockThatItIsDeferred(TestDatabase database) throws SQLException {
		V1Rows.create(database, EVENTS);
		AdkMigrator migrator = Migrations.migrator(database.dataSource(), FEW);
		migrator.migrate();
		assertThat(migrator.history().runs()).first()
			.extracting(RunDetails::run)
			.satisfies((run) -> assertThat(run.outcome()).isEqualTo("deferred"));
		assertThat(statements(database, (counted) -> isDeferred(counted.migrate().deferred(), database))).hasSize(1);
		assertThat(statements(database, (counted) -> isDeferred(counted.status().deferred(), database))).hasSize(1);
		AdkMigrator readOnly = Migrations.migrator(new ReadOnlyDataSource(database), FEW);
		isDeferred(readOnly.migrate().deferred(), database);
		SchemaStatus status = readOnly.status();
		assertThat(status.compatibility()).isEqualTo(Compatibility.DEFERRED);
		isDeferred(status.deferred(), database);
		AdkMigrator unlimited = Migrations.migrator(database.dataSource(),
				FEW.withDeferIndexesAbove(MigrationSettings.DEFERS_NONE));
		assertThat(unlimited.status().compatibility()).isEqualTo(Compatibility.BEHIND);
	}

	@DatabaseTest
	void aStartThatMayNotWriteIsNoneTheWorseForIt(TestDatabase database) throws SQLException {
		V1Rows.create(database, EVENTS);
		AdkMigrator readOnly = Migrations.migrator(new ReadOnlyDataSource(database), FEW);
		isDeferred(readOnly.migrate().deferred(), database);
	}

	@DatabaseTest
	void theRecordFollowsAnIndexThatSomebodyBuiltByHand(TestDatabase database) throws SQLException {
		V1Rows.create(database, EVENTS);
		AdkMigrator migrator = Migrations.migrator(database.dataSource(), FEW);
		List<DeferredChange> deferred = migrator.migrate().deferred();
		Sql.execute(database, deferred.get(0).statements().toArray(String[]::new));
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.EQUAL);
		assertThat(migrator.verify().differences()).isEmpty();
		assertThat(migrator.migrate().outcome()).isEqualTo(Outcome.UP_TO_DATE);
		if (database.dialect() != DatabaseDialect.SQLITE) {
			assertThat(migrator.history().runs().get(0).steps()).extracting(StepRecord::changeset, StepRecord::state)
				.containsExactly(tuple("ext_adk_0002_events_index", "applied"));
			assertThat(Sql.text(database,
					"SELECT rollback_sql FROM adk_migration_step WHERE changeset = 'ext_adk_0002_events_index'"))
				.isEqualTo("-- nothing to undo");
			assertThat(statements(database, AdkMigrator::migrate)).hasSize(1);
		}
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whatElseIsPendingIsDoneAndTheIndexDeferred(TestDatabase database) throws SQLException {
		V1Rows.create(database, EVENTS);
		Sql.execute(database, "DROP TABLE adk_internal_metadata");
		MigrationSettings settings = FEW.withOwnerColumn(OwnerColumn.parse("account_id VARCHAR(36)"));
		AdkMigrator migrator = Migrations.migrator(database.dataSource(), settings);
		SchemaStatus before = migrator.status();
		assertThat(before.compatibility()).isEqualTo(Compatibility.BEHIND);
		assertThat(before.lag()).isEqualTo(3);
		isDeferred(before.deferred(), database);
		MigrationReport report = migrator.migrate();
		assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
		isDeferred(report.deferred(), database);
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.DEFERRED);
		assertThat(statements(database, settings, (counted) -> isDeferred(counted.migrate().deferred(), database)))
			.hasSize(1);
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.SQLITE })
	void otherNamesAreDeferredAndBuiltUnderTheirOwn(TestDatabase database) throws SQLException {
		MigrationSettings settings = FEW.withTables(new SessionTables(null, "p_", Map.of()));
		AdkMigrator migrator = Migrations.migrator(database.dataSource(), settings);
		migrator.migrate(UpgradeTarget.revision("0001"));
		Sql.execute(database,
				"INSERT INTO p_sessions (app_name, user_id, id, state, create_time, update_time)"
						+ " VALUES ('shop', 'u', 's', '{}', '2026-01-02 03:04:05', '2026-01-02 03:04:05')",
				"INSERT INTO p_events (id, app_name, user_id, session_id, invocation_id, timestamp, event_data)"
						+ " SELECT n, 'shop', 'u', 's', 'i', '2026-01-02 03:04:05', '{}' FROM (SELECT '1' AS n UNION ALL"
						+ " SELECT '2' UNION ALL SELECT '3') numbers");
		assertThat(migrator.migrate().deferred()).singleElement()
			.satisfies(
					(change) -> assertThat(change.sql()).contains("idx_p_events_app_user_session_ts_id", "p_events"));
		assertThat(migrator.migrate().deferred()).hasSize(1);
		migrator.includingDeferred().migrate();
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.EQUAL);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void anInvalidIndexOfALargeTableIsDeferredWithTheSqlThatRepairsIt(TestDatabase database) throws SQLException {
		V1Rows.create(database, EVENTS);
		Sql.execute(database,
				"CREATE INDEX " + V1Rows.INDEX + " ON events (app_name, user_id, session_id, timestamp DESC, id DESC)",
				"UPDATE pg_index SET indisvalid = false WHERE indexrelid = '" + V1Rows.INDEX + "'::regclass");
		AdkMigrator migrator = Migrations.migrator(database.dataSource(), FEW);
		List<String> repair = migrator.migrate().deferred().get(0).statements();
		assertThat(repair).hasSize(2).first().asString().startsWith("DROP INDEX CONCURRENTLY ");
		assertThat(statements(database,
				(counted) -> assertThat(counted.status().deferred().get(0).statements()).isEqualTo(repair)))
			.hasSize(1);
		Sql.execute(database, repair.toArray(String[]::new));
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.EQUAL);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void statisticsThatSpeakOfManyRowsAreBelieved(TestDatabase database) throws SQLException {
		V1Rows.create(database, EVENTS);
		AdkMigrator migrator = Migrations.migrator(database.dataSource(), Migrations.settings());
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.BEHIND);
		Sql.execute(database, "UPDATE pg_class SET reltuples = 1000001 WHERE oid = 'events'::regclass");
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.DEFERRED);
	}

	private static void isDeferred(List<DeferredChange> deferred, TestDatabase database) {
		assertThat(deferred).singleElement().satisfies((change) -> {
			assertThat(change.id()).isEqualTo("ext_adk_0002_events_index");
			assertThat(change.reason()).isEqualTo(DeferredChange.Reason.LARGE_TABLE);
			assertThat(change.explanation()).contains("more than 2 rows");
			assertThat(change.statements()).singleElement()
				.asString()
				.startsWith(database.dialect() == DatabaseDialect.POSTGRESQL ? "CREATE INDEX CONCURRENTLY "
						: "CREATE INDEX ")
				.contains(V1Rows.INDEX)
				.matches((sql) -> !database.dialect().mysqlFamily() || sql.endsWith(" ALGORITHM=INPLACE LOCK=NONE"));
			assertThat(change.text()).contains("--adk.migration.job=upgrade", "adk-migrate upgrade", change.sql());
		});
	}

	private static List<String> statements(TestDatabase database, Consumer<AdkMigrator> start) {
		return statements(database, FEW, start);
	}

	private static List<String> statements(TestDatabase database, MigrationSettings settings,
			Consumer<AdkMigrator> start) {
		List<String> asked = new ArrayList<>();
		start.accept(Migrations.migrator(new InterceptedDataSource(database.dataSource(), asked::add), settings));
		return asked;
	}

}
