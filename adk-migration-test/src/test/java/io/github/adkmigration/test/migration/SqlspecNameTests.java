package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import io.github.adkmigration.detect.SchemaDetector;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tables of SQLSpec whose names the new tables are to have.
 */
class SqlspecNameTests {

	private static final String EVENT = "{\"id\":\"%s\",\"author\":\"user\",\"invocation_id\":\"i\",\"timestamp\":1767323045.5}";

	private static final Map<SessionTable, String> OF_SQLSPEC = Map.of(SessionTable.SESSIONS, "adk_session",
			SessionTable.EVENTS, "adk_event", SessionTable.APP_STATES, "adk_app_state", SessionTable.USER_STATES,
			"adk_user_state");

	private static final Map<SessionTable, String> BEFORE_0_51 = Map.of(SessionTable.SESSIONS, "adk_sessions",
			SessionTable.EVENTS, "adk_events");

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenTheNewTablesAreToHaveTheNamesOfSqlspecThenTheOldOnesAreKept(TestDatabase database) throws SQLException {
		SqlspecRows.create(database);
		SqlspecRows.event(database, "e", EVENT.formatted("e"));
		Contents before = Contents.of(database);
		MigrationSettings settings = called(OF_SQLSPEC);
		assertThat(Migrations.migrator(database.dataSource(), settings).plan().from()).isEqualTo("sqlspec-0.69.0");
		assertThat(Migrations.migrator(database.dataSource(), settings).plan().notes())
			.anyMatch((note) -> note.contains("adk_session, adk_event") && note.contains("stopped"));
		MigrationReport report = Migrations.migrateToHead(database, settings);
		assertThat(report.notes()).anyMatch((note) -> note.contains("adk_migration_sessions_v0"));
		assertThat(detected(database, settings).layout().family()).isEqualTo(LayoutFamily.PYTHON_V1);
		assertThat(Sql.column(database, "SELECT id FROM adk_event")).containsExactly("e");
		assertThat(Sql.column(database, "SELECT id FROM adk_session ORDER BY id")).containsExactly("s", "t");
		assertThat(Sql.text(database, "SELECT state FROM adk_app_state")).contains("theme").doesNotContain("app:");
		assertThat(Sql.column(database, "SELECT id FROM adk_migration_sessions_v0 ORDER BY id")).containsExactly("s",
				"t");
		assertThat(Sql.column(database, "SELECT id FROM adk_migration_events_v0")).containsExactly("e");
		// The new keys mean the new tables, and the kept ones the kept.
		Sql.execute(database, "UPDATE adk_session SET state = '{\"since\":1}' WHERE id = 's'",
				"DELETE FROM adk_session WHERE id = 't'");
		Migrations.migrator(database.dataSource(), settings).downgrade(DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		assertThat(Sql.column(database, "SELECT id FROM adk_migration_sessions_since")).containsExactly("s");
		Sql.execute(database, "DELETE FROM adk_session WHERE id = 't'");
		assertThat(detected(database, settings).layout().level()).isEqualTo("sqlspec-0.69.0");
		Migrations.migrateToHead(database, settings);
		assertThat(Sql.column(database, "SELECT id FROM adk_session")).containsExactly("s");
		Migrations.migrator(database.dataSource(), settings).downgrade(DowngradeTarget.base());
		assertThat(Sql.column(database, "SELECT id FROM adk_session")).containsExactly("s");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenOlderGenerationsHandTheirNamesOverThenRowsInQuarantineCanBeTriedAgain(TestDatabase database)
			throws SQLException {
		generationB(database, "adk_sessions", "adk_events");
		boolean sqlite = database.dialect() == DatabaseDialect.SQLITE;
		String json = sqlite ? "event_data" : "event_json";
		Sql.execute(database, eventB(database, "adk_events", "good", EVENT.formatted("good")),
				eventB(database, "adk_events", "bad", "{\"id\":\"bad\",\"author\":\"user\",\"timestamp\":1e300}"));
		Contents before = Contents.of(database);
		MigrationSettings settings = called(BEFORE_0_51).withMaxQuarantined(1);
		Migrations.migrateToHead(database, settings);
		assertThat(Sql.column(database, "SELECT id FROM adk_events")).containsExactly("good");
		assertThat(Sql.text(database, "SELECT state FROM app_states")).contains("theme");
		String kept = "UPDATE adk_migration_events_v0 SET " + json + " = '%s' WHERE " + json
				+ (database.dialect() == DatabaseDialect.POSTGRESQL ? "::text" : "") + " LIKE '%%1e%%300%%' OR " + json
				+ (database.dialect() == DatabaseDialect.POSTGRESQL ? "::text" : "") + " LIKE '%%0000000%%'";
		Sql.execute(database, kept.formatted(EVENT.formatted("bad")));
		assertThat(Migrations.migrator(database.dataSource(), settings).retryQuarantine().converted()).isEqualTo(1);
		assertThat(Sql.column(database, "SELECT id FROM adk_events ORDER BY id")).containsExactly("bad", "good");
		Sql.execute(database,
				"UPDATE adk_migration_events_v0 SET " + json
						+ " = '{\"id\":\"bad\",\"author\":\"user\",\"timestamp\":1e300}' WHERE "
						+ (sqlite ? "id = 'bad'" : database.dialect() == DatabaseDialect.POSTGRESQL
								? json + " ->> 'id' = 'bad'" : "JSON_EXTRACT(" + json + ", '$.id') = 'bad'"));
		Migrations.migrator(database.dataSource(), settings).downgrade(DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenOneNameOnlyIsThatOfSqlspecThenAllOfItsTablesAreKept(TestDatabase database) throws SQLException {
		SqlspecRows.create(database);
		SqlspecRows.event(database, "e", EVENT.formatted("e"));
		Contents before = Contents.of(database);
		MigrationSettings settings = called(Map.of(SessionTable.SESSIONS, "adk_session"));
		Migrations.migrateToHead(database, settings);
		assertThat(Sql.column(database, "SELECT id FROM adk_session ORDER BY id")).containsExactly("s", "t");
		assertThat(Sql.column(database, "SELECT session_id FROM events")).containsExactly("s");
		assertThat(Sql.text(database, "SELECT state FROM app_states")).contains("theme");
		assertThat(Sql.column(database, "SELECT id FROM adk_migration_events_v0")).containsExactly("e");
		Migrations.migrator(database.dataSource(), settings).downgrade(DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenAUserHasNamedTheTablesOfSqlspecThenTheSettingsFindThem(TestDatabase database) throws SQLException {
		generationB(database, "chat_sessions", "chat_events");
		Sql.execute(database, eventB(database, "chat_events", "e", EVENT.formatted("e")));
		Contents before = Contents.of(database);
		MigrationSettings settings = called(
				Map.of(SessionTable.SESSIONS, "chat_sessions", SessionTable.EVENTS, "chat_events"));
		DetectedSchema.Known found = detected(database, settings);
		assertThat(found.layout().level()).isEqualTo("sqlspec-0.46.3");
		assertThat(found.evidence()).anyMatch((sentence) -> sentence.contains("chat_sessions"));
		Migrations.migrateToHead(database, settings);
		assertThat(Sql.column(database, "SELECT id FROM chat_events")).containsExactly("e");
		Migrations.migrator(database.dataSource(), settings).downgrade(DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenATableOfStatesIsNotFoundThenNothingIsGuessed(TestDatabase database) throws SQLException {
		SqlspecRows.create(database);
		Sql.execute(database, "DROP TABLE adk_user_state");
		Contents before = Contents.of(database);
		MigrationException failure = Migrations.failure(database, called(OF_SQLSPEC),
				MigrationErrorCode.UNRECOGNIZED_SCHEMA);
		assertThat(failure.description()).contains("SQLSpec", "adk_user_state is missing");
		assertThat(failure.action()).contains("adk.migration.");
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenATableIsInTheWayOfWhatIsToBeKeptThenNothingIsChanged(TestDatabase database) throws SQLException {
		SqlspecRows.create(database);
		Sql.execute(database, "CREATE TABLE adk_migration_sessions_v0 (id INTEGER)");
		Contents before = Contents.of(database);
		assertThat(Migrations.failure(database, called(OF_SQLSPEC), MigrationErrorCode.REFUSED).description())
			.contains("adk_migration_sessions_v0");
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenEventsCannotBeConvertedThenTheOldTablesKeepTheirNames(TestDatabase database) throws SQLException {
		SqlspecRows.create(database);
		SqlspecRows.event(database, "list", "[]");
		Contents before = Contents.of(database);
		assertThat(
				Migrations.failure(database, called(OF_SQLSPEC), MigrationErrorCode.TOO_MANY_QUARANTINED).description())
			.startsWith("1 of 1 events");
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void whenPullRequest647HandsItsNamesOverThenItsTablesAreKept(TestDatabase database) throws SQLException {
		Layouts.named("java-pr647-rev2", database.dialect()).create(database);
		Sql.execute(database,
				"INSERT INTO adk_sessions VALUES ('app', 'u', 's', '{\"k\":1}', '2026-01-02 03:04:05', '2026-01-02 03:04:06')",
				"INSERT INTO adk_app_state VALUES ('app', 'theme', '\"dark\"')");
		Contents before = Contents.of(database);
		MigrationSettings settings = called(BEFORE_0_51);
		Migrations.migrateToHead(database, settings);
		assertThat(Sql.column(database, "SELECT id FROM adk_sessions")).containsExactly("s");
		Migrations.migrator(database.dataSource(), settings).downgrade(DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
	}

	private static void generationB(TestDatabase database, String sessions, String events) throws SQLException {
		Layouts.named("sqlspec-0.46.3", database.dialect()).create(database);
		String time = SqlspecRows.time(database);
		Sql.execute(database,
				"INSERT INTO adk_sessions (id, app_name, user_id, state, create_time, update_time) VALUES ('s', 'app', 'u',"
						+ " '{\"app:theme\":\"dark\",\"k\":1}', " + time + ", " + time + ")");
		if (!events.equals("adk_events")) {
			Sql.execute(database, "ALTER TABLE adk_events RENAME TO " + events,
					"ALTER TABLE adk_sessions RENAME TO " + sessions);
		}
	}

	private static String eventB(TestDatabase database, String events, String id, String json) {
		boolean sqlite = database.dialect() == DatabaseDialect.SQLITE;
		return "INSERT INTO " + events + " (session_id, invocation_id, author, timestamp, "
				+ (sqlite ? "event_data, id" : "event_json") + ") VALUES ('s', 'i', 'user', "
				+ SqlspecRows.time(database) + ", '" + json + "'" + (sqlite ? ", '" + id + "'" : "") + ")";
	}

	private static DetectedSchema.Known detected(TestDatabase database, MigrationSettings settings)
			throws SQLException {
		try (Connection connection = database.connection()) {
			return (DetectedSchema.Known) new SchemaDetector(database.dialect(), settings.tables()).detect(connection);
		}
	}

	private static MigrationSettings called(Map<SessionTable, String> names) {
		return Migrations.settings().withTables(new SessionTables(null, "", names));
	}

}
