package io.github.adkmigration.test.migration;

import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

/**
 * Databases of adk-python that adk-js has altered or adk-go has written to.
 */
class TouchedMigrationTests {

	@FixtureTest(families = { LayoutFamily.PYTHON_V0, LayoutFamily.PYTHON_V1, LayoutFamily.JS },
			name = ".*(by-js|by-go-1).*")
	void everyEventAndSessionIsWhatItsWriterReadsBackAndComesBack(Fixture fixture, TestDatabase database)
			throws SQLException {
		OtherReadback readback = new OtherReadback(fixture);
		Contents before = Contents.ofSessionTables(database);
		Map<String, JsonNode> expected = readback.byId();
		if (fixture.family() == LayoutFamily.PYTHON_V0) {
			// The column cannot say that the hour was the repeated one, and adk-python
			// reads the
			// event an hour early; the order of the conversation says it.
			((ObjectNode) Objects.requireNonNull(expected.get("d931d56e"))).put("timestamp", 1762065000.25);
		}
		MigrationReport report = Migrations.migrateToHead(database);
		assertThat(report.rows().converted()).isEqualTo(expected.size());
		assertThat(report.rows().substituted()).isZero();
		Map<String, JsonNode> events = new TreeMap<>();
		MigratedEvents.read(database).forEach((key, event) -> events.put(event.get("id").asString(), event));
		assertThat(events).containsOnlyKeys(expected.keySet());
		expected.forEach((id, event) -> assertThatObject(ordered(Objects.requireNonNull(events.get(id)))).as(id)
			.usingComparator(MigratedEvents::compareMeaning)
			.isEqualTo(ordered(event)));
		assertThat(StoredEvent.all(database)).allMatch((event) -> event.column().equals(event.utc()));
		for (JsonNode session : readback.sessions()) {
			assertThat(time(database, session))
				.isEqualTo(fixture.family() == LayoutFamily.JS ? readback.updated(session)
						: session.get("lut")
							.decimalValue()
							.movePointRight(6)
							.setScale(0, RoundingMode.HALF_EVEN)
							.longValueExact());
		}
		for (JsonNode session : readback.ofGo()) {
			assertThat(time(database, session)).isEqualTo(session.get("lastUpdateTimeMicros").asLong());
		}
		for (JsonNode session : Stream.concat(readback.sessions().stream(), readback.ofGo().stream()).toList()) {
			assertThatObject((JsonNode) MigratedEvents.state(database, session.get("id").asString()))
				.usingComparator(MigratedEvents::compareMeaning)
				.isEqualTo(session.get("state"));
		}
		assertThat(Migrations.migrator(database.dataSource(), Migrations.settings()).verify().successful()).isTrue();
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		Migrations.migrateToHead(database);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void eachRowIsDecidedByItsPayload(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "python");
		V0Rows.event(database, "go", "s", V0Rows.text("{\"StateDelta\":{\"keepMe\":1},\"Escalate\":false}"),
				"{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{\"aB\":1}}}]}");
		V0Rows.event(database, "neither", "s", V0Rows.text("no payload"), "{}");
		MigrationReport report = Migrations.migrateToHead(database, Migrations.settings().withMaxQuarantined(1));
		assertThat(report.rows()).isEqualTo(new RowCounts(3, 2, 0, 1, 0));
		assertThat(Sql.column(database, "SELECT id FROM adk_migration_quarantine")).containsExactly("neither");
		JsonNode go = Objects.requireNonNull(MigratedEvents.read(database).get("shop/u/s/go"));
		assertThatObject(go.at("/actions/state_delta")).isEqualTo(MigratedEvents.JSON.readTree("{\"keepMe\":1}"));
		assertThatObject(go.at("/content/parts/0/function_call/args"))
			.isEqualTo(MigratedEvents.JSON.readTree("{\"aB\":1}"));
		assertThat(go.at("/actions").has("escalate")).isFalse();
	}

