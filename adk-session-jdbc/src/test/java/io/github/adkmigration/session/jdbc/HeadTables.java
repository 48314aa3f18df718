package io.github.adkmigration.session.jdbc;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables of head as adk-python 2.10.0 to 2.13.0 creates them.
 */
final class HeadTables {

	private HeadTables() {
	}

	static void create(DataSource dataSource, SessionTables tables, DatabaseDialect dialect) {
		String json = switch (dialect) {
			case SQLITE -> "TEXT";
			case H2 -> "CHARACTER LARGE OBJECT";
			case POSTGRESQL -> "JSONB";
			case MYSQL, MARIADB -> "LONGTEXT";
		};
		String time = switch (dialect) {
			case SQLITE -> "DATETIME";
			case H2, POSTGRESQL -> "TIMESTAMP(6)";
			case MYSQL, MARIADB -> "DATETIME(6)";
		};
		String sessions = tables.sql(SessionTable.SESSIONS, dialect);
		String events = tables.sql(SessionTable.EVENTS, dialect);
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		jdbc.execute("CREATE TABLE " + sessions + " (app_name VARCHAR(128) NOT NULL, user_id VARCHAR(128) NOT NULL, "
				+ "id VARCHAR(128) NOT NULL, state " + json + " NOT NULL, create_time " + time
				+ " NOT NULL, update_time " + time + " NOT NULL, PRIMARY KEY (app_name, user_id, id))");
		jdbc.execute("CREATE TABLE " + tables.sql(SessionTable.APP_STATES, dialect)
				+ " (app_name VARCHAR(128) NOT NULL, state " + json + " NOT NULL, update_time " + time
				+ " NOT NULL, PRIMARY KEY (app_name))");
		jdbc.execute("CREATE TABLE " + tables.sql(SessionTable.USER_STATES, dialect)
				+ " (app_name VARCHAR(128) NOT NULL, user_id VARCHAR(128) NOT NULL, state " + json
				+ " NOT NULL, update_time " + time + " NOT NULL, PRIMARY KEY (app_name, user_id))");
		jdbc.execute("CREATE TABLE " + events + " (id VARCHAR(128) NOT NULL, app_name VARCHAR(128) NOT NULL, "
				+ "user_id VARCHAR(128) NOT NULL, session_id VARCHAR(128) NOT NULL, "
				+ "invocation_id VARCHAR(256) NOT NULL, timestamp " + time + " NOT NULL, event_data " + json
				+ ", PRIMARY KEY (id, app_name, user_id, session_id), FOREIGN KEY (app_name, user_id, session_id) "
				+ "REFERENCES " + sessions + " (app_name, user_id, id) ON DELETE CASCADE)");
		jdbc.execute("CREATE INDEX " + dialect.quote(tables.eventsIndexName()) + " ON " + events
				+ " (app_name, user_id, session_id, timestamp DESC, id DESC)");
	}

}
