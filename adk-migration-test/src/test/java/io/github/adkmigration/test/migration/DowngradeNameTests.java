package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.KeptTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

class DowngradeNameTests {

	private static final String EVENT = "INSERT INTO %s (id, app_name, user_id, session_id, invocation_id, timestamp,"
			+ " event_data) VALUES ('new', 'shop', 'u', 's', 'i', '2026-01-02 03:04:05.000006', '{\"author\": \"user\"}')";

	@DatabaseTest(except = DatabaseDialect.H2)
	void tablesUnderAPrefixGoBackBesideThoseOfAnother(TestDatabase database) throws SQLException {
		NameTests.v0(database, "old_");
		Contents before = Contents.ofSessionTables(database);
		Definitions definitions = Definitions.of(database);
		MigrationSettings settings = Migrations.settings().withTables(SessionTables.withPrefix("old_"));
		Migrations.migrateToHead(database, settings);
		Sql.execute(database, EVENT.formatted("old_events"));
		DowngradeReport report = Migrations.migrator(database.dataSource(), settings).downgrade(DowngradeTarget.base());
		assertThat(report.kept()).contains(new KeptTable("old_adk_migration_events_since", 1));
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		assertThat(Definitions.of(database)).isEqualTo(definitions);
		Migrations.migrateToHead(database, settings);
		assertThat(Sql.column(database, "SELECT id FROM old_events ORDER BY id")).containsExactly("e", "new");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void tablesUnderTheLongestNamesGoBack(TestDatabase database) throws SQLException {
		String longest = "n".repeat(30);
		Map<SessionTable, String> names = Map.of(SessionTable.SESSIONS, longest + "s", SessionTable.EVENTS,
				longest + "e", SessionTable.APP_STATES, longest + "a", SessionTable.USER_STATES, longest + "u",
				SessionTable.METADATA, longest + "m");
		V0Rows.create(database);
		V0Rows.event(database, "e");
		for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.EVENTS, SessionTable.APP_STATES,
				SessionTable.USER_STATES)) {
			Sql.execute(database, "ALTER TABLE " + table.defaultName() + " RENAME TO " + names.get(table));
		}
		Contents before = Contents.ofSessionTables(database);
		Definitions definitions = Definitions.of(database);
		MigrationSettings settings = Migrations.settings().withTables(new SessionTables(null, "p".repeat(31), names));
		for (int i = 0; i < 2; i++) {
			Migrations.migrateToHead(database, settings);
			Migrations.migrator(database.dataSource(), settings).downgrade(DowngradeTarget.base());
			assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
			assertThat(Definitions.of(database)).isEqualTo(definitions);
		}
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void tablesInAnotherSchemaGoBack(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Sql.execute(database, "CREATE SCHEMA agents");
		for (String table : List.of("sessions", "events", "app_states", "user_states")) {
			Sql.execute(database, "ALTER TABLE " + table + " SET SCHEMA agents");
		}
		Contents before = Contents.ofSessionTables(database);
		MigrationSettings settings = Migrations.settings().withTables(SessionTables.defaults().inSchema("agents"));
		Migrations.migrateToHead(database, settings);
		Sql.execute(database, EVENT.formatted("agents.events"));
		Migrations.migrator(database.dataSource(), settings).downgrade(DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		Migrations.migrateToHead(database, settings);
		assertThat(Sql.column(database, "SELECT id FROM agents.events ORDER BY id")).containsExactly("e", "new");
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void tablesInAnotherDatabaseGoBack(TestDatabase database) throws SQLException {
		String other = Sql.text(database, "SELECT database()") + "_other";
		try {
			Sql.execute(database, "CREATE DATABASE " + other);
			V0Rows.create(database);
			V0Rows.event(database, "e");
			for (String table : List.of("sessions", "events", "app_states", "user_states")) {
				Sql.execute(database, "RENAME TABLE " + table + " TO " + other + "." + table);
			}
			MigrationSettings settings = Migrations.settings().withTables(SessionTables.defaults().inSchema(other));
			String create = "SELECT count(*) FROM " + other + ".events WHERE actions IS NOT NULL";
			Migrations.migrateToHead(database, settings);
			Sql.execute(database, EVENT.formatted(other + ".events"));
			Migrations.migrator(database.dataSource(), settings).downgrade(DowngradeTarget.base());
			assertThat(Sql.number(database, create)).isEqualTo(1);
			Migrations.migrateToHead(database, settings);
			assertThat(Sql.column(database, "SELECT id FROM " + other + ".events ORDER BY id")).containsExactly("e",
					"new");
		}
		finally {
			try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
				statement.execute("DROP DATABASE IF EXISTS " + other);
			}
		}
	}

}
