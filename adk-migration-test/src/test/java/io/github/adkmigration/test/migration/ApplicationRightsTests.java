package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;

import static org.assertj.core.api.Assertions.assertThat;

class ApplicationRightsTests {

	@FixtureTest(dialects = DatabaseDialect.POSTGRESQL, name = "python-1\\.14\\.1.*")
	void whenAnotherUserMigratesThenTheApplicationKeepsItsRights(Fixture fixture, TestDatabase database)
			throws SQLException {
		String role = "app_" + UUID.randomUUID().toString().substring(0, 8);
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.execute("CREATE ROLE " + role);
			try {
				statement.execute("GRANT SELECT, INSERT ON sessions, events TO " + role);
				assertThat(rights(statement, role, "events")).isEqualTo("true true false");
				MigrationSettings settings = MigrationSettings.defaults()
					.withLegacyClock(new LegacyClock(fixture.zone(), null, true));
				assertThat(AdkMigrator.create(database.dataSource()).settings(settings).build().migrate().outcome())
					.isEqualTo(Outcome.MIGRATED);
				assertThat(rights(statement, role, "events")).isEqualTo("true true false");
				assertThat(rights(statement, role, "adk_internal_metadata")).isEqualTo("true true false");
			}
			finally {
				statement.execute("DROP OWNED BY " + role);
				statement.execute("DROP ROLE " + role);
			}
		}
	}

	private static String rights(Statement statement, String role, String table) throws SQLException {
		try (ResultSet row = statement.executeQuery("SELECT concat_ws(' ', has_table_privilege('" + role + "', '"
				+ table + "', 'SELECT')::text, has_table_privilege('" + role + "', '" + table
				+ "', 'INSERT')::text, has_table_privilege('" + role + "', '" + table + "', 'DELETE')::text)")) {
			row.next();
			return row.getString(1);
		}
	}

}
