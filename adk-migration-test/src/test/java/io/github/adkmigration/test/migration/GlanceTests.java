package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.history.Glance;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

class GlanceTests {

	@DatabaseTest
	void whenAnIndexIsDroppedThenTheStoredFingerprintNoLongerFits(TestDatabase database) throws SQLException {
		AdkMigrator migrator = AdkMigrator.create(database.dataSource()).build();
		migrator.migrate();
		try (Connection connection = database.connection()) {
			Glance glance = new Glance(database.dialect(), SessionTables.defaults());
			assertThat(glance.unchanged(connection, "")).isPresent();
			String index = "idx_events_app_user_session_ts_id";
			try (Statement statement = connection.createStatement()) {
				if (database.dialect().mysqlFamily()) {
					// MySQL keeps the last index that covers a foreign key.
					statement.execute("CREATE INDEX other ON events (app_name, user_id, session_id)");
				}
				statement.execute("DROP INDEX " + index + (database.dialect().mysqlFamily() ? " ON events" : ""));
			}
			assertThat(glance.unchanged(connection, "")).isEmpty();
		}
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.BEHIND);
		migrator.migrate();
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.EQUAL);
	}

	@DatabaseTest
	void whenAColumnIsDroppedThenTheDifferenceIsNamed(TestDatabase database) throws SQLException {
		AdkMigrator migrator = AdkMigrator.create(database.dataSource()).build();
		migrator.migrate();
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.execute("ALTER TABLE user_states DROP COLUMN update_time");
		}
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.UNRECOGNIZED);
		assertThat(migrator.verify().differences()).singleElement()
			.satisfies((difference) -> assertThat(difference.subject()).isEqualTo("user_states.update_time"));
	}

}
