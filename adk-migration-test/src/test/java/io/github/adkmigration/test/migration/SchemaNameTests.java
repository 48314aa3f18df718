package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SchemaNameTests {

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.H2 })
	void aSchemaThatNeedsQuotesIsRefusedBeforeTheFirstWrite(TestDatabase database) throws SQLException {
		boolean h2 = database.dialect() == DatabaseDialect.H2;
		assertThat(migrator(database, h2 ? "AGENTS" : "agents").migrate().outcome()).isEqualTo(Outcome.CREATED);
		assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> migrator(database, "Agents-1").migrate())
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(MigrationErrorCode.INVALID_SETTING))
			.withMessageContaining("Agents-1");
	}

	private static AdkMigrator migrator(TestDatabase database, String schema) throws SQLException {
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.execute("CREATE SCHEMA " + "\"" + schema + "\"");
		}
		return AdkMigrator.create(database.dataSource())
			.settings(MigrationSettings.defaults().withTables(SessionTables.defaults().inSchema(schema)))
			.build();
	}

}
