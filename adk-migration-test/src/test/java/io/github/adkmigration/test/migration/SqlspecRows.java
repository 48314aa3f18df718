package io.github.adkmigration.test.migration;

import java.sql.SQLException;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;

/**
 * A database of SQLSpec 0.69.0 with a state that is no object, filled row by row.
 */
final class SqlspecRows {

	private SqlspecRows() {
	}

	static void create(TestDatabase database) throws SQLException {
		Layouts.named("sqlspec-0.69.0", database.dialect()).create(database);
		String time = time(database);
		Sql.execute(database,
				"INSERT INTO adk_session (id, app_name, user_id, state, create_time, update_time) VALUES ('s', 'app', 'u',"
						+ " '{}', " + time + ", " + time + "), ('t', 'app', 'u', '[]', " + time + ", " + time + ")",
				"INSERT INTO adk_app_state (app_name, state, update_time) VALUES ('app', '{\"app:theme\":\"dark\","
						+ "\"plain\":1}', " + time + ")");
	}

	static void event(TestDatabase database, String id, String json) throws SQLException {
		Sql.execute(database,
				"INSERT INTO adk_event (id, app_name, user_id, session_id, invocation_id, timestamp, event_data) VALUES ('"
						+ id + "', 'app', 'u', 's', 'i', " + time(database) + ", '" + json + "')");
	}

	static String time(TestDatabase database) {
		return database.dialect() == DatabaseDialect.SQLITE ? "2461042.6278356" : "'2026-01-02 03:04:05'";
	}

}