	/** As AutoMigrate of adk-go 1.6.0 leaves the tables of adk-python 1.14. */
	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void whatAdkGoAlteredIsHeadAndComesBack(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "python");
		Sql.execute(database,
				"ALTER TABLE sessions ALTER COLUMN state DROP NOT NULL, ALTER COLUMN create_time DROP NOT NULL,"
						+ " ALTER COLUMN update_time DROP NOT NULL",
				"ALTER TABLE app_states ALTER COLUMN state DROP NOT NULL, ALTER COLUMN update_time DROP NOT NULL",
				"ALTER TABLE user_states ALTER COLUMN state DROP NOT NULL, ALTER COLUMN update_time DROP NOT NULL",
				"ALTER TABLE events ALTER COLUMN invocation_id DROP NOT NULL, ALTER COLUMN invocation_id TYPE text,"
						+ " ALTER COLUMN author DROP NOT NULL, ALTER COLUMN actions DROP NOT NULL,"
						+ " ADD CONSTRAINT fk_sessions_events FOREIGN KEY (app_name, user_id, session_id)"
						+ " REFERENCES sessions (app_name, user_id, id) ON DELETE CASCADE",
				"INSERT INTO sessions (app_name, user_id, id) VALUES ('shop', 'u', 'g')");
		V0Rows.event(database, "go", "g", V0Rows.text("{\"StateDelta\":null}"), "{}");
		Contents before = Contents.ofSessionTables(database);
		Definitions definitions = Definitions.of(database);
		try (TestDatabase target = Copies.sqlite()) {
			Copies.copy(database, target);
			assertThat(Migrations.migrateToHead(database).rows().converted()).isEqualTo(2);
			assertThat(HeadContent.of(database).differences(HeadContent.of(target))).isEmpty();
		}
		assertThat(Sql.text(database, "SELECT state FROM sessions WHERE id = 'g'")).isEqualTo("{}");
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		assertThat(Definitions.of(database)).isEqualTo(definitions);
	}

	/** As adk-js 2.0.0 leaves the tables of adk-python 2.13. */
	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void whatAdkJsAlteredIsHeadAgainAndComesBack(TestDatabase database) throws SQLException {
		HeadRows.create(database);
		HeadRows.event(database, "python", "2026-01-02 03:04:06", "{\"id\": \"python\", \"author\": \"user\","
				+ " \"invocation_id\": \"i\", \"timestamp\": 1767323045.75, \"new_field\": {\"aB\": 1}}");
		alter(database);
		HeadRows.event(database, "js", "2026-01-02 03:04:06", "{\"id\": \"js\", \"author\": \"user\","
				+ " \"invocation_id\": \"i\", \"timestamp\": 1767323045500.25, \"long_running_tool_ids\": []}");
		Contents before = Contents.ofSessionTables(database);
		Definitions definitions = Definitions.of(database);
		try (TestDatabase target = Copies.sqlite()) {
			Copies.copy(database, target);
			assertThat(Migrations.migrateToHead(database).rows().converted()).isEqualTo(2);
			assertThat(HeadContent.of(database).differences(HeadContent.of(target))).isEmpty();
		}
		assertThat(StoredEvent.all(database)).extracting(StoredEvent::id).containsExactly("js", "python");
		assertThat(StoredEvent.all(database)).allMatch((event) -> event.column().equals(event.utc()));
		Map<String, JsonNode> events = MigratedEvents.read(database);
		assertThat(Objects.requireNonNull(events.get("shop/u/s/js")).get("timestamp").asDouble())
			.isEqualTo(1767323045.50025);
		assertThat(Objects.requireNonNull(events.get("shop/u/s/python")).has("new_field")).isTrue();
		assertThat(Migrations.migrator(database.dataSource(), Migrations.settings()).verify().successful()).isTrue();
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		assertThat(Definitions.of(database)).isEqualTo(definitions);
		Migrations.migrateToHead(database);
	}

	/** Also V0 rows among them, whose times are local. */
	@DatabaseTest(except = DatabaseDialect.H2)
	void eachRowOfAHybridIsItsWritersAndComesBack(TestDatabase database) throws SQLException {
		hybrid(database);
		Contents before = Contents.ofSessionTables(database);
		Definitions definitions = Definitions.of(database);
		MigrationSettings unzoned = MigrationSettings.defaults();
		try (TestDatabase target = Copies.sqlite()) {
			Copies.copy(database, target, unzoned);
			assertThat(Migrations.migrateToHead(database, unzoned).rows()).isEqualTo(new RowCounts(3, 3, 0, 0, 0));
			assertThat(HeadContent.of(database).differences(HeadContent.of(target))).isEmpty();
		}
		assertThat(StoredEvent.all(database)).extracting(StoredEvent::id).containsExactly("go", "js", "python");
		assertThat(StoredEvent.all(database)).allMatch((event) -> event.column().equals(event.utc()));
		Map<String, JsonNode> events = MigratedEvents.read(database);
		assertThat(Objects.requireNonNull(events.get("shop/u/s/js")).get("timestamp").asDouble())
			.isEqualTo(1767323045.50025);
		assertThat(Objects.requireNonNull(events.get("shop/u/s/python")).has("new_field")).isTrue();
		JsonNode go = Objects.requireNonNull(events.get("shop/u/s/go"));
		assertThatObject(go.at("/actions/state_delta")).isEqualTo(MigratedEvents.JSON.readTree("{\"keepMe\":1}"));
		assertThat(go.get("timestamp").asDouble()).isEqualTo(1751349600);
		assertThat(Sql.text(database, "SELECT state FROM sessions WHERE id = 'g'")).isEqualTo("{}");
		assertThat(Migrations.migrator(database.dataSource(), unzoned).verify().successful()).isTrue();
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		assertThat(Definitions.of(database)).isEqualTo(definitions);
		V0Rows.event(database, "pickle", "s", V0Rows.EMPTY_ACTIONS, "{}", "2025-07-01 06:00:00");
		Migrations.failure(database, unzoned, MigrationErrorCode.TIME_ZONE_REQUIRED);
		assertThat(Migrations.migrateToHead(database).rows().converted()).isEqualTo(4);
		JsonNode pickle = Objects.requireNonNull(MigratedEvents.read(database).get("shop/u/s/pickle"));
		assertThat(pickle.get("timestamp").asDouble()).isEqualTo(1751364000);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aHybridWithRowsThatNothingDecidesIsRefusedWithTheirIds(TestDatabase database) throws SQLException {
		hybrid(database);
		V0Rows.event(database, "both", "s", V0Rows.text("{\"StateDelta\":null}"), "{}");
		Sql.execute(database, "UPDATE events SET event_data = (SELECT event_data FROM (SELECT event_data FROM events"
				+ " WHERE id = 'js') AS j) WHERE id = 'both'");
		for (int i = 0; i < 10; i++) {
			V0Rows.event(database, "neither" + i, "s", null, "{}");
		}
		Contents before = Contents.of(database);
		MigrationException failure = Migrations.failure(database, Migrations.settings(), MigrationErrorCode.REFUSED);
		assertThat(failure.description()).startsWith("11 events of events ")
			.contains("ids: both, neither0, ")
			.endsWith("neither8 and 1 more.");
		assertThat(Migrations.migrator(database.dataSource(), Migrations.settings()).preflight().findings())
			.anySatisfy((finding) -> {
				assertThat(finding.code()).isEqualTo(PreflightCode.SOURCE_ROWS);
				assertThat(finding.fact()).isEqualTo(failure.description());
			});
		assertThat(Contents.of(database)).isEqualTo(before);
		Sql.execute(database, "DELETE FROM events WHERE id = 'both' OR id LIKE 'neither%'");
		Migrations.migrateToHead(database);
	}

	/** Tables of head to which AutoMigrate of adk-go has added what it misses. */
	private static void hybrid(TestDatabase database) throws SQLException {
		HeadRows.create(database);
		HeadRows.event(database, "python", "2026-01-02 03:04:06", "{\"id\": \"python\", \"author\": \"user\","
				+ " \"invocation_id\": \"i\", \"timestamp\": 1767323045.75, \"new_field\": {\"aB\": 1}}");
		HeadRows.event(database, "js", "2026-01-02 03:04:06", "{\"id\": \"js\", \"author\": \"user\","
				+ " \"invocation_id\": \"i\", \"timestamp\": 1767323045500.25, \"long_running_tool_ids\": []}");
		boolean postgres = database.dialect() == DatabaseDialect.POSTGRESQL;
		String json = postgres ? "jsonb" : database.dialect() == DatabaseDialect.SQLITE ? "text" : "json";
		for (String column : List.of("author text", "actions " + (postgres ? "bytea" : "blob"), "branch text",
				"long_running_tool_ids_json " + json, "content " + json, "custom_metadata " + json, "partial boolean",
				"error_code text")) {
			Sql.execute(database, "ALTER TABLE events ADD COLUMN " + column);
		}
		if (database.dialect().mysqlFamily()) {
			Sql.execute(database, "ALTER TABLE sessions MODIFY state json");
		}
		if (postgres) {
			Sql.execute(database, "ALTER TABLE sessions ALTER COLUMN state DROP NOT NULL");
		}
		V0Rows.session(database, "g");
		if (database.dialect() != DatabaseDialect.SQLITE) {
			Sql.execute(database, "UPDATE sessions SET state = NULL WHERE id = 'g'");
		}
		else {
			Sql.execute(database, "UPDATE sessions SET state = '{}' WHERE id = 'g'");
		}
		V0Rows.event(database, "go", "s", V0Rows.text("{\"StateDelta\":{\"keepMe\":1},\"Escalate\":false}"), "{}",
				"2025-07-01 06:00:00");
	}

	private static void alter(TestDatabase database) throws SQLException {
		if (database.dialect() == DatabaseDialect.POSTGRESQL) {
			Sql.execute(database, "ALTER TABLE events DROP CONSTRAINT events_app_name_user_id_session_id_fkey",
					"DROP INDEX " + V1Rows.INDEX, "ALTER TABLE sessions DROP CONSTRAINT sessions_pkey",
					"ALTER TABLE sessions ADD CONSTRAINT sessions_pkey PRIMARY KEY (id, app_name, user_id)",
					"ALTER TABLE events ALTER COLUMN event_data SET NOT NULL, ALTER COLUMN invocation_id TYPE varchar(255),"
							+ " ALTER COLUMN session_id TYPE varchar(191)",
					"ALTER TABLE adk_internal_metadata ALTER COLUMN key TYPE varchar(255), ALTER COLUMN value TYPE varchar(255)");
			for (String column : List.of("events.id", "events.app_name", "events.user_id", "sessions.id",
					"sessions.app_name", "sessions.user_id", "app_states.app_name", "user_states.app_name",
					"user_states.user_id")) {
				String[] parts = column.split("\\.");
				Sql.execute(database, "ALTER TABLE " + parts[0] + " ALTER COLUMN " + parts[1] + " TYPE varchar(191)");
			}
			return;
		}
		Sql.execute(database, "ALTER TABLE events DROP FOREIGN KEY events_ibfk_1",
				"ALTER TABLE events DROP INDEX " + V1Rows.INDEX,
				"ALTER TABLE sessions DROP PRIMARY KEY, MODIFY id varchar(191) NOT NULL, MODIFY app_name varchar(191) NOT NULL,"
						+ " MODIFY user_id varchar(191) NOT NULL, MODIFY state json NOT NULL, MODIFY create_time datetime NOT NULL,"
						+ " MODIFY update_time datetime NOT NULL, ADD PRIMARY KEY (id, app_name, user_id)",
				"ALTER TABLE events MODIFY id varchar(191) NOT NULL, MODIFY app_name varchar(191) NOT NULL,"
						+ " MODIFY user_id varchar(191) NOT NULL, MODIFY session_id varchar(191) NOT NULL,"
						+ " MODIFY invocation_id varchar(255) NOT NULL, MODIFY timestamp datetime NOT NULL,"
						+ " MODIFY event_data json NOT NULL",
				"ALTER TABLE app_states MODIFY app_name varchar(191) NOT NULL, MODIFY state json NOT NULL,"
						+ " MODIFY update_time datetime NOT NULL",
				"ALTER TABLE user_states MODIFY app_name varchar(191) NOT NULL, MODIFY user_id varchar(191) NOT NULL,"
						+ " MODIFY state json NOT NULL, MODIFY update_time datetime NOT NULL",
				"ALTER TABLE adk_internal_metadata MODIFY `key` varchar(255) NOT NULL, MODIFY value varchar(255) NOT NULL");
	}

	private static JsonNode ordered(JsonNode event) {
		if (event.get("long_running_tool_ids") instanceof ArrayNode ids) {
			ArrayNode sorted = MigratedEvents.JSON.createArrayNode();
			ids.valueStream().map(JsonNode::asString).sorted().forEach(sorted::add);
			((ObjectNode) event).set("long_running_tool_ids", sorted);
		}
		return event;
	}

	private static long time(TestDatabase database, JsonNode session) throws SQLException {
		String stored = String.valueOf(Sql.text(database,
				"SELECT update_time FROM sessions WHERE id = '" + session.get("id").asString() + "'"));
		return StoredTimes.wallMicros(stored);
	}

}
