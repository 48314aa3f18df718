package io.github.adkmigration.preflight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Counts states that adk-js has destroyed: with a URL of MySQL on MariaDB it reads a
 * state as text, and the next write spreads that, so that each character becomes an entry
 * with its position as the key. What was there before the write could be put together
 * again, but nobody knows what the agent would have made of it.
 */
final class SpreadStateReader {

	private static final List<SessionTable> TABLES = List.of(SessionTable.SESSIONS, SessionTable.APP_STATES,
			SessionTable.USER_STATES);

	/** As written, and as databases print it that have read the JSON. */
	private static final List<String> PATTERNS = List.of("{\"0\":\"{\",\"1\":\"%", "{\"0\": \"{\", \"1\": \"%");

	private SpreadStateReader() {
	}

	static List<SpreadStates> read(Connection connection, DatabaseDialect dialect, SessionTables tables,
			Catalog catalog) throws SQLException {
		List<SpreadStates> found = new ArrayList<>();
		for (SessionTable table : TABLES) {
			String name = tables.name(table);
			if (catalog.table(name).filter((columns) -> columns.has("state")).isPresent()) {
				long rows = count(connection, dialect, tables.sql(table, dialect));
				if (rows > 0) {
					found.add(new SpreadStates(name, rows));
				}
			}
		}
		return found;
	}

	private static long count(Connection connection, DatabaseDialect dialect, String table) throws SQLException {
		String text = "CAST(s.state AS " + (dialect.mysqlFamily() ? "CHAR" : "text") + ")";
		try (PreparedStatement select = connection.prepareStatement(
				"SELECT count(*) FROM " + table + " s WHERE " + text + " LIKE ? OR " + text + " LIKE ?")) {
			select.setString(1, PATTERNS.get(0));
			select.setString(2, PATTERNS.get(1));
			try (ResultSet row = select.executeQuery()) {
				row.next();
				return row.getLong(1);
			}
		}
	}

	/**
	 * Destroyed states of one table.
	 *
	 * @param table name of the table
	 * @param rows how many there are
	 */
	record SpreadStates(String table, long rows) {
	}

}
