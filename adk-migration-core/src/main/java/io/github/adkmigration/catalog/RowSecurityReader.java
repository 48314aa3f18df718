package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Finds the tables of which PostgreSQL's row level security may hide rows from the user
 * of the connection.
 *
 * @since 0.1.0
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html">the function
 * row_security_active</a>
 */
public final class RowSecurityReader {

	private RowSecurityReader() {
	}

	/**
	 * Read the tables.
	 * @param connection a connection to PostgreSQL
	 * @param tables the names of the target
	 * @param catalog the tables that exist
	 * @return the names of those that may be seen only in part, empty as a rule
	 * @throws SQLException if the database refuses the query
	 */
	public static List<String> hiding(Connection connection, SessionTables tables, Catalog catalog)
			throws SQLException {
		List<String> hiding = new ArrayList<>();
		for (SessionTable table : SessionTable.values()) {
			String name = tables.name(table);
			if (catalog.table(name).isPresent() && active(connection, tables.sql(table, DatabaseDialect.POSTGRESQL))) {
				hiding.add(name);
			}
		}
		return hiding;
	}

	private static boolean active(Connection connection, String table) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT pg_catalog.row_security_active("
						+ DatabaseDialect.POSTGRESQL.literal(table) + "::regclass)")) {
			return row.next() && row.getBoolean(1);
		}
	}

}
