package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MissingEventsTests {

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenTheOldEventsAreKeptAndTheNewOnesAreGoneThenNoEmptyTableTakesTheirPlace(TestDatabase database)
			throws SQLException {
		AdkMigrator migrator = AdkMigrator.create(database.dataSource()).build();
		migrator.migrate();
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.execute("ALTER TABLE events RENAME TO adk_migration_events_v0");
			statement.execute("UPDATE adk_migration_run SET outcome = 'failed'");
		}
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.UNRECOGNIZED);
		assertThatExceptionOfType(MigrationException.class).isThrownBy(migrator::migrate)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(MigrationErrorCode.UNRECOGNIZED_SCHEMA));
	}

}
