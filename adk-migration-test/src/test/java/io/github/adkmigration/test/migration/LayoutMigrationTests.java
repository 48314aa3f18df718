package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.corpus.Corpus;
import io.github.adkmigration.test.corpus.CorpusBuilder;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Layouts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class LayoutMigrationTests {

	private static final String SESSION = "INSERT INTO sessions (app_name, user_id, id, state, create_time, update_time)"
			+ " VALUES ('shop', 'u', 's', '{\"a\": 1}', '2026-01-02 03:04:05.000006', '2026-01-02 03:04:05.000006')";

	private static final String EVENT = "INSERT INTO events (id, app_name, user_id, session_id, invocation_id, timestamp,"
			+ " event_data) VALUES ('e', 'shop', 'u', 's', 'i', '2026-01-02 03:04:05.000006',"
			+ " '{\"id\": \"e\", \"author\": \"user\", \"invocation_id\": \"i\", \"timestamp\": 1767323045.000006}')";

	static Stream<Arguments> v0Layouts() {
		return TestDatabases.of()
			.stream()
			.filter((provider) -> provider.dialect() != DatabaseDialect.H2)
			.flatMap((provider) -> Layouts.of(provider.dialect())
				.stream()
				.map((layout) -> layout.name())
				.filter((name) -> name.matches("python-(0|1\\.[0-9]\\.|1\\.1).*|python-.*-v0"))
				.map((name) -> Arguments.of(name, provider)));
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("v0Layouts")
	void everyV0LayoutBecomesHeadWithAllItsRows(String layout, DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			Corpus corpus = CorpusBuilder.layout(layout).size(3, 7).fill(database);
			List<String> sessions = sessions(database);
			MigrationReport report = Migrations.migrateToHead(database);
			assertThat(report.from()).isEqualTo(layout);
			assertThat(report.rows().converted()).isEqualTo(corpus.events());
			Map<String, JsonNode> events = MigratedEvents.read(database);
			for (int i = 0; i < corpus.events(); i++) {
				JsonNode event = Objects.requireNonNull(events
					.get(Corpus.APP + "/" + corpus.userId(i) + "/" + corpus.sessionId(i) + "/" + corpus.eventId(i)));
				assertThat(event.get("author").asString()).isEqualTo(corpus.author(i));
				assertThat(event.get("content")).isEqualTo(MigratedEvents.JSON.readTree(corpus.content(i)));
			}
			assertThat(sessions(database)).isEqualTo(sessions);
			assertThat(Sql.number(database, "SELECT count(*) FROM app_states")).isEqualTo(1);
			assertThat(Sql.number(database, "SELECT count(*) FROM user_states")).isEqualTo(1);
		}
	}

	/** Sessions with their times, as text so that nothing is lost in between. */
	private static List<String> sessions(TestDatabase database) throws SQLException {
		String text = database.dialect().mysqlFamily() ? "CHAR" : "TEXT";
		String fields = Stream.of("create_time", "update_time", "state")
			.map((column) -> "CAST(" + column + " AS " + text + ")")
			.reduce("id", (left, right) -> database.dialect().mysqlFamily() ? left + ", '|', " + right
					: left + " || '|' || " + right);
		String line = database.dialect().mysqlFamily() ? "concat(" + fields + ")" : fields;
		// A column without fractions gets zeros behind its seconds.
		return Sql.column(database, "SELECT " + line + " FROM sessions ORDER BY id")
			.stream()
			.map((row) -> String.valueOf(row).replace(".000000", ""))
			.toList();
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void theIndexOf128StaysBesideTheNewOne(TestDatabase database) throws SQLException {
		Layouts.named("python-1.28.0", database.dialect()).create(database);
		Sql.execute(database, SESSION, EVENT);
		Migrations.migrateToHead(database);
		assertThat(Objects.requireNonNull(CreationTests.tables(database).get("events")).indexes()).extracting("name")
			.contains("idx_events_app_user_session_ts", "idx_events_app_user_session_ts_id");
		assertThat(MigratedEvents.read(database)).containsOnlyKeys("shop/u/s/e");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void theFirstV1GetsTheIndex(TestDatabase database) throws SQLException {
		Layouts.named("python-1.22.0", database.dialect()).create(database);
		Sql.execute(database, SESSION, EVENT);
		String before = Sql.text(database, "SELECT event_data FROM events");
		MigrationReport report = Migrations.migrateToHead(database);
		assertThat(report.from()).isEqualTo("python-1.22.0");
		assertThat(Objects.requireNonNull(CreationTests.tables(database).get("events")).indexes()).extracting("name")
			.contains("idx_events_app_user_session_ts_id");
		assertThat(Sql.text(database, "SELECT event_data FROM events")).isEqualTo(before);
	}

	@DatabaseTest
	void whatAdkPythonKeepsAtHeadIsUpToDateWithoutAWrite(TestDatabase database) throws SQLException {
		Layouts.named(HeadSchema.LEVEL, database.dialect()).create(database);
		Contents before = Contents.of(database);
		assertThat(Migrations.migrator(new ReadOnlyDataSource(database), Migrations.settings()).migrate().outcome())
			.isEqualTo(Outcome.UP_TO_DATE);
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void bothIndexesAtHeadAreUpToDateWithoutAWrite(TestDatabase database) throws SQLException {
		Layouts.named(HeadSchema.LEVEL, database.dialect()).create(database);
		Sql.execute(database,
				"CREATE INDEX idx_events_app_user_session_ts ON events (app_name, user_id, session_id, timestamp DESC)");
		Contents before = Contents.of(database);
		assertThat(Migrations.migrator(new ReadOnlyDataSource(database), Migrations.settings()).migrate().outcome())
			.isEqualTo(Outcome.UP_TO_DATE);
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest(dialects = DatabaseDialect.MARIADB)
	void theNarrowColumnsOfMariadbUrlsAreOnlyNoted(TestDatabase database) throws SQLException {
		Layouts.named(HeadSchema.LEVEL, DatabaseDialect.MARIADB).create(database);
		Contents before = Contents.of(database);
		MigrationReport report = Migrations.migrator(new ReadOnlyDataSource(database), Migrations.settings()).migrate();
		assertThat(report.outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(report.notes()).anyMatch((note) -> note.contains("event_data") && note.contains("text"));
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest
	void anEmptyMetadataTableIsHealed(TestDatabase database) throws SQLException {
		Layouts.named(HeadSchema.LEVEL, database.dialect()).create(database);
		Sql.execute(database, "DELETE FROM adk_internal_metadata");
		Migrations.migrateToHead(database);
		assertThat(schemaVersion(database)).isEqualTo("1");
	}

	@DatabaseTest
	void aMissingMetadataTableIsHealed(TestDatabase database) throws SQLException {
		Layouts.named(HeadSchema.LEVEL, database.dialect()).create(database);
		Sql.execute(database, "DROP TABLE adk_internal_metadata");
		Migrations.migrateToHead(database);
		assertThat(schemaVersion(database)).isEqualTo("1");
	}

	@DatabaseTest
	void aLaterSchemaVersionIsRefusedUnchanged(TestDatabase database) throws SQLException {
		Layouts.named(HeadSchema.LEVEL, database.dialect()).create(database);
		Sql.execute(database, "UPDATE adk_internal_metadata SET " + database.dialect().quote("value") + " = '2'");
		Contents before = Contents.of(database);
		MigrationException failure = Migrations.failure(database, Migrations.settings(),
				MigrationErrorCode.UNRECOGNIZED_SCHEMA);
		assertThat(failure.description()).contains("schema_version").contains("2");
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@FixtureTest(families = LayoutFamily.PYTHON_V1, name = "(python|mixed-v1)-(?!.*(opened|automigrated)-by).*")
	void realV1EventsStayAsTheyAre(Fixture fixture, TestDatabase database) throws SQLException {
		String query = "SELECT event_data FROM events ORDER BY app_name, user_id, session_id, id";
		List<String> before = Sql.column(database, query);
		MigrationReport report = Migrations.migrate(database);
		assertThat(report.outcome())
			.isEqualTo(fixture.name().contains("2.13.0") ? Outcome.UP_TO_DATE : Outcome.MIGRATED);
		Migrations.isAtHead(database, Migrations.settings());
		assertThat(before).isNotEmpty();
		assertThat(Sql.column(database, query)).isEqualTo(before);
	}

	private static String schemaVersion(TestDatabase database) throws SQLException {
		String query = "SELECT " + database.dialect().quote("value") + " FROM adk_internal_metadata";
		return String.valueOf(Sql.text(database, query));
	}

}
