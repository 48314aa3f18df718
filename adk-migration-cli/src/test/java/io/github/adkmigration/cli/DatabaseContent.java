package io.github.adkmigration.cli;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;

/**
 * Everything that stands in a database, our own tables included, in a form that can be
 * compared.
 *
 * @param catalog what the product itself says of each table, column, key and index
 * @param rows each row by its table
 */
record DatabaseContent(List<String> catalog, Map<String, List<String>> rows) {

	static DatabaseContent of(TestDatabase database) throws SQLException {
		try (Connection connection = database.connection()) {
			List<String> catalog = new ArrayList<>();
			Map<String, List<String>> rows = new TreeMap<>();
			boolean described = !database.dialect().mysqlFamily();
			if (described) {
				catalog.addAll(lines(connection, catalogQuery(database.dialect())));
			}
			for (String table : lines(connection, tablesQuery(database.dialect()))) {
				if (!described) {
					catalog.addAll(lines(connection, "SHOW CREATE TABLE " + table));
				}
				// A refusal is recorded, and changes nothing of what was refused.
				rows.put(table, lines(connection,
						"SELECT * FROM " + table + (table.equals("adk_migration_run") ? " WHERE run_number > 0" : "")));
			}
			return new DatabaseContent(catalog, rows);
		}
	}

	/**
	 * Return the rows without those of our records, to which every run adds.
	 */
	Map<String, List<String>> conversations() {
		Map<String, List<String>> conversations = new TreeMap<>(this.rows);
		conversations.keySet().removeIf((table) -> table.startsWith("adk_migration_"));
		return conversations;
	}

	private static String tablesQuery(DatabaseDialect dialect) {
		return switch (dialect) {
			case SQLITE -> "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1";
			case POSTGRESQL -> "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1";
			default -> "SELECT table_name FROM information_schema.tables WHERE table_schema = database() ORDER BY 1";
		};
	}

	private static String catalogQuery(DatabaseDialect dialect) {
		return (dialect == DatabaseDialect.SQLITE) ? "SELECT type, name, tbl_name, sql FROM sqlite_schema" : """
				SELECT concat_ws(' ', table_name, ordinal_position, column_name, udt_name, character_maximum_length,
				is_nullable, column_default) FROM information_schema.columns WHERE table_schema = current_schema()
				UNION ALL SELECT concat_ws(' ', c.relname, k.conname, k.convalidated, pg_get_constraintdef(k.oid))
				FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
				WHERE c.relnamespace = current_schema()::regnamespace
				UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()""";
	}

	private static List<String> lines(Connection connection, String query) throws SQLException {
		List<String> lines = new ArrayList<>();
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
			int columns = rows.getMetaData().getColumnCount();
			while (rows.next()) {
				List<String> values = new ArrayList<>();
				for (int i = 1; i <= columns; i++) {
					values.add((rows.getObject(i) instanceof byte[] bytes) ? HexFormat.of().formatHex(bytes)
							: text(rows, i));
				}
				lines.add(String.join("|", values));
			}
		}
		lines.sort(null);
		return lines;
	}

	private static String text(ResultSet rows, int column) throws SQLException {
		return String.valueOf(rows.getString(column));
	}

}
