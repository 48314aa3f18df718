package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RefusedRun;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.RunOrigin;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A run that is refused before it begins stands in the record, where there is one, and
 * decides nothing.
 */
class RefusedRunTests {

	private static final String WRONG = "CREATE TABLE user_states (something INTEGER)";

	@DatabaseTest
	void aRefusalStandsInTheRecordOnceForEachReason(TestDatabase database) throws SQLException {
		AdkMigrator migrator = migrator(database, "deploy");
		migrator.migrate();
		Sql.execute(database, "DROP TABLE user_states", WRONG);
		MigrationException failure = refused(migrator::migrate);
		refused(migrator::migrate);
		refused(() -> migrator.stamp("0001"));
		refused(() -> migrator(database, "other").migrate());
		List<RefusedRun> refused = migrator.history().refused();
		assertThat(refused).extracting(RefusedRun::actor).containsExactly("other", "deploy", "deploy");
		assertThat(refused).extracting(RefusedRun::kind).containsExactly("upgrade", "stamp", "upgrade");
		assertThat(refused.get(2)).satisfies((first) -> {
			assertThat(first.code()).isEqualTo(failure.code().name()).isEqualTo("UNRECOGNIZED_SCHEMA");
			assertThat(first.message()).isEqualTo(failure.description());
			assertThat(first.reason()).isEqualTo("OPS-7");
			assertThat(first.last()).isAfterOrEqualTo(first.first());
		});
		assertThat(migrator.operations(2).refused()).isEqualTo(refused.subList(0, 2));
		assertThat(migrator.history().runs()).hasSize(1);
		assertThat(migrator.run(-1)).isEmpty();
		assertThat(migrator.run(1)).map((details) -> details.run().outcome()).contains("created");
	}

	@DatabaseTest
	void afterARefusalTheNextRunGoesOnAsIfThereHadBeenNone(TestDatabase database) throws SQLException {
		AdkMigrator migrator = migrator(database, "deploy");
		MigrationReport created = migrator.migrate();
		assertThat(created.runId()).isEqualTo("1");
		refused(() -> migrator.downgrade(DowngradeTarget.revision("0009")));
		assertThat(migrator.history().refused()).hasSize(1);
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.EQUAL);
		assertThat(migrator.status().lastRun()).satisfies((run) -> assertThat(run.outcome()).isEqualTo("created"));
		assertThat(migrator.status().evidence()).as("the stored fingerprint alone proves head").isEmpty();
		assertThat(migrator.migrate().outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(migrator.downgrade(DowngradeTarget.revision("0001")).runId()).isEqualTo("2");
		refused(() -> migrator.downgrade(DowngradeTarget.revision("0009")));
		assertThat(migrator.migrate().runId()).isEqualTo("3");
		assertThat(migrator.verify().differences()).isEmpty();
	}

	@DatabaseTest
	void whereTheFirstRunIsRefusedTheSecondIsNumberOne(TestDatabase database) throws SQLException {
		AdkMigrator migrator = migrator(database, "deploy");
		migrator.migrate();
		Sql.execute(database, "DELETE FROM adk_migration_run", "DELETE FROM adk_migration_step",
				"DROP TABLE user_states", WRONG);
		refused(migrator::migrate);
		assertThat(migrator.history().refused()).hasSize(1);
		assertThat(migrator.operations(10).runs()).isEmpty();
		assertThat(migrator.operations(10).refused()).hasSize(1);
		Sql.execute(database, "DROP TABLE user_states");
		Sql.execute(database, "DROP TABLE app_states", "DROP TABLE events", "DROP TABLE sessions",
				"DROP TABLE adk_internal_metadata");
		assertThat(migrator.migrate().runId()).isEqualTo("1");
	}

	@DatabaseTest
	void aDatabaseWithoutARecordStaysAsItIs(TestDatabase database) throws SQLException {
		Sql.execute(database, WRONG);
		AdkMigrator migrator = migrator(database, "deploy");
		assertThat(refused(migrator::migrate).code()).isEqualTo(MigrationErrorCode.UNRECOGNIZED_SCHEMA);
		assertThat(migrator.history().refused()).isEmpty();
		assertThat(migrator.operations(1).refused()).isEmpty();
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> Sql.execute(database, "SELECT 1 FROM adk_migration_run"));
	}

	@DatabaseTest
	void theRecordOfTablesWithOtherNamesIsLeftAlone(TestDatabase database) throws SQLException {
		AdkMigrator migrator = migrator(database, "deploy");
		migrator.migrate();
		AdkMigrator other = AdkMigrator.create(database.dataSource())
			.settings(Migrations.settings()
				.withTables(new SessionTables(null, "", Map.of(SessionTable.EVENTS, "other_events"))))
			.build();
		refused(other::migrate);
		assertThat(migrator.history().refused()).isEmpty();
	}

	private static MigrationException refused(Runnable verb) {
		return Optional.ofNullable(catchThrowableOfType(MigrationException.class, verb::run))
			.orElseThrow(() -> new AssertionError("It was not refused"));
	}

	private static AdkMigrator migrator(TestDatabase database, String actor) {
		return AdkMigrator.create(database.dataSource())
			.settings(Migrations.settings().withOrigin(new RunOrigin(null, actor, "OPS-7")))
			.build();
	}

}
