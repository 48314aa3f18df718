package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions of SQLSpec with an owner column.
 */
class SqlspecOwnerTests {

	private static final String OWNER = "tenant_id INTEGER NOT NULL REFERENCES tenants(id) ON DELETE CASCADE";

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenTheOwnerColumnIsAskedForThenEachSessionKeepsItsOwner(TestDatabase database) throws SQLException {
		owned(database, "sqlspec-0.69.0", "adk_session", "INTEGER", "7", "8");
		Contents before = Contents.of(database);
		MigrationReport report = Migrations.migrateToHead(database, settings(OWNER));
		assertThat(report.notes()).noneMatch((note) -> note.contains("tenant_id"));
		assertThat(Sql.column(database, "SELECT tenant_id FROM sessions ORDER BY id")).extracting(String::valueOf)
			.containsExactly("7", "8");
		Migrations.migrator(database.dataSource(), settings(OWNER)).downgrade(DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenNobodyAsksForTheColumnThenThePlanSaysThatItStaysBehind(TestDatabase database) throws SQLException {
		owned(database, "sqlspec-0.46.3", "adk_sessions", "INTEGER", "7", "8");
		assertThat(Migrations.migrator(database.dataSource(), Migrations.settings()).plan().notes()).singleElement()
			.asString()
			.contains("tenant_id", "adk.migration.owner-id-column");
		assertThat(Migrations.migrator(database.dataSource(), Migrations.settings()).preflight().findings())
			.filteredOn((finding) -> finding.code() == PreflightCode.OBJECT_STAYS)
			.singleElement()
			.extracting(PreflightFinding::fact)
			.isEqualTo("The column tenant_id of adk_sessions is not ADK's and stays with the old table.");
		MigrationReport report = Migrations.migrateToHead(database, Migrations.settings());
		assertThat(report.notes()).anyMatch((note) -> note.contains("tenant_id"));
		assertThat(Sql.column(database, "SELECT tenant_id FROM adk_sessions ORDER BY id")).hasSize(2);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenTheTablesHandTheirNamesOverThenTheOwnerGoesWithThem(TestDatabase database) throws SQLException {
		owned(database, "sqlspec-0.46.3", "adk_sessions", "VARCHAR(36)", "'c0ffee00-0000-4000-8000-000000000001'",
				"NULL");
		Contents before = Contents.of(database);
		MigrationSettings settings = settings(
				"tenant_id " + (database.dialect() == DatabaseDialect.POSTGRESQL ? "UUID" : "VARCHAR(64)"))
			.withTables(new SessionTables(null, "",
					Map.of(SessionTable.SESSIONS, "adk_sessions", SessionTable.EVENTS, "adk_events")));
		Migrations.migrateToHead(database, settings);
		assertThat(Sql.column(database, "SELECT tenant_id FROM adk_sessions ORDER BY id")).extracting(String::valueOf)
			.containsExactly("c0ffee00-0000-4000-8000-000000000001", "null");
		Migrations.migrator(database.dataSource(), settings).downgrade(DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenSessionsHaveNoOwnerThenAColumnThatWantsOneIsRefused(TestDatabase database) throws SQLException {
		owned(database, "sqlspec-0.69.0", "adk_session", "INTEGER", "7", "NULL");
		Contents before = Contents.of(database);
		assertThat(Migrations.failure(database, settings(OWNER), MigrationErrorCode.REFUSED).description())
			.contains("1 sessions of adk_session");
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	/** As keys that were not looked at leave them, or a column without a key. */
	@DatabaseTest(except = DatabaseDialect.H2)
	void whenAnOwnerIsGoneThenTheRunIsRefusedBeforeTheFirstWrite(TestDatabase database) throws SQLException {
		owned(database, "sqlspec-0.69.0", "adk_session", "BIGINT", "7", "4711");
		Contents before = Contents.of(database);
		String owner = "tenant_id INTEGER REFERENCES tenants(id)";
		assertThat(Migrations.failure(database, settings(owner), MigrationErrorCode.REFUSED).description())
			.isEqualTo("1 session of adk_session has an owner in the column tenant_id that is not in the column id of"
					+ " the table tenants, to which the owner column refers.");
		assertThat(Migrations.migrator(database.dataSource(), settings(owner)).preflight().findings())
			.extracting(PreflightFinding::code)
			.contains(PreflightCode.SOURCE_ROWS);
		assertThat(Contents.of(database)).isEqualTo(before);
		Sql.execute(database, "UPDATE adk_session SET tenant_id = NULL WHERE tenant_id = 4711");
		Migrations.migrateToHead(database, settings(owner));
		assertThat(Sql.column(database, "SELECT tenant_id FROM sessions ORDER BY id")).extracting(String::valueOf)
			.containsExactly("7", "null");
	}

	/** Its letters are compared as the database compares them, also past a collation. */
	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void whenTheOwnersHaveAnotherCollationThenTheyAreFoundAllTheSame(TestDatabase database) throws SQLException {
		owned(database, "sqlspec-0.69.0", "adk_session", "VARCHAR(36) COLLATE utf8mb4_unicode_ci", "'a'", "'gone'");
		Sql.execute(database, "CREATE TABLE teams (id VARCHAR(36) COLLATE utf8mb4_general_ci PRIMARY KEY)",
				"INSERT INTO teams VALUES ('a'), ('b')");
		assertThat(Migrations
			.failure(database, settings("tenant_id VARCHAR(36) REFERENCES teams(id)"), MigrationErrorCode.REFUSED)
			.description()).startsWith("1 session of adk_session has an owner in the column tenant_id")
			.doesNotContain("gone");
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void whenAnOwnerIsNoValueOfTheTypeThenTheRunIsRefusedBeforeTheFirstWrite(TestDatabase database)
			throws SQLException {
		owned(database, "sqlspec-0.69.0", "adk_session", "VARCHAR(36)", "'7'", "'somebody'");
		Contents before = Contents.of(database);
		assertThat(Migrations
			.failure(database, settings("tenant_id INTEGER REFERENCES tenants(id)"), MigrationErrorCode.REFUSED)
			.description())
			.isEqualTo("The type INTEGER of the owner column tenant_id does not hold every value that"
					+ " the column has in adk_session.");
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL })
	void whenTheTypeDoesNotHoldAValueThenItIsNotCut(TestDatabase database) throws SQLException {
		owned(database, "sqlspec-0.69.0", "adk_session", "VARCHAR(36)", "'tenant'", "NULL");
		Contents before = Contents.of(database);
		assertThat(
				Migrations.failure(database, settings("tenant_id VARCHAR(3)"), MigrationErrorCode.VERIFICATION_FAILED)
					.description())
			.startsWith("1 sessions have another tenant_id");
		assertThat(Sql.number(database, "SELECT count(*) FROM sessions")).isZero();
		assertThat(Contents.ofSessionTables(database).tables()).containsAllEntriesOf(before.tables());
	}

	private static MigrationSettings settings(String owner) {
		return Migrations.settings().withOwnerColumn(OwnerColumn.parse(owner));
	}

	private static void owned(TestDatabase database, String level, String sessions, String type, String first,
			String second) throws SQLException {
		Layouts.named(level, database.dialect()).create(database);
		String time = SqlspecRows.time(database);
		Sql.execute(database, "CREATE TABLE tenants (id INTEGER NOT NULL PRIMARY KEY)",
				"INSERT INTO tenants VALUES (7), (8)", "ALTER TABLE " + sessions + " ADD COLUMN tenant_id " + type);
		if (type.equals("INTEGER") && database.dialect() != DatabaseDialect.SQLITE) {
			Sql.execute(database, "ALTER TABLE " + sessions
					+ " ADD FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE");
		}
		for (List<String> session : List.of(List.of("s", first), List.of("t", second))) {
			Sql.execute(database,
					"INSERT INTO " + sessions + " (id, app_name, user_id, state, create_time, update_time, tenant_id)"
							+ " VALUES ('" + session.get(0) + "', 'app', 'u', '{}', " + time + ", " + time + ", "
							+ session.get(1) + ")");
		}
	}

}
