package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;

import static org.assertj.core.api.Assertions.assertThat;

class NameTests {

	private static final Map<SessionTable, String> NAMES = Map.of(SessionTable.SESSIONS, "chats", SessionTable.EVENTS,
			"chat_events", SessionTable.APP_STATES, "chat_apps", SessionTable.USER_STATES, "chat_users",
			SessionTable.METADATA, "chat_meta");

	@DatabaseTest
	void tablesAreCreatedUnderAPrefix(TestDatabase database) {
		Migrations.migrateToHead(database, prefixed("crm_"));
		assertThat(Migrations.migrate(database).outcome()).isEqualTo(Outcome.CREATED);
	}

	@DatabaseTest
	void tablesAreCreatedUnderNamesOfTheirOwn(TestDatabase database) throws SQLException {
		MigrationSettings settings = Migrations.settings().withTables(new SessionTables(null, "", NAMES));
		Migrations.migrateToHead(database, settings);
		assertThat(Sql.number(database, "SELECT count(*) FROM chat_events")).isZero();
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void v0IsConvertedUnderNamesOfItsOwn(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.EVENTS, SessionTable.APP_STATES,
				SessionTable.USER_STATES)) {
			Sql.execute(database, "ALTER TABLE " + table.defaultName() + " RENAME TO " + NAMES.get(table));
		}
		Migrations.migrateToHead(database, Migrations.settings().withTables(new SessionTables(null, "", NAMES)));
		assertThat(Sql.text(database, "SELECT id FROM chat_events")).isEqualTo("e");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void v0IsConvertedUnderAPrefixBesideTheTablesOfAnother(TestDatabase database) throws SQLException {
		v0(database, "old_");
		Migrations.migrateToHead(database, prefixed("new_"));
		MigrationReport report = Migrations.migrateToHead(database, prefixed("old_"));
		assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
		assertThat(Sql.text(database, "SELECT id FROM old_events")).isEqualTo("e");
		Migrations.isAtHead(database, prefixed("new_"));
	}

	/** Liquibase's own cache took the second target for up to date. */
	@DatabaseTest
	void aTargetThatIsBehindIsMigratedAfterOneThatIsNot(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database, prefixed("a_"));
		Migrations.migrateToHead(database, prefixed("b_"));
		Sql.execute(database, "DELETE FROM b_adk_internal_metadata");
		assertThat(Migrations.migrate(database, prefixed("a_")).outcome()).isEqualTo(Outcome.UP_TO_DATE);
		Migrations.migrateToHead(database, prefixed("b_"));
	}

	@DatabaseTest(except = { DatabaseDialect.H2, DatabaseDialect.SQLITE })
	void eightPrefixesAreMigratedAtTheSameTime(TestDatabase database) throws Exception {
		for (int i = 0; i < 4; i++) {
			v0(database, "t" + i + "_");
		}
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Future<MigrationReport>> reports = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				MigrationSettings settings = prefixed("t" + i + "_");
				reports.add(threads.submit(() -> Migrations.migrate(database, settings)));
			}
			for (int i = 0; i < 8; i++) {
				assertThat(reports.get(i).get().outcome()).isEqualTo(i < 4 ? Outcome.MIGRATED : Outcome.CREATED);
				Migrations.isAtHead(database, prefixed("t" + i + "_"));
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void ofSeveralRunsOnOneTargetOneDoesTheWork(TestDatabase database) throws Exception {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<MigrationReport>> reports = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				reports.add(threads.submit(() -> Migrations.migrate(database)));
			}
			List<Outcome> outcomes = new ArrayList<>();
			for (Future<MigrationReport> report : reports) {
				outcomes.add(report.get().outcome());
			}
			assertThat(outcomes).containsExactlyInAnyOrder(Outcome.MIGRATED, Outcome.UP_TO_DATE, Outcome.UP_TO_DATE,
					Outcome.UP_TO_DATE);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.H2 })
	void tablesAreCreatedInAnotherSchema(TestDatabase database) throws SQLException {
		Sql.execute(database, "CREATE SCHEMA agents");
		String schema = database.dialect() == DatabaseDialect.H2 ? "AGENTS" : "agents";
		MigrationSettings settings = Migrations.settings().withTables(SessionTables.defaults().inSchema(schema));
		Migrations.migrateToHead(database, settings);
		// The tables of the current schema are other ones.
		assertThat(Migrations.migrate(database).outcome()).isEqualTo(Outcome.CREATED);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void v0IsConvertedInAnotherSchema(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Sql.execute(database, "CREATE SCHEMA agents");
		for (String table : List.of("sessions", "events", "app_states", "user_states")) {
			Sql.execute(database, "ALTER TABLE " + table + " SET SCHEMA agents");
		}
		MigrationSettings settings = Migrations.settings().withTables(SessionTables.defaults().inSchema("agents"));
		Migrations.migrateToHead(database, settings);
		assertThat(Sql.text(database, "SELECT id FROM agents.events WHERE event_data IS NOT NULL")).isEqualTo("e");
		assertThat(Sql.number(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).isZero();
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void v0IsConvertedInAnotherDatabase(TestDatabase database) throws SQLException {
		String other = Sql.text(database, "SELECT database()") + "_other";
		try {
			Sql.execute(database, "CREATE DATABASE " + other);
			V0Rows.create(database);
			V0Rows.event(database, "e");
			for (String table : List.of("sessions", "events", "app_states", "user_states")) {
				Sql.execute(database, "RENAME TABLE " + table + " TO " + other + "." + table);
			}
			MigrationSettings settings = Migrations.settings().withTables(SessionTables.defaults().inSchema(other));
			Migrations.migrateToHead(database, settings);
			assertThat(Sql.text(database, "SELECT id FROM " + other + ".events WHERE event_data IS NOT NULL"))
				.isEqualTo("e");
			assertThat(Sql.number(database,
					"SELECT count(*) FROM information_schema.tables WHERE table_schema = database()"))
				.isZero();
		}
		finally {
			try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
				statement.execute("DROP DATABASE IF EXISTS " + other);
			}
		}
	}

	private static MigrationSettings prefixed(String prefix) {
		return Migrations.settings().withTables(SessionTables.withPrefix(prefix));
	}

	static void v0(TestDatabase database, String prefix) throws SQLException {
		String sql = Layouts.named(V0Rows.LAYOUT, database.dialect()).sql();
		for (String table : List.of("app_states", "user_states", "sessions", "events")) {
			sql = sql.replaceAll("(TABLE|REFERENCES) " + table + "\\b", "$1 " + prefix + table);
		}
		for (String statement : sql.replaceAll("(?m)^--.*$", "").split(";")) {
			if (!statement.isBlank()) {
				Sql.execute(database, statement);
			}
		}
		Sql.execute(database, "INSERT INTO " + prefix
				+ "sessions (app_name, user_id, id, state, create_time, update_time) VALUES ('shop', 'u', 's', '{}',"
				+ " '2025-07-01 10:00:00.000001', '2025-07-01 11:00:00.000002')");
		try (Connection connection = database.connection()) {
			V0Rows.insert(connection, database.dialect(), prefix + "events", "e", "s", V0Rows.EMPTY_ACTIONS, "{}",
					"2025-07-01 06:00:00.000003");
		}
	}

}
