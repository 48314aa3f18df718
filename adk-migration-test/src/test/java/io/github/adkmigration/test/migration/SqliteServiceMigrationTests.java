package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Layouts;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatObject;

class SqliteServiceMigrationTests {

	@FixtureTest(families = LayoutFamily.PYTHON_SQLITE_SERVICE)
	void whenMigratedThenEveryEventIsWhatItsWriterReadsBack(Fixture fixture, TestDatabase database)
			throws SQLException {
		AdkMigrator migrator = AdkMigrator.create(database.dataSource()).build();
		MigrationReport report = migrator.migrate();
		assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
		assertThat(report.rows().converted()).isEqualTo(fixture.eventRows().orElseThrow());
		assertThat(report.rows().substituted()).isZero();
		Map<String, JsonNode> events = MigratedEvents.read(database);
		Map<String, List<String>> order = new TreeMap<>();
		for (JsonNode session : fixture.readback().get("sessions")) {
			String prefix = session.get("app_name").asString() + "/" + session.get("user_id").asString() + "/"
					+ session.get("id").asString() + "/";
			List<JsonNode> read = new ArrayList<>(session.get("events").values());
			for (JsonNode event : read) {
				assertThatObject(events.get(prefix + event.get("id").asString()))
					.usingComparator(MigratedEvents::compareMeaning)
					.isEqualTo(event);
			}
			order.put(prefix,
					read.stream()
						.sorted(Comparator.comparingDouble((JsonNode event) -> event.get("timestamp").asDouble())
							.thenComparing((event) -> event.get("id").asString()))
						.map((event) -> prefix + event.get("id").asString())
						.toList());
		}
		assertThat(events.keySet()).containsExactlyElementsOf(order.values().stream().flatMap(List::stream).toList());
		assertThat(migrator.migrate().outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(migrator.verify().successful()).isTrue();
	}

	@FixtureTest(families = LayoutFamily.PYTHON_SQLITE_SERVICE)
	void whenMigratedThenTimesAreTextInUtcAndTheOrderOfTheAppendsIsKept(Fixture fixture, TestDatabase database)
			throws SQLException {
		List<String> appended = strings(database, "SELECT session_id || id FROM events ORDER BY rowid");
		AdkMigrator.create(database.dataSource()).build().migrate();
		assertThat(strings(database, "SELECT session_id || id FROM events ORDER BY rowid")).isEqualTo(appended);
		assertThat(
				strings(database,
						"SELECT DISTINCT typeof(timestamp) || length(timestamp) FROM events UNION SELECT DISTINCT"
								+ " typeof(create_time) || length(create_time) FROM sessions"))
			.containsExactly("text26");
		assertThat(strings(database,
				"SELECT timestamp FROM events WHERE id IN ('e0-99', 'e0-97', 'e0-92') ORDER BY timestamp"))
			.containsExactly("2025-11-02 05:30:00.000000", "2025-11-02 05:30:01.123456", "2025-11-02 06:30:00.765432");
		for (JsonNode session : fixture.readback().get("sessions")) {
			double seconds = Double
				.parseDouble(strings(database, "SELECT (julianday(update_time) - 2440587.5) * 86400 FROM sessions"
						+ " WHERE id = '" + session.get("id").asString() + "'")
					.get(0));
			assertThat(seconds).isCloseTo(session.get("last_update_time").asDouble(),
					org.assertj.core.data.Offset.offset(0.002));
		}
	}

	@FixtureTest(families = LayoutFamily.PYTHON_SQLITE_SERVICE)
	void whenMigratedThenEverySessionHasItsStateAndTheRowsOfTheOtherScopes(Fixture fixture, TestDatabase database)
			throws SQLException {
		AdkMigrator.create(database.dataSource()).build().migrate();
		assertThat(strings(database,
				"SELECT s.id FROM sessions s WHERE NOT EXISTS (SELECT 1 FROM app_states a WHERE a.app_name = s.app_name)"
						+ " OR NOT EXISTS (SELECT 1 FROM user_states u WHERE u.app_name = s.app_name"
						+ " AND u.user_id = s.user_id)"))
			.isEmpty();
		for (JsonNode session : fixture.readback().get("sessions")) {
			String key = " WHERE app_name = '" + session.get("app_name").asString() + "'";
			String user = key + " AND user_id = '" + session.get("user_id").asString() + "'";
			session.get("state").properties().forEach((entry) -> {
				String table = entry.getKey().startsWith("app:") ? "app_states" + key
						: entry.getKey().startsWith("user:") ? "user_states" + user
								: "sessions" + user + " AND id = '" + session.get("id").asString() + "'";
				String name = entry.getKey().replaceFirst("^(app|user):", "");
				JsonNode state = MigratedEvents.JSON.readTree(strings(database, "SELECT state FROM " + table).get(0));
				assertThatObject(state.get(name)).usingComparator(MigratedEvents::compareMeaning)
					.isEqualTo(entry.getValue());
			});
		}
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void whenEventDataIsNoObjectThenTheRowIsQuarantined(TestDatabase database) throws SQLException {
		Layouts.named("python-sqliteservice-1.19.0", DatabaseDialect.SQLITE).create(database);
		execute(database, "INSERT INTO sessions VALUES ('a', 'u', 's', '{}', 1.5, 2.5)");
		execute(database, "INSERT INTO events VALUES ('good', 'a', 'u', 's', 'i', 3.25, '{\"author\": \"user\"}')");
		execute(database, "INSERT INTO events VALUES ('cut', 'a', 'u', 's', 'i', 3.5, '{\"author\":')");
		execute(database, "INSERT INTO events VALUES ('list', 'a', 'u', 's', 'i', 3.5, '[]')");
		assertThatExceptionOfType(MigrationException.class)
			.isThrownBy(() -> AdkMigrator.create(database.dataSource()).build().migrate())
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(MigrationErrorCode.TOO_MANY_QUARANTINED));
		assertThat(strings(database, "SELECT id || typeof(timestamp) FROM events ORDER BY id"))
			.containsExactly("cutreal", "goodreal", "listreal");
		MigrationReport report = AdkMigrator.create(database.dataSource())
			.settings(MigrationSettings.defaults().withMaxQuarantined(2))
			.build()
			.migrate();
		assertThat(report.rows().converted()).isEqualTo(1);
		assertThat(strings(database, "SELECT id || reason FROM adk_migration_quarantine ORDER BY id"))
			.containsExactly("cutBROKEN_JSON", "listUNEXPECTED_VALUE");
		assertThat(strings(database, "SELECT timestamp FROM events")).containsExactly("1970-01-01 00:00:03.250000");
	}

	private static void execute(TestDatabase database, String sql) throws SQLException {
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static List<String> strings(TestDatabase database, String sql) {
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			List<String> strings = new ArrayList<>();
			while (rows.next()) {
				strings.add(rows.getString(1));
			}
			return strings;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
