package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.Difference;
import io.github.adkmigration.report.VerificationResult;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Damages a converted database in one way each, and expects to be told of that alone.
 */
class DriftTests {

	private static final String WHERE = " WHERE app_name = 'shop' AND user_id = 'u' AND session_id = 's' AND id = ";

	@DatabaseTest(except = DatabaseDialect.H2)
	void aConvertedDatabaseDoesNotDiffer(TestDatabase database) throws SQLException {
		convert(database);
		VerificationResult result = verify(database);
		assertThat(result.differences()).isEmpty();
		assertThat(result.notes()).noneMatch((note) -> note.contains("time in the column"));
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL })
	void aMissingColumnIsFound(TestDatabase database) throws SQLException {
		convert(database);
		Sql.execute(database, "ALTER TABLE events DROP COLUMN invocation_id");
		assertThat(only(database)).hasToString("events.invocation_id: expected varchar(256), found none");
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL })
	void aDroppedIndexIsFound(TestDatabase database) throws SQLException {
		convert(database);
		Sql.execute(database, "DROP INDEX idx_events_app_user_session_ts_id");
		assertThat(only(database).found()).isEqualTo("none");
		assertThat(only(database).expected()).startsWith("idx_events_app_user_session_ts_id");
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void jsonThatIsCutOffIsFound(TestDatabase database) throws SQLException {
		convert(database);
		Sql.execute(database, "UPDATE events SET event_data = substr(event_data, 1, 20)" + WHERE + "'e1'");
		assertThat(only(database))
			.hasToString("events.event_data: expected a JSON object, found 1 row without it: (e1, shop, u, s)");
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL })
	void jsonThatIsNoObjectIsFound(TestDatabase database) throws SQLException {
		convert(database);
		Sql.execute(database, "UPDATE events SET event_data = '[1]'" + WHERE + "'e1'");
		assertThat(only(database).expected()).isEqualTo("a JSON object");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void anEditedRowIsFoundAndItsValueIsNotTold(TestDatabase database) throws SQLException {
		convert(database);
		Sql.execute(database, "UPDATE events SET invocation_id = 'secret'" + WHERE + "'e2'");
		assertThat(only(database)).hasToString(
				"events.event_data: expected the invocation_id of the column, found 1 row without it: (e2, shop, u, s)");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void anotherTimeInTheColumnIsANote(TestDatabase database) throws SQLException {
		convert(database);
		Sql.execute(database, "UPDATE events SET timestamp = '2025-07-01 06:00:00.000003'" + WHERE + "'e2'");
		VerificationResult result = verify(database);
		assertThat(result.differences()).isEmpty();
		assertThat(result.notes()).anyMatch((note) -> note.startsWith("1 of 3 events have a time in the column"));
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void eventsWithoutTheirSessionAreCountedWithFiveExamples(TestDatabase database) throws SQLException {
		convert(database);
		List<String> statements = new ArrayList<>();
		statements.add(switch (database.dialect()) {
			case POSTGRESQL -> "SET session_replication_role = replica";
			case SQLITE -> "PRAGMA foreign_keys = OFF";
			default -> "SET foreign_key_checks = 0";
		});
		IntStream.range(0, 7).mapToObj(DriftTests::stray).forEach(statements::add);
		Sql.execute(database, statements.toArray(String[]::new));
		Difference difference = only(database);
		assertThat(difference.expected()).isEqualTo("the session of each event");
		assertThat(difference.found()).startsWith("7 rows without it: (x").endsWith(", ...");
		assertThat(difference.found().split("\\(x", -1)).hasSize(6);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aSessionWithoutItsStatesIsFound(TestDatabase database) throws SQLException {
		convert(database);
		Sql.execute(database, "DELETE FROM app_states", "DELETE FROM user_states");
		assertThat(verify(database).differences()).extracting(Difference::toString)
			.containsExactly(
					"app_states: expected a row for the application of each session, found 1 row without it: (shop)",
					"user_states: expected a row for the user of each session, found 1 row without it: (shop, u)");
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aWrongMarkerIsFound(TestDatabase database) throws SQLException {
		convert(database);
		Sql.execute(database, "UPDATE adk_internal_metadata SET value = '0'");
		assertThat(only(database)).hasToString("adk_internal_metadata.schema_version: expected 1, found 0");
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aMissingMarkerIsFound(TestDatabase database) throws SQLException {
		convert(database);
		Sql.execute(database, "DELETE FROM adk_internal_metadata");
		assertThat(only(database)).hasToString("adk_internal_metadata.schema_version: expected 1, found none");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void anEventThatWasConvertedAndHasGoneIsFound(TestDatabase database) throws SQLException {
		convert(database);
		Sql.execute(database, "DELETE FROM events" + WHERE + "'e3'");
		assertThat(only(database))
			.hasToString("adk_migration_events_v0: expected each kept event converted or set aside,"
					+ " found 1 row without it: (e3, shop, u, s)");
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL })
	void aSessionThatWasDeletedSinceIsNoDrift(TestDatabase database) throws SQLException {
		convert(database);
		Sql.execute(database, "DELETE FROM events", "DELETE FROM sessions");
		assertThat(verify(database).differences()).isEmpty();
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aSessionThatWasDeletedAndMadeAgainIsNoDrift(TestDatabase database) throws SQLException {
		convert(database);
		Sql.execute(database, "DELETE FROM events", "UPDATE sessions SET create_time = '2026-02-03 04:05:06.000000'");
		assertThat(verify(database).differences()).isEmpty();
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aStepThatSomebodyHasTamperedWithIsFound(TestDatabase database) throws SQLException {
		convert(database);
		Sql.execute(database,
				"UPDATE adk_migration_step SET rollback_sql = 'DROP TABLE sessions' WHERE changeset = 'ext_adk_0001_swap'");
		assertThat(only(database).subject()).isEqualTo("adk_migration_step.rollback_sql of ext_adk_0001_swap");
	}

	@DatabaseTest
	void whatAUserHasAddedIsOnlyNoted(TestDatabase database) throws SQLException {
		Migrations.migrate(database);
		Sql.execute(database, "ALTER TABLE sessions ADD COLUMN label VARCHAR(20)",
				"CREATE INDEX my_index ON sessions (user_id)");
		VerificationResult result = verify(database);
		assertThat(result.differences()).isEmpty();
		assertThat(result.notes()).anyMatch((note) -> note.startsWith("sessions.label: a column beyond ADK's"))
			.anyMatch((note) -> note.contains("an index beyond ADK's newest, my_index"));
	}

	@DatabaseTest
	void verifyingWritesNothing(TestDatabase database) throws SQLException {
		Migrations.migrate(database);
		Contents before = Contents.of(database);
		AdkMigrator migrator = Migrations.migrator(new ReadOnlyDataSource(database), Migrations.settings());
		assertThat(migrator.verify().successful()).isTrue();
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	private static void convert(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		for (String id : List.of("e1", "e2", "e3")) {
			V0Rows.event(database, id);
		}
		Migrations.migrateToHead(database);
	}

	private static String stray(int number) {
		return "INSERT INTO events (id, app_name, user_id, session_id, invocation_id, timestamp, event_data) VALUES ('x"
				+ number + "', 'shop', 'u', 'gone', 'i', '2025-07-01 10:00:00.000003', '{\"id\": \"x" + number
				+ "\", \"invocation_id\": \"i\", \"timestamp\": 1751364000.000003}')";
	}

	private static VerificationResult verify(TestDatabase database) {
		return Migrations.migrator(database.dataSource(), Migrations.settings()).verify();
	}

	private static Difference only(TestDatabase database) {
		List<Difference> differences = verify(database).differences();
		assertThat(differences).hasSize(1);
		return differences.get(0);
	}

}
