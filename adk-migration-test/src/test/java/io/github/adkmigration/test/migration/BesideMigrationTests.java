package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.adkmigration.detect.SchemaDetector;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

/**
 * Layouts whose tables have other names than head's and stay beside them.
 */
class BesideMigrationTests {

	private static final String EVENT = "{\"author\":\"user\",\"invocation_id\":\"i\",\"timestamp\":1767323045.5}";

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenRowsOfSqlspecAreDamagedThenNothingOfThemDisappears(TestDatabase database) throws SQLException {
		SqlspecRows.create(database);
		SqlspecRows.event(database, "good", EVENT);
		SqlspecRows.event(database, "list", "[]");
		SqlspecRows.event(database, "time", "{\"author\":\"user\",\"timestamp\":1e300}");
		Contents before = Contents.of(database);
		assertThat(Migrations.failure(database, Migrations.settings(), MigrationErrorCode.TOO_MANY_QUARANTINED)
			.description()).startsWith("2 of 3 events");
		MigrationReport report = Migrations.migrateToHead(database, Migrations.settings().withMaxQuarantined(2));
		assertThat(report.notes()).anyMatch((note) -> note.startsWith("1 values of sessions and states"));
		assertThat(Sql.column(database, "SELECT reason FROM adk_migration_quarantine ORDER BY id"))
			.containsExactly("UNEXPECTED_VALUE", "BAD_TIME");
		assertThat(Sql.column(database, "SELECT state FROM sessions ORDER BY id")).containsExactly("{}", "{}");
		assertThatObject(MigratedEvents.JSON.readTree(Sql.text(database, "SELECT state FROM app_states")))
			.isEqualTo(MigratedEvents.JSON.readTree("{\"theme\":\"dark\",\"plain\":1}"));
		Sql.execute(database, "UPDATE adk_event SET event_data = '" + EVENT + "' WHERE id = 'list'");
		assertThat(Migrations.migrator(database.dataSource(), Migrations.settings()).retryQuarantine().converted())
			.isEqualTo(1);
		Sql.execute(database, "UPDATE adk_event SET event_data = '[]' WHERE id = 'list'");
		Sql.execute(database, "UPDATE sessions SET state = '{\"since\":1}' WHERE id = 's'");
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		assertThat(Sql.column(database, "SELECT id FROM adk_migration_events_since ORDER BY id"))
			.containsExactly("good", "list");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenHeadsTablesHoldRowsThenHeadWins(TestDatabase database) throws SQLException {
		assertThat(Migrations.migrate(database).outcome()).isEqualTo(Outcome.CREATED);
		Layouts.named("sqlspec-0.46.3", database.dialect()).create(database);
		Sql.execute(database,
				"INSERT INTO adk_sessions (id, app_name, user_id, state, create_time, update_time) VALUES ('s', 'app',"
						+ " 'u', '{}', " + SqlspecRows.time(database) + ", " + SqlspecRows.time(database) + ")");
		Migrations.isAtHead(database, Migrations.settings());
		try (Connection connection = database.connection()) {
			assertThat(new SchemaDetector(database.dialect(), SessionTables.defaults()).detect(connection).evidence())
				.anyMatch((sentence) -> sentence.contains("adk_sessions") && sentence.contains("left alone"));
		}
		assertThat(Sql.number(database, "SELECT count(*) FROM sessions")).isZero();
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenOnlySomeOfHeadsTablesHoldRowsThenTheyAreNotMixed(TestDatabase database) throws SQLException {
		SqlspecRows.create(database);
		Sql.execute(database,
				"CREATE TABLE app_states (app_name VARCHAR(128) NOT NULL PRIMARY KEY, state "
						+ (database.dialect() == DatabaseDialect.POSTGRESQL ? "JSONB" : "TEXT")
						+ " NOT NULL, update_time TIMESTAMP NOT NULL)",
				"INSERT INTO app_states VALUES ('other', '{}', '2026-01-01 00:00:00')");
		Contents before = Contents.of(database);
		assertThat(Migrations.failure(database, Migrations.settings(), MigrationErrorCode.REFUSED).description())
			.contains("app_states has 1 rows already");
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void whenPullRequest647IsConvertedThenKeysBecomeStates(TestDatabase database) throws SQLException {
		Layouts.named("java-pr647-rev2", database.dialect()).create(database);
		Sql.execute(database,
				"INSERT INTO adk_sessions VALUES ('app', 'u', 's', '{\"k\":1}', '2026-01-02 03:04:05', '2026-01-02 03:04:06')",
				"INSERT INTO adk_app_state VALUES ('app', 'theme', '\"dark\"'), ('app', 'n', '{\"aB\":null}')",
				"INSERT INTO adk_user_state VALUES ('app', 'u', 'lang', '\"fr\"')",
				"INSERT INTO adk_events (app_name, user_id, session_id, event_id, event_data, created_at) VALUES"
						+ " ('app', 'u', 's', 'e1', '{\"id\":\"e1\",\"invocationId\":\"i1\",\"author\":\"agent\","
						+ "\"actions\":{\"stateDelta\":{\"aB\":1}},\"timestamp\":1767323045123}', '2026-01-02 03:04:05')",
				"INSERT INTO adk_events (app_name, user_id, session_id, event_id, event_data, created_at) VALUES"
						+ " ('app', 'u', 's', 'e2', '[]', '2026-01-02 03:04:05')");
		Contents before = Contents.of(database);
		Migrations.migrateToHead(database, Migrations.settings().withMaxQuarantined(1));
		assertThatObject(MigratedEvents.JSON.readTree(Sql.text(database, "SELECT state FROM app_states")))
			.isEqualTo(MigratedEvents.JSON.readTree("{\"n\":{\"aB\":null},\"theme\":\"dark\"}"));
		assertThat(Sql.text(database, "SELECT state FROM user_states")).contains("lang");
		JsonNode event = Objects.requireNonNull(MigratedEvents.read(database).get("app/u/s/e1"));
		assertThat(event.get("invocation_id").asString()).isEqualTo("i1");
		assertThat(event.get("timestamp").asDouble()).isEqualTo(1767323045.123);
		assertThat(event.get("actions").get("state_delta").get("aB").asInt()).isEqualTo(1);
		assertThat(Sql.column(database, "SELECT reason FROM adk_migration_quarantine"))
			.containsExactly("UNEXPECTED_VALUE");
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void whenPullRequest654IsConvertedThenItsColumnsAreOneEvent(TestDatabase database) throws SQLException {
		Layouts.named("java-pr654", database.dialect()).create(database);
		Sql.execute(database, "INSERT INTO sessions VALUES ('app', 'u', 's', '{\"k\":1}', NULL, NULL)");
		column(database, "whole", "{\"stateDelta\":{\"aB\":\"__ADK_SENTINEL_REMOVED__\"},\"newField\":1}");
		column(database, "none", null);
		column(database, "list", "[]");
		Contents before = Contents.of(database);
		MigrationReport report = Migrations.migrateToHead(database, Migrations.settings().withMaxQuarantined(1));
		assertThat(report.rows().substituted()).isEqualTo(1);
		assertThat(Sql.column(database, "SELECT id FROM adk_migration_quarantine")).isEqualTo(List.of("list"));
		Map<String, JsonNode> events = MigratedEvents.read(database);
		JsonNode event = Objects.requireNonNull(events.get("app/u/s/whole"));
		assertThat(event.get("finish_reason").asString()).isEqualTo("STOP");
		assertThat(event.get("avg_logprobs").asDouble()).isEqualTo(-0.5);
		assertThat(event.get("content").get("parts").get(0).get("function_call").get("args").get("aB").asInt())
			.isEqualTo(1);
		assertThat(event.get("long_running_tool_ids").get(0).asString()).isEqualTo("a");
		assertThat(event.get("custom_metadata").get("K").asString()).isEqualTo("v");
		assertThat(event.get("actions").get("state_delta").get("aB").isNull()).isTrue();
		assertThat(events).containsKey("app/u/s/none");
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
	}

	private static void column(TestDatabase database, String id, @Nullable String actions) throws SQLException {
		String json = database.dialect() == DatabaseDialect.POSTGRESQL ? "CAST(? AS jsonb)" : "?";
		Sql.update(database,
				"INSERT INTO events (id, app_name, user_id, session_id, invocation_id, author, actions, timestamp, content,"
						+ " custom_metadata, long_running_tool_ids_json, finish_reason, avg_logprobs) VALUES (?, 'app', 'u',"
						+ " 's', 'i', 'agent', " + json + ", '2026-01-02 03:04:05', " + json + ", " + json
						+ ", '[\"b\",\"a\"]', 'STOP', -0.5)",
				id, actions, "{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{\"aB\":1}}}],\"role\":\"model\"}",
				"[{\"key\":\"K\",\"stringValue\":\"v\"}]");
	}

}
