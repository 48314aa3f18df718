package io.github.adkmigration.test.migration;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.OfflineScript;
import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.catalog.KnownLayout;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.MigrationScript;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.UpgradeTarget;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Layouts;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class ScriptTests {

	private static final UpgradeTarget HEAD = UpgradeTarget.head();

	private static final String EMPTY = "empty";

	@TempDir
	static Path directory;

	static Stream<Arguments> starts() {
		return Stream.of(EMPTY, "python-1.14.0", "python-1.19.0", "python-1.22.0", "python-1.28.0")
			.flatMap((level) -> providers().map((provider) -> Arguments.of(level, provider)));
	}

	static Stream<Arguments> levels() {
		return providers().flatMap((provider) -> OfflineScript.levels(provider.dialect())
			.stream()
			.map((level) -> Arguments.of(level, provider)));
	}

	private static Stream<DatabaseProvider> providers() {
		return TestDatabases.of().stream().filter((provider) -> provider.dialect() != DatabaseDialect.H2);
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("starts")
	void theClientMakesOfTheScriptWhatAnUpgradeMakes(String level, DatabaseProvider provider) throws Exception {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase byHand = provider.newDatabase(); TestDatabase upgraded = provider.newDatabase()) {
			create(level, byHand);
			create(level, upgraded);
			MigrationScript script = script(byHand);
			Optional<DatabaseClient> client = DatabaseClient.find(byHand.dialect(), directory);
			if (client.isPresent()) {
				DatabaseClient.Result result = client.get().run(byHand, script.text(), directory);
				assertThat(result.exitCode()).as(result.output()).isZero();
			}
			else {
				execute(byHand, script.text());
			}
			Migrations.migrate(upgraded);
			assertThat(FullCatalog.of(byHand)).isEqualTo(FullCatalog.of(upgraded));
			assertThat(Sql.number(byHand, "SELECT count(*) FROM app_states"))
				.isEqualTo(Sql.number(upgraded, "SELECT count(*) FROM app_states"));
			assertThat(Migrations.migrate(byHand).outcome()).isEqualTo(Outcome.UP_TO_DATE);
			assumeThat(client).as("the client is installed; the statements were executed through JDBC instead")
				.isPresent();
		}
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("levels")
	void aScriptWithoutADatabaseIsTheOneWithIt(String level, DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			if (!level.equals(EMPTY)) {
				Layouts.named(level, database.dialect()).create(database);
				assertThat(derivedTables(database.dialect(), level)).isEqualTo(tables(database));
			}
			MigrationScript offline = OfflineScript.of(database.dialect(), level, Migrations.settings(), HEAD);
			assertThat(offline.statements()).isEqualTo(script(database).statements());
			assertThat(offline.from()).isEqualTo(level);
		}
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whereThereAreEventsTheScriptStopsAndAnUpgradeStillConvertsThem(TestDatabase database) throws Exception {
		V0Rows.create(database);
		String script = script(database).text();
		V0Rows.event(database, "e1");
		Contents before = Contents.ofSessionTables(database);
		Optional<DatabaseClient> client = DatabaseClient.find(database.dialect(), directory);
		assumeThat(client).as("the client is installed").isPresent();
		assertThat(client.orElseThrow().run(database, script, directory).exitCode()).isNotZero();
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		Migrations.migrateToHead(database);
		assertThat(MigratedEvents.read(database)).containsOnlyKeys("shop/u/s/e1");
	}

	@DatabaseTest
	void atHeadThereIsNothingToExecute(TestDatabase database) throws SQLException {
		assertThat(script(database).statements()).isNotEmpty();
		Migrations.migrate(database);
		assertThat(script(database).statements()).isEmpty();
		assertThat(script(database).text()).contains("Nothing is pending.");
	}

	@DatabaseTest
	void onlyWhatIsPendingIsPrintedAndNothingIsWritten(TestDatabase database) throws SQLException {
		Migrations.migrator(database.dataSource(), Migrations.settings()).migrate(UpgradeTarget.revision("0001"));
		Contents before = Contents.of(database);
		AdkMigrator migrator = Migrations.migrator(new ReadOnlyDataSource(database), Migrations.settings());
		assertThat(migrator.script(HEAD).statements())
			.filteredOn((statement) -> statement.kind() == MigrationScript.Kind.SCHEMA
					|| statement.kind() == MigrationScript.Kind.BOOKKEEPING)
			.extracting(MigrationScript.Statement::step)
			.containsExactly("ext_adk_0002_events_index");
		assertThat(Contents.of(database)).isEqualTo(before);
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.BEHIND);
	}

	@DatabaseTest(dialects = DatabaseDialect.H2)
	void onH2EachStatementCanBeExecutedToo(TestDatabase database) throws SQLException {
		execute(database, script(database).text());
		assertThat(Migrations.migrate(database).outcome()).isEqualTo(Outcome.UP_TO_DATE);
	}

	private static void create(String level, TestDatabase database) throws SQLException {
		if (!level.equals(EMPTY)) {
			Layouts.named(level, database.dialect()).create(database);
			V0Rows.session(database, "s");
		}
	}

	private static MigrationScript script(TestDatabase database) {
		return Migrations.migrator(database.dataSource(), Migrations.settings()).script(HEAD);
	}

	/**
	 * Executes what no client is there for. A statement ends with a semicolon at the end
	 * of a line, and a command of a client is no statement.
	 */
	private static void execute(TestDatabase database, String script) throws SQLException {
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			StringBuilder sql = new StringBuilder();
			for (String line : script.lines().filter((text) -> !text.startsWith("--")).toList()) {
				if (line.isBlank() || (sql.isEmpty() && (line.startsWith(".") || line.startsWith("\\")))) {
					continue;
				}
				sql.append(line).append('\n');
				boolean quoted = sql.toString().split("\\$\\$", -1).length % 2 == 0;
				if (line.endsWith(";") && !quoted) {
					statement.execute(sql.substring(0, sql.lastIndexOf(";")));
					sql.setLength(0);
				}
			}
		}
	}

	private static List<Catalog.Table> derivedTables(DatabaseDialect dialect, String level) {
		return KnownLayout.find(dialect, SessionTables.defaults(), level)
			.orElseThrow()
			.catalog()
			.tables()
			.values()
			.stream()
			.map(ScriptTests::comparable)
			.toList();
	}

	private static List<Catalog.Table> tables(TestDatabase database) throws SQLException {
		try (Connection connection = database.connection()) {
			return CatalogReader.read(connection, database.dialect(), SessionTables.defaults())
				.tables()
				.values()
				.stream()
				.map(ScriptTests::comparable)
				.toList();
		}
	}

	/** Of the indexes only adk-python's are listed, and names of keys differ. */
	private static Catalog.Table comparable(Catalog.Table table) {
		return new Catalog.Table(table.name(),
				table.columns()
					.stream()
					.map((column) -> new Catalog.Column(column.name(), column.type(), column.nullable(), ""))
					.toList(),
				table.primaryKey(),
				table.foreignKeys()
					.stream()
					.map((key) -> new Catalog.ForeignKey("", key.columns(), key.referencedTable(),
							key.referencedColumns(), key.deleteRule()))
					.toList(),
				table.indexes().stream().filter((index) -> index.name().startsWith("idx_events_app_user_")).toList());
	}

}
