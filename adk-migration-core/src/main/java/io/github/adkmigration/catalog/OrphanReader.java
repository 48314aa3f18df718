package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Counts the events that belong to no session. A foreign key proves nothing about rows
 * that came in past it, as from a restored dump.
 *
 * @since 0.1.0
 */
public final class OrphanReader {

	private OrphanReader() {
	}

	/**
	 * Return the condition that an event has its session.
	 * @param tables the names of the target
	 * @param dialect the dialect of the statement
	 * @param alias the name of the table of events in the statement
	 * @return a condition
	 */
	public static String hasSession(SessionTables tables, DatabaseDialect dialect, String alias) {
		return hasSession(tables.sql(SessionTable.SESSIONS, dialect), alias);
	}

	/**
	 * Return the condition that an event has its session.
	 * @param sessions the table of sessions as it stands in a statement
	 * @param alias the name of the table of events in the statement
	 * @return a condition
	 */
	public static String hasSession(String sessions, String alias) {
		return "EXISTS (" + session(sessions, alias) + ")";
	}

	/**
	 * Return the query that has a row if an event has its session.
	 * @param sessions the table of sessions as it stands in a statement
	 * @param alias the name of the table of events in the statement
	 * @return a query
	 */
	public static String session(String sessions, String alias) {
		return "SELECT 1 FROM " + sessions + " s WHERE s.app_name = " + alias + ".app_name AND s.user_id = " + alias
				+ ".user_id AND s.id = " + alias + ".session_id";
	}

	/**
	 * Count them.
	 * @param connection any connection
	 * @param dialect its dialect
	 * @param tables the names of the target
	 * @return how many
	 * @throws SQLException if a table cannot be read
	 */
	public static long count(Connection connection, DatabaseDialect dialect, SessionTables tables) throws SQLException {
		return count(connection, tables.sql(SessionTable.EVENTS, dialect), tables.sql(SessionTable.SESSIONS, dialect));
	}

	/**
	 * Count them.
	 * @param connection any connection
	 * @param events the table of events as it stands in a statement
	 * @param sessions the table of sessions as it stands in a statement
	 * @return how many
	 * @throws SQLException if a table cannot be read
	 */
	public static long count(Connection connection, String events, String sessions) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT COUNT(*) FROM " + events + " e WHERE NOT " + hasSession(sessions, "e"))) {
			row.next();
			return row.getLong(1);
		}
	}

}
