package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Row level security neither hides rows from a migration nor gets lost by it.
 */
class RowSecurityTests {

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void theNewTableIsAsClosedAsTheOldOne(TestDatabase database) throws SQLException {
		fill(database, "ALTER TABLE events ENABLE ROW LEVEL SECURITY");
		assertThat(visibleToReader(database, "events")).isEqualTo(1);
		Migrations.migrateToHead(database);
		assertThat(Sql.number(database, "SELECT count(*) FROM events")).isEqualTo(2);
		assertThat(visibleToReader(database, "events")).as("before the policy is created again").isZero();
		Sql.execute(database, "CREATE POLICY one_user ON events USING (id = 'e1')");
		assertThat(visibleToReader(database, "events")).isEqualTo(1);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void aUserWhoDoesNotSeeAllRowsMayNotMigrate(TestDatabase database) throws SQLException {
		fill(database, "ALTER TABLE events ENABLE ROW LEVEL SECURITY", "ALTER TABLE events FORCE ROW LEVEL SECURITY",
				"ALTER SCHEMA public OWNER TO events_reader", "ALTER TABLE events OWNER TO events_reader",
				"ALTER TABLE sessions OWNER TO events_reader", "ALTER TABLE app_states OWNER TO events_reader",
				"ALTER TABLE user_states OWNER TO events_reader");
		Contents before = Contents.of(database);
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.execute("SET SESSION AUTHORIZATION events_reader");
			MigrationException failure = Migrations.failure(new SingleConnectionDataSource(connection, true),
					Migrations.settings(), MigrationErrorCode.REFUSED);
			assertThat(failure)
				.hasMessageContaining("Row level security may hide rows of events from the user of the migration.");
		}
		assertThat(Contents.of(database)).isEqualTo(before);
		Sql.execute(database, "ALTER TABLE events NO FORCE ROW LEVEL SECURITY");
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.execute("SET SESSION AUTHORIZATION events_reader");
			Migrations.migrator(new SingleConnectionDataSource(connection, true), Migrations.settings()).migrate();
		}
		assertThat(Sql.number(database, "SELECT count(*) FROM events")).isEqualTo(2);
	}

	private static void fill(TestDatabase database, String... more) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e1");
		V0Rows.event(database, "e2");
		// Roles belong to the server, which several tests share.
		Sql.execute(database,
				"DO 'BEGIN CREATE ROLE events_reader; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END'",
				"GRANT SELECT ON events TO events_reader", "CREATE POLICY one_user ON events USING (id = 'e1')");
		Sql.execute(database, more);
	}

	private static int visibleToReader(TestDatabase database, String table) throws SQLException {
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.execute("SET ROLE events_reader");
			try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
				row.next();
				return row.getInt(1);
			}
		}
	}

}
