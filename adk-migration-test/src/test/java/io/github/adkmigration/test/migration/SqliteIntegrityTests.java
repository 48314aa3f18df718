package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SqliteIntegrityTests {

	private static final String INSERT_AGAIN = "INSERT INTO events SELECT * FROM events LIMIT 1";

	@FixtureTest(dialects = DatabaseDialect.SQLITE, name = "python-(0.1.0|1.13.0|1.21.0).sqlite")
	void theMigratedFileIsSoundBeforeAndAfterVacuum(Fixture fixture, TestDatabase database) throws SQLException {
		AdkMigrator.create(database.dataSource())
			.settings(MigrationSettings.defaults().withLegacyClock(LegacyClock.in(fixture.zone())))
			.build()
			.migrate();
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			assertThat(strings(statement, "PRAGMA integrity_check")).containsExactly("ok");
			assertThat(strings(statement, "PRAGMA foreign_key_check(events)")).isEmpty();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.executeUpdate(INSERT_AGAIN))
				.withMessageContaining("UNIQUE constraint failed");
			statement.execute("VACUUM");
			assertThat(strings(statement, "PRAGMA integrity_check")).containsExactly("ok");
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.executeUpdate(INSERT_AGAIN))
				.withMessageContaining("UNIQUE constraint failed");
		}
	}

	private static List<String> strings(Statement statement, String query) throws SQLException {
		List<String> values = new ArrayList<>();
		try (ResultSet rows = statement.executeQuery(query)) {
			while (rows.next()) {
				values.add(rows.getString(1));
			}
		}
		return values;
	}

}
