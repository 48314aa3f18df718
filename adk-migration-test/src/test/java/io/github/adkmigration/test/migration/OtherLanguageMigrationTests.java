package io.github.adkmigration.test.migration;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Layouts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.within;

class OtherLanguageMigrationTests {

	@FixtureTest(families = { LayoutFamily.GO, LayoutFamily.JS, LayoutFamily.SQLSPEC }, name = "(?!.*automigrated).*")
	void whenMigratedThenEveryEventIsWhatItsWriterReadsBack(Fixture fixture, TestDatabase database)
			throws SQLException {
		Map<String, JsonNode> expected = new OtherReadback(fixture).events();
		MigrationReport report = Migrations.migrateToHead(database);
		assertThat(report.rows().converted()).isEqualTo(expected.size());
		assertThat(report.rows().substituted()).isZero();
		Map<String, JsonNode> events = MigratedEvents.read(database);
		assertThat(events).containsOnlyKeys(expected.keySet());
		if (database.dialect().mysqlFamily() && fixture.family() == LayoutFamily.GO) {
			// Its column cannot say that the hour was the repeated one, so adk-go reads
			// the
			// event an hour early; the order of the conversation says it.
			String repeated = "billing_app/usér two/s/A é 3/d931d56e";
			((ObjectNode) Objects.requireNonNull(expected.get(repeated))).put("timestamp", 1762065000.25);
		}
		if (resolution(fixture) > 0 && fixture.release().equals("0.31.0")) {
			// Nothing but the column has the time.
			expected.forEach((key, event) -> closeTo((ObjectNode) event, Objects.requireNonNull(events.get(key))));
		}
		expected.forEach((key, event) -> assertThatObject(Objects.requireNonNull(events.get(key))).as(key)
			.usingComparator(MigratedEvents::compareMeaning)
			.isEqualTo(event));
		assertThat(migrator(database).verify().successful()).isTrue();
	}

	@FixtureTest(families = { LayoutFamily.GO, LayoutFamily.JS, LayoutFamily.SQLSPEC })
	void whenMigratedThenEverySessionHasItsStateAndItsTime(Fixture fixture, TestDatabase database) throws SQLException {
		OtherReadback readback = new OtherReadback(fixture);
		Migrations.migrateToHead(database);
		for (JsonNode session : readback.sessions()) {
			String app = " WHERE app_name = '" + session.get("appName").asString() + "'";
			String user = app + " AND user_id = '" + session.get("userId").asString() + "'";
			String own = user + " AND id = '" + session.get("id").asString() + "'";
			assertThatObject((JsonNode) MigratedEvents.state(database, session.get("id").asString()))
				.usingComparator(MigratedEvents::compareMeaning)
				.isEqualTo(readback.state(session));
			assertThat(micros(database, "SELECT update_time FROM sessions" + own))
				.isCloseTo(updated(fixture, readback.updated(session)), within(resolution(fixture)));
		}
		if (database.dialect() == DatabaseDialect.SQLITE) {
			// adk-python takes what follows the point for microseconds, however many
			// digits it has.
			assertThat(Sql.column(database, "SELECT create_time || ' ' || update_time FROM sessions"))
				.allSatisfy((times) -> assertThat(times).matches("(.{19}\\.\\d{6} ?){2}"));
		}
	}

