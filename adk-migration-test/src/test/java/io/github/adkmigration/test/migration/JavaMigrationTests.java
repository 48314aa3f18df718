package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatObject;

class JavaMigrationTests {

	private static final ZoneId WRITER = ZoneId.of("America/New_York");

	private static final String RICH = """
			{"author": "agent", "partial": null, "turnComplete": true, "longRunningToolIds": ["b", "a"],
			"content": {"role": "model", "parts": [
			{"functionCall": {"id": "c1", "name": "f", "args": {"someArg": {"a_b": null, "cD": 1.50}}}},
			{"inlineData": {"mimeType": "image/png", "data": "/+7/"}},
			{"text": "Grüße 👋", "thought": true, "thoughtSignature": "+/8"},
			{"videoMetadata": {"startOffset": 1.500000000}, "fileData": {"fileUri": "gs://x"}}]},
			"customMetadata": [{"key": "aKey", "stringValue": "x"}, {"key": "n", "numericValue": 3.0},
			{"key": "l", "stringListValue": {"values": ["p", "q"]}}],
			"usageMetadata": {"promptTokenCount": 7},
			"actions": {"stateDelta": {"camelKey": {"innerKey": null}, "gone": "__ADK_SENTINEL_REMOVED__"},
			"artifactDelta": {"aFile.pdf": 2}, "deletedArtifactIds": ["old"], "requestedAuthConfigs": {},
			"requestedToolConfirmations": {"callId": {"hint": "h", "confirmed": true, "payload": {"pK": 1}}},
			"endOfAgent": true, "transferToAgent": "other", "compaction": {"startTimestamp": 1762061400123,
			"endTimestamp": 1762061401000, "compactedContent": {"role": "model", "parts": [{"text": "t"}]}}}}""";

	private static final String EXPECTED = """
			{"author": "agent", "turn_complete": true, "long_running_tool_ids": ["a", "b"],
			"content": {"role": "model", "parts": [
			{"function_call": {"id": "c1", "name": "f", "args": {"someArg": {"a_b": null, "cD": 1.5}}}},
			{"inline_data": {"mime_type": "image/png", "data": "_-7_"}},
			{"text": "Grüße 👋", "thought": true, "thought_signature": "-_8="},
			{"video_metadata": {"start_offset": "1.5s"}, "file_data": {"file_uri": "gs://x"}}]},
			"custom_metadata": {"aKey": "x", "n": 3, "l": ["p", "q"], "adk_java_deleted_artifact_ids": ["old"]},
			"usage_metadata": {"prompt_token_count": 7},
			"actions": {"state_delta": {"camelKey": {"innerKey": null}, "gone": null},
			"artifact_delta": {"aFile.pdf": 2}, "requested_auth_configs": {},
			"requested_tool_confirmations": {"callId": {"hint": "h", "confirmed": true, "payload": {"pK": 1}}},
			"end_of_agent": true, "transfer_to_agent": "other", "compaction": {"start_timestamp": 1762061400.123,
			"end_timestamp": 1762061401.0, "compacted_content": {"role": "model", "parts": [{"text": "t"}]}}},
			"invocation_id": "i-1", "id": "e-1", "timestamp": 1762061400.123}""";

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void whenMigratedThenEventsAreInPythonsFormAtTheirInstants(TestDatabase database) throws SQLException {
		fill(database);
		AdkMigrator migrator = migrator(database);
		MigrationReport report = migrator.migrate();
		assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
		assertThat(report.rows().converted()).isEqualTo(3);
		JsonNode rich = MigratedEvents.read(database).get("app/user/s1/e-1");
		assertThatObject(rich).usingComparator(MigratedEvents::compareMeaning)
			.isEqualTo(MigratedEvents.JSON.readTree(EXPECTED));
		assertThat(strings(database, "SELECT timestamp FROM events ORDER BY id"))
			.containsExactly("2025-11-02 05:30:00.123", "2025-11-02 12:00:00.5", "2025-11-02 12:00:01");
		assertThat(strings(database, "SELECT event_data FROM events WHERE id = 'e-3'")).hasSize(1)
			.allSatisfy((json) -> assertThat(MigratedEvents.JSON.readTree(json).path("actions").size()).isEqualTo(4));
		assertThat(strings(database, "SELECT invocation_id FROM events WHERE id = 'e-3'")).containsExactly("");
		assertThat(migrator.migrate().outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(migrator.verify().successful()).isTrue();
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void whenSessionsHaveNoStateOrTimesThenTheseAreFilled(TestDatabase database) throws SQLException {
		fill(database);
		migrator(database).migrate();
		boolean postgres = database.dialect() == DatabaseDialect.POSTGRESQL;
		assertThat(strings(database, "SELECT create_time FROM sessions ORDER BY id")).containsExactly(
				"2025-11-02 05:00:00", postgres ? "2025-11-02 07:00:00.5" : "2025-11-02 12:00:00.5",
				postgres ? "1970-01-01 00:00:00" : "1970-01-01 00:00:01");
		assertThat(strings(database, "SELECT update_time FROM sessions WHERE id = 's2'"))
			.containsExactly(postgres ? "2025-11-02 07:00:01" : "2025-11-02 12:00:01");
		assertThat(strings(database, "SELECT state FROM sessions ORDER BY id"))
			.extracting((json) -> json.replace(" ", ""))
			.containsExactly("{\"k\":1}", "{}", "{}");
		assertThat(strings(database, "SELECT state FROM app_states")).containsExactly("{}");
		assertThat(strings(database, "SELECT user_id FROM user_states")).containsExactly("user");
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void whenARunDiedAfterTheSessionsThenTheNextOneFinishes(TestDatabase database) throws SQLException {
		fill(database);
		execute(database, "INSERT INTO events (id, app_name, user_id, session_id, timestamp, event_data) VALUES"
				+ " ('broken', 'app', 'user', 's1', '2025-11-02 12:00:00', '[]')");
		assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> migrator(database).migrate())
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(MigrationErrorCode.TOO_MANY_QUARANTINED));
		List<String> altered = strings(database, "SELECT create_time FROM sessions ORDER BY id");
		execute(database, "DELETE FROM events WHERE id = 'broken'");
		assertThat(migrator(database).migrate().rows().converted()).isEqualTo(3);
		assertThat(strings(database, "SELECT create_time FROM sessions ORDER BY id")).isEqualTo(altered);
		assertThat(strings(database, "SELECT timestamp FROM events WHERE id = 'e-1'"))
			.containsExactly("2025-11-02 05:30:00.123");
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void whenNoZoneIsConfiguredThenTheNaiveTimesOfPostgresAreRefused(TestDatabase database) throws SQLException {
		fill(database);
		assertThatExceptionOfType(MigrationException.class)
			.isThrownBy(() -> AdkMigrator.create(database.dataSource()).build().migrate())
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(MigrationErrorCode.TIME_ZONE_REQUIRED));
		assertThat(strings(database, "SELECT count(*) FROM sessions WHERE state IS NULL")).containsExactly("2");
	}

	@DatabaseTest(dialects = DatabaseDialect.H2)
	void whenTheDatabaseIsH2ThenItIsRefused(TestDatabase database) {
		Layouts.named("java-pr700", DatabaseDialect.H2).create(database);
		assertThatExceptionOfType(MigrationException.class)
			.isThrownBy(() -> AdkMigrator.create(database.dataSource()).build().migrate())
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(MigrationErrorCode.UNSUPPORTED_LAYOUT))
			.withMessageContaining("H2");
	}

