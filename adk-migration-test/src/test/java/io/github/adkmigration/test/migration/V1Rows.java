package io.github.adkmigration.test.migration;

import java.sql.SQLException;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.settings.UpgradeTarget;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;

/**
 * A database of adk-python 1.22 to 1.27, which lacks nothing of head but its index.
 */
final class V1Rows {

	static final String INDEX = "idx_events_app_user_session_ts_id";

	private V1Rows() {
	}

	/**
	 * Create it.
	 * @param events how many events it holds
	 */
	static void create(TestDatabase database, int events) throws SQLException {
		if (database.dialect() == DatabaseDialect.H2) {
			Migrations.migrator(database.dataSource(), Migrations.settings()).migrate(UpgradeTarget.revision("0001"));
		}
		else {
			Layouts.named("python-1.22.0", database.dialect()).create(database);
		}
		HeadRows.states(database);
		for (int i = 0; i < events; i++) {
			event(database, "e" + i);
		}
	}

	static void event(TestDatabase database, String id) throws SQLException {
		HeadRows.event(database, id, "2026-01-02 03:04:05", "{\"id\": \"" + id
				+ "\", \"author\": \"user\", \"invocation_id\": \"i\", \"timestamp\": 1767323045.0}");
	}

}
