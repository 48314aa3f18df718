package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Sets time columns to UTC and keeps what stood there, in one transaction of the caller.
 * The database itself copies the old value, so that it stays what it was to the byte.
 */
final class FormerTimes {

	private static final String EVENT_KEY = "id = ? AND app_name = ? AND user_id = ? AND session_id = ?";

	private static final String SESSION_KEY = "app_name = ? AND user_id = ? AND id = ?";

	private final String keepEvent;

	private final String setEvent;

	private final String keepSession;

	private final String setSession;

	FormerTimes(DatabaseDialect dialect, SessionTables tables) {
		String events = tables.sql(SessionTable.EVENTS, dialect);
		String sessions = tables.sql(SessionTable.SESSIONS, dialect);
		String former = tables.sql(BookkeepingTable.FORMER_TIMES, dialect);
		boolean postgres = dialect == DatabaseDialect.POSTGRESQL;
		String time = time(dialect, "?");
		// Who sets a time back by hand finds it repaired again, with that as the former.
		String keep = (postgres ? "INSERT" : "REPLACE") + " INTO " + former
				+ " (kind, id, app_name, user_id, session_id, former, utc) SELECT ";
		String replaced = postgres ? " ON CONFLICT (kind, id, app_name, user_id, session_id)"
				+ " DO UPDATE SET former = EXCLUDED.former, utc = EXCLUDED.utc" : "";
		String timestamp = dialect.quote("timestamp");
		this.keepEvent = keep + "'event', id, app_name, user_id, session_id, " + timestamp + ", " + time + " FROM "
				+ events + " WHERE " + EVENT_KEY + replaced;
		this.setEvent = "UPDATE " + events + " SET " + timestamp + " = " + time + " WHERE " + EVENT_KEY + " AND "
				+ timestamp + " = (SELECT f.former FROM " + former
				+ " f WHERE f.kind = 'event' AND f.id = ? AND f.app_name = ? AND f.user_id = ? AND f.session_id = ?)";
		this.keepSession = keep + "'session', id, app_name, user_id, id, update_time, " + time + " FROM " + sessions
				+ " WHERE " + SESSION_KEY + " AND update_time = " + time + replaced;
		this.setSession = "UPDATE " + sessions + " SET update_time = " + time + " WHERE " + SESSION_KEY
				+ " AND update_time = " + time;
	}

	/**
	 * Return a text as a time of the database.
	 */
	private static String time(DatabaseDialect dialect, String text) {
		return switch (dialect) {
			case POSTGRESQL, H2 -> "CAST(" + text + " AS timestamp)";
			case MYSQL, MARIADB -> "CAST(" + text + " AS DATETIME(6))";
			case SQLITE -> text;
		};
	}

	void events(Connection connection, List<EventTime> times) throws SQLException {
		try (PreparedStatement keep = connection.prepareStatement(this.keepEvent);
				PreparedStatement set = connection.prepareStatement(this.setEvent)) {
			for (EventTime time : times) {
				keep.setString(1, time.utc());
				key(keep, 2, time.key());
				keep.addBatch();
				set.setString(1, time.utc());
				key(set, 2, time.key());
				key(set, 6, time.key());
				set.addBatch();
			}
			keep.executeBatch();
			set.executeBatch();
		}
	}

	private static void key(PreparedStatement statement, int first, EventKey key) throws SQLException {
		statement.setString(first, key.id());
		statement.setString(first + 1, key.appName());
		statement.setString(first + 2, key.userId());
		statement.setString(first + 3, key.sessionId());
	}

	/**
	 * Set the times of sessions that nobody has changed since they were read.
	 */
	void sessions(Connection connection, List<SessionTime> times) throws SQLException {
		try (PreparedStatement keep = connection.prepareStatement(this.keepSession);
				PreparedStatement set = connection.prepareStatement(this.setSession)) {
			for (SessionTime time : times) {
				for (PreparedStatement statement : List.of(keep, set)) {
					statement.setString(1, time.utc());
					statement.setString(2, time.appName());
					statement.setString(3, time.userId());
					statement.setString(4, time.id());
					statement.setString(5, time.former());
					statement.addBatch();
				}
			}
			keep.executeBatch();
			set.executeBatch();
		}
	}

	/**
	 * What the time column of an event is to hold.
	 *
	 * @param key which event
	 * @param utc the time
	 */
	record EventTime(EventKey key, String utc) {
	}

	/**
	 * What the time of a session is to be.
	 *
	 * @param appName its application
	 * @param userId its user
	 * @param id its id
	 * @param former what it is
	 * @param utc what it is to be
	 */
	record SessionTime(String appName, String userId, String id, String former, String utc) {
	}

}
