package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.DowngradePlan;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.KeptTable;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Layouts;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class DowngradeTests {

	static Stream<Arguments> layouts() {
		return TestDatabases.of()
			.stream()
			.filter((provider) -> provider.dialect() != DatabaseDialect.H2)
			.flatMap((provider) -> HistoricRows.layouts(provider.dialect())
				.map((layout) -> Arguments.of(layout, Named.of(provider.name(), provider))));
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("layouts")
	void theOldTablesAndRowsAreWhatTheyWereAndNewEventsAreKept(String layout, DatabaseProvider provider)
			throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			HistoricRows.fill(database, layout);
			Contents rows = Contents.ofSessionTables(database);
			Definitions definitions = Definitions.of(database);
			Migrations.migrateToHead(database);
			HistoricRows.append(database, "new-1");
			HistoricRows.append(database, "new-2");
			DowngradeReport report = Migrations.downgrade(database, DowngradeTarget.base());
			assertThat(report.outcome()).isEqualTo(Outcome.UNDONE);
			assertThat(report.to()).isEqualTo("base");
			assertThat(report.kept()).contains(new KeptTable("adk_migration_events_since", 2));
			assertThat(Contents.ofSessionTables(database)).isEqualTo(rows);
			assertThat(Definitions.of(database)).isEqualTo(definitions);
			assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_events_since"))
				.isEqualTo(HistoricRows.EVENTS + 2);
			assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_step WHERE state <> 'undone'"))
				.isZero();
			assertThat(Migrations.migrator(database.dataSource(), Migrations.settings()).status().compatibility())
				.isEqualTo(Compatibility.BEHIND);
		}
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("layouts")
	void anotherUpgradeBringsOldAndNewEventsEachOnce(String layout, DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			HistoricRows.fill(database, layout);
			Migrations.migrateToHead(database);
			HistoricRows.append(database, "new-1");
			HistoricRows.begin(database, "later");
			List<String> before = rows(database);
			Migrations.downgrade(database, DowngradeTarget.base());
			MigrationReport report = Migrations.migrateToHead(database);
			assertThat(report.notes())
				.anySatisfy((note) -> assertThat(note).startsWith("2 events").contains("adk_migration_events_since"));
			assertThat(rows(database)).isEqualTo(before);
			HistoricRows.append(database, "new-2");
			DowngradeReport again = Migrations.downgrade(database, DowngradeTarget.base());
			assertThat(again.kept()).contains(new KeptTable("adk_migration_events_since_2", 3));
			Migrations.migrateToHead(database);
			assertThat(rows(database)).containsAll(before).hasSize(before.size() + 1);
		}
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("layouts")
	void sessionsThatBeganSinceStayBesideTheOldOnes(String layout, DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			HistoricRows.fill(database, layout);
			List<String> old = sessions(database);
			Migrations.migrateToHead(database);
			HistoricRows.begin(database, "later");
			Sql.execute(database,
					"UPDATE sessions SET state = '{\"changed\": 1}' WHERE id = '" + session(database) + "'");
			Migrations.downgrade(database, DowngradeTarget.base());
			assertThat(sessions(database)).hasSize(old.size() + 1).containsAll(old.subList(1, old.size()));
			assertThat(Sql.text(database, "SELECT state FROM sessions WHERE id = '" + session(database) + "'"))
				.contains("changed");
			assertThat(Sql.text(database, "SELECT state FROM user_states WHERE user_id = 'newcomer'")).contains("seen");
			if (layout.startsWith("python-sqliteservice")) {
				assertThat(Sql.text(database,
						"SELECT typeof(update_time) || update_time FROM sessions WHERE id = 'later'"))
					.isEqualTo("real1767323045.000006");
			}
		}
	}

	@DatabaseTest
	void emptyTablesThatWereCreatedAreDropped(TestDatabase database) throws SQLException {
		Contents before = Contents.ofSessionTables(database);
		Migrations.migrateToHead(database);
		DowngradeReport report = Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(report.kept()).isEmpty();
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		assertThat(Migrations.migrateToHead(database).outcome()).isEqualTo(Outcome.CREATED);
	}

	@DatabaseTest
	void createdTablesThatHoldRowsAreNotDropped(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		V0Rows.session(database, "s");
		Contents before = Contents.of(database);
		MigrationException failure = Migrations.refused(database, DowngradeTarget.base());
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.REFUSED);
		assertThat(failure.code().exitCode()).isEqualTo(7);
		assertThat(failure.description()).contains("sessions (1 rows)");
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void theFirstV1LosesTheIndexAgainAndKeepsItsRows(TestDatabase database) throws SQLException {
		Layouts.named("python-1.22.0", database.dialect()).create(database);
		V0Rows.session(database, "s");
		HistoricRows.append(database, "e");
		Contents rows = Contents.ofSessionTables(database);
		Definitions definitions = Definitions.of(database);
		Migrations.migrateToHead(database);
		assertThat(Definitions.of(database)).isNotEqualTo(definitions);
		DowngradeReport report = Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(report.from()).isEqualTo("0002");
		assertThat(Contents.ofSessionTables(database)).isEqualTo(rows);
		assertThat(Definitions.of(database)).isEqualTo(definitions);
		Migrations.migrateToHead(database);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whatWasMissingOfV1IsMissingAgain(TestDatabase database) throws SQLException {
		Layouts.named("python-1.28.0", database.dialect()).create(database);
		V0Rows.session(database, "s");
		HistoricRows.append(database, "e");
		Sql.execute(database, "DELETE FROM adk_internal_metadata");
		Contents rows = Contents.ofSessionTables(database);
		Definitions definitions = Definitions.of(database);
		Migrations.migrateToHead(database);
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(rows);
		assertThat(Definitions.of(database)).isEqualTo(definitions);
	}

	@DatabaseTest
	void aCountUndoesTheNewestChanges(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		DowngradeReport report = Migrations.downgrade(database, DowngradeTarget.count(1));
		assertThat(report.undone()).extracting("id").containsExactly("ext_adk_0002_events_index");
		assertThat(report.to()).isEqualTo("0001");
		assertThat(Migrations.migrateToHead(database).steps()).extracting("id")
			.containsExactly("ext_adk_0002_events_index");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aConversionIsOneChange(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Contents before = Contents.ofSessionTables(database);
		Migrations.migrateToHead(database);
		Migrations.downgrade(database, DowngradeTarget.count(1));
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
	}

	@DatabaseTest
	void aPlanNamesWhatWouldBeUndoneAndChangesNothing(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		Contents before = Contents.of(database);
		DowngradePlan plan = Migrations.migrator(new ReadOnlyDataSource(database), Migrations.settings())
			.planDowngrade(DowngradeTarget.revision("0001"));
		assertThat(plan.steps()).extracting("changeset").containsExactly("ext_adk_0002_events_index");
		assertThat(plan.steps().get(0).statements()).singleElement().asString().contains("DROP INDEX");
		assertThat(plan.to()).isEqualTo("0001");
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest
	void whereNothingWasDoneThereIsNothingToUndo(TestDatabase database) throws SQLException {
		DowngradeReport report = Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(report.outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(report.runId()).isNull();
	}

	@DatabaseTest
	void theHistoryShowsWhoUndidWhat(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		Migrations.downgrade(database, DowngradeTarget.revision("0001"));
		assertThat(Migrations.migrator(database.dataSource(), Migrations.settings()).history().runs())
			.satisfiesExactly((newest) -> {
				assertThat(newest.run().kind()).isEqualTo("downgrade");
				assertThat(newest.run().outcome()).isEqualTo("undone");
				assertThat(newest.run().from()).isEqualTo("0002");
				assertThat(newest.run().to()).isEqualTo("0001");
			}, (first) -> assertThat(first.steps()).last().satisfies((step) -> {
				assertThat(step.state()).isEqualTo("undone");
				assertThat(step.undoneBy()).isEqualTo(2);
			}));
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void anOwnerColumnThatHoldsOwnersIsNotDropped(TestDatabase database) throws SQLException {
		Layouts.named("python-2.10.0", database.dialect()).create(database);
		V0Rows.session(database, "s");
		MigrationSettings settings = OwnedSessions.settings(database);
		Definitions definitions = Definitions.of(database);
		Migrations.migrateToHead(database, settings);
		Sql.execute(database, "UPDATE sessions SET account_id = 'a'");
		MigrationException failure = Migrations.refused(database, DowngradeTarget.base());
		assertThat(failure.description()).contains("account_id of sessions (1 rows)");
		Sql.execute(database, "UPDATE sessions SET account_id = NULL");
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Definitions.of(database)).isEqualTo(definitions);
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void whatAUserAttachedToRebuiltTablesIsAsItWas(TestDatabase database) throws SQLException {
		HistoricRows.fill(database, "python-0.1.0");
		Sql.execute(database, "CREATE INDEX by_time ON sessions (update_time)",
				"CREATE TRIGGER audit AFTER UPDATE ON sessions BEGIN\n  SELECT 1;\n  SELECT 2;\nEND",
				"CREATE INDEX of_events ON events (invocation_id)");
		Contents rows = Contents.ofSessionTables(database);
		Definitions definitions = Definitions.of(database);
		Migrations.migrateToHead(database);
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(rows);
		assertThat(Definitions.of(database)).isEqualTo(definitions);
		assertThat(Sql.column(database, "PRAGMA integrity_check")).containsExactly("ok");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void columnsThatAUserAddedComeBackWithTheEventsThatWereKept(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Sql.execute(database, "ALTER TABLE events ADD COLUMN note VARCHAR(20)", "UPDATE events SET note = 'old'");
		Contents before = Contents.ofSessionTables(database);
		Migrations.migrateToHead(database);
		HistoricRows.append(database, "new");
		Sql.execute(database, "UPDATE events SET note = 'new' WHERE id = 'new'");
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		Migrations.migrateToHead(database);
		assertThat(Sql.column(database, "SELECT note FROM events ORDER BY id")).containsExactly("old", "new");
	}

	/** adk-python 1.28 to 2.9 makes it whenever it starts. */
	@DatabaseTest(except = DatabaseDialect.H2)
	void anIndexThatAdkPythonMadeSinceIsNotInTheWay(TestDatabase database) throws SQLException {
		HistoricRows.fill(database, "python-1.28.0-v0");
		Contents before = Contents.ofSessionTables(database);
		Definitions definitions = Definitions.of(database);
		Migrations.migrateToHead(database);
		Sql.execute(database,
				"CREATE INDEX idx_events_app_user_session_ts ON events (app_name, user_id, session_id, timestamp DESC)");
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		assertThat(Definitions.of(database)).isEqualTo(definitions);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whatWasDeletedSinceDoesNotComeBack(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.session(database, "t");
		V0Rows.event(database, "e", "s", V0Rows.EMPTY_ACTIONS, "{}");
		V0Rows.event(database, "f", "t", V0Rows.EMPTY_ACTIONS, "{}");
		Migrations.migrateToHead(database);
		deleteSession(database, "t");
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Sql.column(database, "SELECT id FROM events")).containsExactly("e");
		assertThat(Sql.column(database, "SELECT id FROM adk_migration_events_since")).containsExactly("e");
		deleteSession(database, "s");
		Migrations.migrateToHead(database);
		assertThat(Sql.column(database, "SELECT id FROM events")).isEmpty();
	}

	/** As every ADK does on SQLite. */
	private static void deleteSession(TestDatabase database, String id) throws SQLException {
		String delete = "DELETE FROM sessions WHERE id = '" + id + "'";
		if (database.dialect() == DatabaseDialect.SQLITE) {
			Sql.execute(database, "PRAGMA foreign_keys = ON", delete);
		}
		else {
			Sql.execute(database, delete);
		}
	}

	private static String session(TestDatabase database) throws SQLException {
		return String.valueOf(Sql.text(database, "SELECT min(id) FROM sessions WHERE id <> 'later'"))
			.replace("'", "''");
	}

	private static List<String> sessions(TestDatabase database) throws SQLException {
		return new ArrayList<>(Contents.ofSessionTables(database)
			.tables()
			.entrySet()
			.stream()
			.filter((table) -> table.getKey().endsWith(".sessions"))
			.flatMap((table) -> table.getValue().stream())
			.filter((line) -> line.startsWith("row "))
			.toList());
	}

	private static List<String> rows(TestDatabase database) throws SQLException {
		return Contents.ofSessionTables(database)
			.tables()
			.entrySet()
			.stream()
			.filter((table) -> table.getKey().endsWith(".events"))
			.flatMap((table) -> table.getValue().stream())
			.filter((line) -> line.startsWith("row "))
			.toList();
	}

}
