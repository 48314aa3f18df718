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
		return "EXISTS (SELECT 1 FROM " + tables.sql(SessionTable.SESSIONS, dialect) + " s WHERE s.app_name = " + alias
				+ ".app_name AND s.user_id = " + alias + ".user_id AND s.id = " + alias + ".session_id)";
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
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT COUNT(*) FROM " + tables.sql(SessionTable.EVENTS, dialect) + " e WHERE NOT "
							+ hasSession(tables, dialect, "e"))) {
			row.next();
			return row.getLong(1);
		}
	}

}
