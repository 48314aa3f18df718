package io.github.adkmigration.detect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.LayoutTrait;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerDecoyTests {

	@DatabaseTest(except = DatabaseDialect.H2)
	void theConnectionsOfTheseTestsCannotWrite(TestDatabase database) throws SQLException {
		run(database, "CREATE TABLE written (id INTEGER)");
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			assertThat(statement.executeUpdate("INSERT INTO written VALUES (1)")).isEqualTo(1);
			ReadOnlyDetection.forbidWrites(connection, database.dialect());
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> statement.execute("INSERT INTO written VALUES (2)"));
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> statement.execute("CREATE TABLE another (id INTEGER)"));
		}
	}

	@DatabaseTest
	void anEmptyDatabaseIsEmpty(TestDatabase database) throws SQLException {
		assertThat(ReadOnlyDetection.detect(database)).isInstanceOf(DetectedSchema.Empty.class);
	}

	@DatabaseTest
	void aForeignSessionsTableIsForeign(TestDatabase database) throws SQLException {
		run(database, "CREATE TABLE sessions (sid VARCHAR(20) PRIMARY KEY, sess VARCHAR(200))");
		DetectedSchema detected = ReadOnlyDetection.detect(database);
		assertThat(detected).isInstanceOf(DetectedSchema.Foreign.class);
		assertThat(detected.evidence()).singleElement().asString().contains("sid, sess");
	}

	@DatabaseTest
	void aViewNamedSessionsIsForeign(TestDatabase database) throws SQLException {
		run(database, "CREATE VIEW sessions AS SELECT 1 AS id");
		DetectedSchema detected = ReadOnlyDetection.detect(database);
		assertThat(detected).isInstanceOf(DetectedSchema.Foreign.class);
		assertThat(detected.evidence()).containsExactly("sessions is a view, not a table.");
	}

	@DatabaseTest
	void oneOfTwoTablesIsIncomplete(TestDatabase database) throws SQLException {
		Layouts.named("python-2.10.0", database.dialect()).create(database);
		run(database, "DROP TABLE events");
		assertThat(ReadOnlyDetection.detect(database)).isInstanceOf(DetectedSchema.Incomplete.class);
	}

	@DatabaseTest
	void anotherPrefixSeesNothing(TestDatabase database) throws SQLException {
		Layouts.named("python-2.10.0", database.dialect()).create(database);
		assertThat(ReadOnlyDetection.detect(database, SessionTables.withPrefix("crm_")))
			.isInstanceOf(DetectedSchema.Empty.class);
	}

	@DatabaseTest
	void anUnknownVersionIsReported(TestDatabase database) throws SQLException {
		Layouts.named("python-2.10.0", database.dialect()).create(database);
		run(database, "UPDATE adk_internal_metadata SET " + database.dialect().quote("value") + " = '2'");
		assertThat(ReadOnlyDetection.detect(database)).isInstanceOfSatisfying(DetectedSchema.UnknownVersion.class,
				(unknown) -> assertThat(unknown.schemaVersion()).isEqualTo("2"));
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void tablesOfAnotherSchemaAreNotSeen(TestDatabase database) throws SQLException {
		run(database, "CREATE SCHEMA tenant_b");
		Layouts.named("python-2.10.0", database.dialect()).create(database);
		for (String table : new String[] { "events", "sessions", "app_states", "user_states",
				"adk_internal_metadata" }) {
			run(database, "ALTER TABLE " + table + " SET SCHEMA tenant_b");
		}
		assertThat(ReadOnlyDetection.detect(database)).isInstanceOf(DetectedSchema.Empty.class);
		assertThat(ReadOnlyDetection.detect(database, SessionTables.defaults().inSchema("tenant_b")))
			.isInstanceOf(DetectedSchema.Known.class);
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void tablesOfAnotherDatabaseAreNotSeen(TestDatabase database) throws SQLException {
		Layouts.named("python-2.10.0", database.dialect()).create(database);
		String name;
		try (Connection connection = database.connection()) {
			name = connection.getCatalog();
		}
		assertThat(ReadOnlyDetection.detect(database, SessionTables.defaults().inSchema(name)))
			.isInstanceOf(DetectedSchema.Known.class);
		assertThat(ReadOnlyDetection.detect(database, SessionTables.defaults().inSchema("information_schema")))
			.isInstanceOf(DetectedSchema.Empty.class);
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void tablesThatDifferInLetterCaseAreOthers(TestDatabase database) throws SQLException {
		run(database, "CREATE TABLE Sessions (sid VARCHAR(20))", "CREATE TABLE Events (id INTEGER)");
		assertThat(ReadOnlyDetection.detect(database)).isInstanceOf(DetectedSchema.Empty.class);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void quotedNamesThatDifferInLetterCaseAreOthers(TestDatabase database) throws SQLException {
		run(database, "CREATE TABLE \"Sessions\" (sid text)");
		assertThat(ReadOnlyDetection.detect(database)).isInstanceOf(DetectedSchema.Empty.class);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void withoutACurrentSchemaTheFailureSaysWhatToSet(TestDatabase database) throws SQLException {
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.execute("SET search_path = ''");
			SchemaDetector detector = new SchemaDetector(database.dialect(), SessionTables.defaults());
			assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> detector.detect(connection))
				.satisfies((ex) -> {
					assertThat(ex.code()).isEqualTo(MigrationErrorCode.INVALID_SETTING);
					assertThat(ex.action()).contains("adk.migration.schema");
				});
			assertThat(new SchemaDetector(database.dialect(), SessionTables.defaults().inSchema("public"))
				.detect(connection)).isInstanceOf(DetectedSchema.Empty.class);
		}
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void anIndexWhoseCreationWasInterruptedDoesNotCount(TestDatabase database) throws SQLException {
		Layouts.named("python-2.10.0", database.dialect()).create(database);
		run(database, "UPDATE pg_index SET indisvalid = false "
				+ "WHERE indexrelid = 'idx_events_app_user_session_ts_id'::regclass");
		DetectedSchema detected = ReadOnlyDetection.detect(database);
		assertThat(detected).isInstanceOfSatisfying(DetectedSchema.Known.class,
				(known) -> assertThat(known.layout().has(LayoutTrait.HEAD_INDEX)).isFalse());
		assertThat(new HeadCheck(database.dialect(), SessionTables.defaults()).differences(detected.catalog()))
			.extracting(HeadDifference::kind)
			.containsExactly(HeadDifference.Kind.INVALID_INDEX);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void whatGosAutoMigrateAltersOnV0StaysV0(TestDatabase database) throws SQLException {
		Layouts.named("python-1.19.0", database.dialect()).create(database);
		run(database,
				"ALTER TABLE events ALTER COLUMN error_message TYPE text, ALTER COLUMN author TYPE text, "
						+ "ALTER COLUMN author DROP NOT NULL, ADD CONSTRAINT fk_sessions_events "
						+ "FOREIGN KEY (app_name, user_id, session_id) REFERENCES sessions (app_name, user_id, id)");
		assertThat(ReadOnlyDetection.detect(database)).isInstanceOfSatisfying(DetectedSchema.Known.class,
				(known) -> assertThat(known.layout())
					.isEqualTo(new Layout(LayoutFamily.PYTHON_V0, "python-1.19.0", Set.of(LayoutTrait.TOUCHED_BY_GO))));
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void whatJsAltersOnV1StaysV1(TestDatabase database) throws SQLException {
		Layouts.named("python-2.10.0", database.dialect()).create(database);
		String events = "ALTER TABLE events DROP " + (database.dialect().mysqlFamily() ? "FOREIGN KEY events_ibfk_1"
				: "CONSTRAINT events_app_name_user_id_session_id_fkey");
		String sessions = "ALTER TABLE sessions DROP "
				+ (database.dialect().mysqlFamily() ? "PRIMARY KEY" : "CONSTRAINT sessions_pkey")
				+ ", ADD PRIMARY KEY (id, app_name, user_id)";
		run(database, events, sessions);
		DetectedSchema detected = ReadOnlyDetection.detect(database);
		assertThat(detected).isInstanceOfSatisfying(DetectedSchema.Known.class, (known) -> {
			assertThat(known.layout().family()).isEqualTo(LayoutFamily.PYTHON_V1);
			assertThat(known.layout().has(LayoutTrait.TOUCHED_BY_JS)).isTrue();
		});
		assertThat(new HeadCheck(database.dialect(), SessionTables.defaults()).differences(detected.catalog()))
			.filteredOn((difference) -> !difference.note())
			.extracting(HeadDifference::kind)
			.containsExactlyInAnyOrder(HeadDifference.Kind.PRIMARY_KEY, HeadDifference.Kind.FOREIGN_KEY);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aUserColumnComesWithADefinitionThatCanBeRepeated(TestDatabase database) throws SQLException {
		Layouts.named("python-1.19.0", database.dialect()).create(database);
		run(database, "ALTER TABLE events ADD COLUMN note VARCHAR(40) DEFAULT 'it''s'",
				"ALTER TABLE events ADD COLUMN processed INTEGER DEFAULT 0");
		Catalog.Table events = ReadOnlyDetection.detect(database).catalog().table("events").orElseThrow();
		Catalog.Column note = events.column("note").orElseThrow();
		Catalog.Column processed = events.column("processed").orElseThrow();
		run(database, "CREATE TABLE adk_migration_events_v1 (note " + note.definition() + ", processed "
				+ processed.definition() + ")");
		Catalog.Table copy = ReadOnlyDetection.detect(database)
			.catalog()
			.table("adk_migration_events_v1")
			.orElseThrow();
		assertThat(copy.columns()).containsExactly(note, processed);
	}

	private static void run(TestDatabase database, String... statements) throws SQLException {
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
