package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.HistoricLayout;
import io.github.adkmigration.test.fixture.Layouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CreationTests {

	@DatabaseTest
	void whatIsCreatedEqualsWhatTheNewestReleaseOfAdkPythonCreates(TestDatabase database) throws SQLException {
		MigrationReport report = Migrations.migrate(database);
		assertThat(report.outcome()).isEqualTo(Outcome.CREATED);
		try (TestDatabase reference = TestDatabases.named(database.name()).newDatabase()) {
			newest(database.dialect()).create(reference);
			assertThat(tables(database)).isEqualTo(tables(reference)).hasSize(SessionTable.values().length);
		}
		assertThat(Sql.text(database, "SELECT " + database.dialect().quote("value") + " FROM adk_internal_metadata"))
			.isEqualTo(HeadSchema.SCHEMA_VERSION);
	}

	@DatabaseTest
	void aSecondRunChangesNothing(TestDatabase database) throws SQLException {
		Migrations.migrate(database);
		Contents before = Contents.of(database);
		assertThat(before.tables()).isNotEmpty();
		assertThat(Migrations.migrate(database).outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aSecondRunNeedsNoRightToWrite(TestDatabase database) throws SQLException {
		ReadOnlyDataSource readOnly = new ReadOnlyDataSource(database);
		Migrations.migrate(database);
		try (Connection connection = readOnly.getConnection()) {
			assertThatThrownBy(() -> connection.createStatement().executeUpdate("DELETE FROM app_states"))
				.isInstanceOf(SQLException.class);
		}
		AdkMigrator migrator = Migrations.migrator(readOnly, Migrations.settings());
		assertThat(migrator.migrate().outcome()).isEqualTo(Outcome.UP_TO_DATE);
	}

	private static HistoricLayout newest(DatabaseDialect dialect) {
		// What adk-python creates through a mariadb:// URL has narrow columns; head is
		// what it creates through mysql://.
		return dialect == DatabaseDialect.MARIADB ? Layouts.named(HeadSchema.LEVEL, DatabaseDialect.MYSQL)
				: Layouts.named(HeadSchema.LEVEL, dialect);
	}

	static Map<String, Catalog.Table> tables(TestDatabase database) throws SQLException {
		SessionTables names = SessionTables.defaults();
		try (Connection connection = database.connection()) {
			Map<String, Catalog.Table> tables = CatalogReader.read(connection, database.dialect(), names).tables();
			return tables.entrySet()
				.stream()
				.filter((entry) -> names.names().containsValue(entry.getKey()))
				.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> withoutKeyNames(entry.getValue())));
		}
	}

	/** Foreign keys that have no name are called something that differs. */
	private static Catalog.Table withoutKeyNames(Catalog.Table table) {
		return new Catalog.Table(table.name(), table.columns(), table.primaryKey(),
				table.foreignKeys()
					.stream()
					.map((key) -> new Catalog.ForeignKey("", key.columns(), key.referencedTable(),
							key.referencedColumns(), key.deleteRule()))
					.toList(),
				table.indexes());
	}

}
