package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.corpus.CorpusBuilder;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;

/**
 * Databases of every layout that is converted, with rows, and what a new application
 * appends to them after the conversion.
 */
final class HistoricRows {

	/** Events of each. */
	static final int EVENTS = 6;

	private static final String TIMES = "'2026-01-02 03:04:05.000006'";

	private HistoricRows() {
	}

	/**
	 * Return the layouts of a dialect that are converted.
	 */
	static Stream<String> layouts(DatabaseDialect dialect) {
		return Layouts.of(dialect)
			.stream()
			.map((layout) -> layout.name())
			.filter((name) -> name.matches(
					"python-(0\\.[14]\\.0|1\\.14\\.0|1\\.19\\.0|1\\.28\\.0-v0)|python-sqliteservice.*|java-pr700"));
	}

	static void fill(TestDatabase database, String layout) throws SQLException {
		if (layout.startsWith("python-sqliteservice")) {
			Layouts.named(layout, database.dialect()).create(database);
			Sql.execute(database,
					"INSERT INTO sessions VALUES ('corpus', 'u', 's', '{\"k\": 1}', 1764000000.25, 1764000001.5)",
					"INSERT INTO user_states VALUES ('corpus', 'u', '{\"n\": \"x\"}', 1764000001.5)");
			for (int i = 0; i < EVENTS; i++) {
				Sql.execute(database, "INSERT INTO events VALUES ('e" + i + "', 'corpus', 'u', 's', 'i', "
						+ (1764000000.125 + i) + ", '{\"author\": \"user\"}')");
			}
		}
		else if (layout.equals("java-pr700")) {
			Layouts.named(layout, database.dialect()).create(database);
			Sql.execute(database,
					"INSERT INTO sessions (app_name, user_id, id, state, create_time, update_time) VALUES ('corpus', 'u',"
							+ " 's', '{\"k\": 1}', '2025-11-05 05:00:00', '2025-11-05 05:30:01'), ('corpus', 'u', 'it''s',"
							+ " NULL, NULL, NULL)",
					"INSERT INTO app_states (app_name, state, update_time) VALUES ('corpus', NULL, NULL)");
			for (int i = 0; i < EVENTS; i++) {
				Sql.execute(database,
						"INSERT INTO events (id, app_name, user_id, session_id, invocation_id, timestamp, event_data)"
								+ " VALUES ('e" + i + "', 'corpus', 'u', 's', 'i', '2025-11-05 05:30:0" + i
								+ ".5', '{\"author\": \"user\"}')");
			}
		}
		else {
			CorpusBuilder.layout(layout).size(2, EVENTS / 2).fill(database);
		}
	}

	/**
	 * Append an event to the oldest session, as an application does that knows head.
	 */
	static void append(TestDatabase database, String id) throws SQLException {
		Sql.execute(database,
				"INSERT INTO events (id, app_name, user_id, session_id, invocation_id, timestamp, event_data) SELECT '"
						+ id + "', app_name, user_id, id, 'i', " + time(database)
						+ ", '{\"id\": \"new\", \"author\": \"user\"}' FROM sessions WHERE id = (SELECT min(id) FROM"
						+ " sessions)");
	}

	/**
	 * Begin a session with an event, for a user of whom nothing is known yet.
	 */
	static void begin(TestDatabase database, String id) throws SQLException {
		Sql.execute(database,
				"INSERT INTO sessions (app_name, user_id, id, state, create_time, update_time) VALUES ('corpus', 'newcomer',"
						+ " '" + id + "', '{\"fresh\": true}', " + TIMES + ", " + TIMES + ")",
				"INSERT INTO user_states (app_name, user_id, state, update_time) VALUES ('corpus', 'newcomer',"
						+ " '{\"seen\": 1}', " + TIMES + ")",
				"INSERT INTO events (id, app_name, user_id, session_id, invocation_id, timestamp, event_data) VALUES ('"
						+ id + "-1', 'corpus', 'newcomer', '" + id + "', 'i', " + time(database)
						+ ", '{\"id\": \"new\", \"author\": \"user\"}')");
	}

	private static String time(TestDatabase database) {
		return database.dialect() == DatabaseDialect.POSTGRESQL ? "TIMESTAMP " + TIMES : TIMES;
	}

}