	private static AdkMigrator migrator(TestDatabase database) {
		boolean naive = database.dialect() == DatabaseDialect.POSTGRESQL;
		return AdkMigrator.create(database.dataSource())
			.settings(MigrationSettings.defaults()
				.withLegacyClock(naive ? LegacyClock.in(WRITER) : LegacyClock.unknown()))
			.build();
	}

	/** Times are those of New York: as such on PostgreSQL, as instants elsewhere. */
	static void fill(TestDatabase database) throws SQLException {
		Layouts.named("java-pr700", database.dialect()).create(database);
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			if (database.dialect().mysqlFamily()) {
				// Before the change of the clock and after it.
				statement.execute("SET time_zone = '-04:00'");
			}
			statement.execute("INSERT INTO sessions (app_name, user_id, id, state, create_time, update_time) VALUES"
					+ " ('app', 'user', 's1', '{\"k\": 1}', '"
					+ (database.dialect().mysqlFamily() ? "2025-11-02 01:00:00" : "2025-11-02 05:00:00")
					+ "', '2025-11-02 01:30:01'), ('app', 'user', 's2', NULL, NULL, NULL),"
					+ " ('app', 'user', 's3', NULL, NULL, NULL)");
			statement.execute("INSERT INTO app_states (app_name, state, update_time) VALUES ('app', NULL, NULL)");
			try (PreparedStatement insert = connection.prepareStatement(
					"INSERT INTO events (id, app_name, user_id, session_id, invocation_id, timestamp, event_data)"
							+ " VALUES ('e-1', 'app', 'user', 's1', 'i-1', '2025-11-02 01:30:00.123', "
							+ (database.dialect().mysqlFamily() ? "?" : "CAST(? AS jsonb)") + ")")) {
				insert.setString(1, RICH);
				insert.executeUpdate();
			}
			if (database.dialect().mysqlFamily()) {
				statement.execute("SET time_zone = '-05:00'");
			}
			statement.execute("INSERT INTO events (id, app_name, user_id, session_id, invocation_id, timestamp,"
					+ " event_data) VALUES ('e-2', 'app', 'user', 's2', 'i-2', '2025-11-02 07:00:00.5',"
					+ " '{\"author\": \"user\"}'), ('e-3', 'app', 'user', 's2', NULL, '2025-11-02 07:00:01',"
					+ " '{\"author\": \"user\", \"actions\": null}')");
		}
	}

	private static void execute(TestDatabase database, String sql) throws SQLException {
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/**
	 * Times without zeros at the end of the fraction, which products write differently.
	 */
	private static List<String> strings(TestDatabase database, String sql) throws SQLException {
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			List<String> strings = new ArrayList<>();
			while (rows.next()) {
				strings.add(rows.getString(1).replaceFirst("(:\\d\\d(?:\\.\\d*[1-9])?)\\.?0*$", "$1"));
			}
			return strings;
		}
	}

}
