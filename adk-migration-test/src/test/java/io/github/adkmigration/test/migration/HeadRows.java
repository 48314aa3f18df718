package io.github.adkmigration.test.migration;

import java.sql.SQLException;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;
import org.jspecify.annotations.Nullable;

/**
 * A database of head with few rows, each as a test wants it.
 */
final class HeadRows {

	private HeadRows() {
	}

	static void create(TestDatabase database) throws SQLException {
		if (database.dialect() == DatabaseDialect.H2) {
			Migrations.migrate(database);
		}
		else {
			Layouts.named("python-2.10.0", database.dialect()).create(database);
		}
		states(database);
	}

	/**
	 * Add a session, and the rows of states that adk-python wants for it.
	 */
	static void states(TestDatabase database) throws SQLException {
		V0Rows.session(database, "s");
		Sql.execute(database,
				"INSERT INTO app_states (app_name, state, update_time) VALUES ('shop', '{\"a\": [1.50]}',"
						+ " '2025-07-01 10:00:00.5')",
				"INSERT INTO user_states (app_name, user_id, state, update_time) VALUES ('shop', 'u',"
						+ " '{\"u\": null}', '2025-07-01 10:00:00')");
	}

	static void event(TestDatabase database, String id, String time, @Nullable String json) throws SQLException {
		String value = switch (database.dialect()) {
			case POSTGRESQL -> "CAST(? AS jsonb)";
			case SQLITE, MYSQL, MARIADB, H2 -> "?";
		};
		Sql.update(database, "INSERT INTO events (id, app_name, user_id, session_id, invocation_id, timestamp,"
				+ " event_data) VALUES (?, 'shop', 'u', 's', 'i', '" + time + "', " + value + ")", id, json);
	}

}