	@FixtureTest(families = { LayoutFamily.GO, LayoutFamily.JS, LayoutFamily.SQLSPEC }, name = "(?!.*automigrated).*")
	void whenGoneBackThenTheTablesAndRowsAreTheOldOnes(Fixture fixture, TestDatabase database) throws SQLException {
		Contents before = Contents.of(database);
		Migrations.migrateToHead(database);
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		Migrations.migrateToHead(database);
		assertThat(MigratedEvents.read(database)).containsOnlyKeys(new OtherReadback(fixture).events().keySet());
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenActionsOfGoAreDamagedThenTheirRowsAreQuarantined(TestDatabase database) throws SQLException {
		Layouts.named("go-2.0.0", database.dialect()).create(database);
		Sql.execute(database, "INSERT INTO sessions (app_name, user_id, id, state, create_time, update_time) VALUES"
				+ " ('app', 'u', 's', NULL, NULL, NULL)");
		go(database, "camel", "{\"stateDelta\":{\"keepMe\":null},\"escalate\":true}", null);
		go(database, "pascal", "{\"StateDelta\":null,\"TransferToAgent\":\"\",\"Escalate\":true,\"New\":1,"
				+ "\"RequestedToolConfirmations\":{\"Id\":{\"Hint\":\"h\",\"Confirmed\":true,\"Payload\":{\"aB\":1}}}}",
				null);
		go(database, "absent", null, "null");
		go(database, "cut", "{\"StateDelta\":", null);
		go(database, "list", "[]", null);
		go(database, "type", "{\"stateDelta\":[]}", null);
		go(database, "version", "{\"artifactDelta\":{\"a\":\"one\"}}", null);
		go(database, "content", "{}", "[]");
		go(database, "flag", "{\"Escalate\":\"yes\"}", null);
		go(database, "author", "{}", null);
		Sql.execute(database, "UPDATE events SET author = NULL WHERE id = 'author'");
		go(database, "time", "{}", null);
		Sql.execute(database,
				"UPDATE events SET " + database.dialect().quote("timestamp") + " = NULL WHERE id = 'time'");
		MigrationException failure = Migrations.failure(database, Migrations.settings(),
				MigrationErrorCode.TOO_MANY_QUARANTINED);
		assertThat(failure.description()).startsWith("8 of 11 events");
		MigrationReport report = Migrations.migrateToHead(database, Migrations.settings().withMaxQuarantined(8));
		assertThat(report.rows().substituted()).isEqualTo(2);
		assertThat(Sql.column(database, "SELECT reason FROM adk_migration_quarantine ORDER BY id")).containsExactly(
				"MISSING_VALUE", "UNEXPECTED_VALUE", "BROKEN_JSON", "UNEXPECTED_VALUE", "UNEXPECTED_VALUE", "BAD_TIME",
				"UNEXPECTED_VALUE", "UNEXPECTED_VALUE");
		assertThat(Sql.column(database, "SELECT field FROM adk_migration_substitution ORDER BY id"))
			.containsExactly("actions", "actions");
		Map<String, JsonNode> events = MigratedEvents.read(database);
		assertThatObject(actions(events, "camel")).isEqualTo(MigratedEvents.JSON.readTree("""
				{"state_delta":{"keepMe":null},"escalate":true,"artifact_delta":{},"requested_auth_configs":{},\
				"requested_tool_confirmations":{}}"""));
		assertThatObject(actions(events, "pascal")).isEqualTo(MigratedEvents.JSON.readTree("""
				{"escalate":true,"requested_tool_confirmations":{"Id":{"hint":"h","confirmed":true,\
				"payload":{"aB":1}}},"state_delta":{},"artifact_delta":{},"requested_auth_configs":{}}"""));
		assertThat(Sql.text(database, "SELECT state FROM sessions")).isEqualTo("{}");
		Sql.update(database, "UPDATE adk_migration_events_v0 SET actions = ? WHERE id = 'cut'",
				"{\"Escalate\":true}".getBytes(StandardCharsets.UTF_8));
		assertThat(migrator(database).retryQuarantine().converted()).isEqualTo(1);
		JsonNode repaired = Objects.requireNonNull(MigratedEvents.read(database).get("app/u/s/cut"));
		assertThat(repaired.get("actions").get("escalate").asBoolean()).isTrue();
		assertThat(repaired.get("timestamp"))
			.isEqualTo(Objects.requireNonNull(events.get("app/u/s/camel")).get("timestamp"));
	}

	private static void go(TestDatabase database, String id, @Nullable String actions, @Nullable String content)
			throws SQLException {
		boolean postgres = database.dialect() == DatabaseDialect.POSTGRESQL;
		boolean sqlite = database.dialect() == DatabaseDialect.SQLITE;
		Sql.update(database,
				"INSERT INTO events (id, app_name, user_id, session_id, invocation_id, author, actions, content,"
						+ " timestamp) VALUES (?, 'app', 'u', 's', 'i', 'agent', ?, "
						+ (postgres ? "CAST(? AS jsonb)" : "?") + ", '2026-01-02 03:04:05"
						+ (sqlite || postgres ? "+01:00" : "") + "')",
				id, actions == null ? null : actions.getBytes(StandardCharsets.UTF_8), content);
	}

	private static JsonNode actions(Map<String, JsonNode> events, String id) {
		return Objects.requireNonNull(events.get("app/u/s/" + id)).get("actions");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whenEventsOfJsAreOddThenNothingOfThemDisappears(TestDatabase database) throws SQLException {
		boolean sqlite = database.dialect() == DatabaseDialect.SQLITE;
		Layouts.named(sqlite ? "js-0.4.0" : "js-1.3.0", database.dialect()).create(database);
		String created = sqlite ? "1767323045123" : "'2026-01-02 03:04:05'";
		Sql.execute(database, "INSERT INTO sessions (id, app_name, user_id, state, create_time, update_time) VALUES"
				+ " ('s', 'app', 'u', '{}', " + created + ", " + created + ")");
		js(database, "auth", """
				{"id":"x","author":"agent","timestamp":1767323045123.25,"actions":{"newKey":1,"escalate":null,\
				"requested_auth_configs":{"callId":{"authScheme":{"type":"oauth2","flows":{"authorizationCode":\
				{"authorizationUrl":"https://a","scopes":{"aScope":"b"}}}},"rawAuthCredential":{"authType":"oauth2",\
				"oauth2":{"clientId":"id","clientSecret":null}},"credentialKey":"k"}}}}""");
		js(database, "compacted", """
				{"author":"user","timestamp":1767323046000,"is_compacted":true,"start_time":1767323040000,\
				"end_time":1767323045000,"compacted_content":"short","custom_metadata":{"aB":null}}""");
		js(database, "number", "{\"author\":\"user\",\"timestamp\":1e300}");
		js(database, "list", "[]");
		js(database, "action", "{\"author\":\"user\",\"timestamp\":1,\"actions\":[]}");
		js(database, "content", "{\"author\":\"user\",\"timestamp\":1,\"content\":\"text\"}");
		js(database, "author", "{\"timestamp\":1767323046000}");
		js(database, "delta", "{\"author\":\"user\",\"timestamp\":1767323046000,\"actions\":{\"state_delta\":1}}");
		js(database, "untimed", "{\"author\":\"user\"}");
		int bad = database.dialect().mysqlFamily() ? 7 : 6;
		assertThat(Migrations.failure(database, Migrations.settings(), MigrationErrorCode.TOO_MANY_QUARANTINED)
			.description()).startsWith(bad + " of 9 events");
		MigrationReport report = Migrations.migrateToHead(database, Migrations.settings().withMaxQuarantined(bad));
		assertThat(report.rows().substituted()).isEqualTo(1);
		List<String> reasons = new ArrayList<>(List.of("UNEXPECTED_VALUE", "MISSING_VALUE", "UNEXPECTED_VALUE",
				"UNEXPECTED_VALUE", "UNEXPECTED_VALUE", "BAD_TIME", "BAD_TIME"));
		assertThat(Sql.column(database, "SELECT reason FROM adk_migration_quarantine ORDER BY id"))
			.isEqualTo(reasons.subList(0, bad));
		Map<String, JsonNode> events = MigratedEvents.read(database);
		assertThatObject(Objects.requireNonNull(events.get("app/u/s/auth")))
			.usingComparator(MigratedEvents::compareMeaning)
			.isEqualTo(MigratedEvents.JSON.readTree(
					"""
							{"id":"auth","author":"agent","invocation_id":"i","timestamp":1767323045.12325,"actions":{\
							"requested_auth_configs":{"callId":{"auth_scheme":{"type":"oauth2","flows":{"authorizationCode":\
							{"authorizationUrl":"https://a","scopes":{"aScope":"b"}}}},"raw_auth_credential":{"auth_type":"oauth2",\
							"oauth2":{"client_id":"id"}},"credential_key":"k"}},"state_delta":{},"artifact_delta":{},\
							"requested_tool_confirmations":{}},"long_running_tool_ids":[]}"""));
		assertThatObject(Objects.requireNonNull(events.get("app/u/s/compacted")).get("custom_metadata"))
			.isEqualTo(MigratedEvents.JSON.readTree("""
					{"aB":null,"adk_js_is_compacted":true,"adk_js_start_time":1767323040000,\
					"adk_js_end_time":1767323045000,"adk_js_compacted_content":"short"}"""));
	}

	private static void js(TestDatabase database, String id, String json) throws SQLException {
		String time = database.dialect() == DatabaseDialect.SQLITE ? "1767323045123" : "'2026-01-02 03:04:05'";
		Sql.update(database,
				"INSERT INTO events (id, app_name, user_id, session_id, invocation_id, timestamp, event_data) VALUES"
						+ " (?, 'app', 'u', 's', 'i', " + time + ", "
						+ (database.dialect() == DatabaseDialect.POSTGRESQL ? "CAST(? AS jsonb)" : "?") + ")",
				id, json);
	}

	private static AdkMigrator migrator(TestDatabase database) {
		return Migrations.migrator(database.dataSource(), Migrations.settings());
	}

	private static void closeTo(ObjectNode expected, JsonNode event) {
		assertThat(event.get("timestamp").asDouble()).isCloseTo(expected.get("timestamp").asDouble(), within(5e-5));
		expected.set("timestamp", event.get("timestamp"));
	}

	/** A Julian day tells about 40 microseconds apart. */
	private static long resolution(Fixture fixture) {
		return fixture.family() == LayoutFamily.SQLSPEC && fixture.dialect() == DatabaseDialect.SQLITE ? 50 : 0;
	}

	/**
	 * MySQL's columns of sessions stay in the zone of the writer. Those of SQLSpec are in
	 * UTC, which it takes for the zone of its process when it reads them.
	 */
	private static long updated(Fixture fixture, long micros) {
		if (!fixture.dialect().mysqlFamily()) {
			return micros;
		}
		ZoneId zone = Migrations.WRITER;
		return micros + zone.getRules().getOffset(Instant.EPOCH.plus(micros, ChronoUnit.MICROS)).getTotalSeconds()
				* 1_000_000L;
	}

	private static long micros(TestDatabase database, String query) throws SQLException {
		String text = String.valueOf(Sql.text(database, query)).replace(' ', 'T');
		return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), LocalDateTime.parse(text));
	}

}
