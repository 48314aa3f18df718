package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Everything that stands in a database: the columns, keys, indexes and rows of each
 * table, in a form that can be compared.
 *
 * @param tables lines by table
 */
record Contents(Map<String, List<String>> tables) {

	static Contents of(TestDatabase database) throws SQLException {
		return of(database, (table) -> true);
	}

	/**
	 * Read all tables but our own records.
	 */
	static Contents ofSessionTables(TestDatabase database) throws SQLException {
		return of(database, (table) -> !table.toLowerCase(Locale.ROOT).contains("adk_migration_"));
	}

	private static Contents of(TestDatabase database, Predicate<String> wanted) throws SQLException {
		try (Connection connection = database.connection()) {
			return of(connection, database.dialect(), wanted);
		}
	}

	static Contents of(Connection connection, DatabaseDialect dialect, Predicate<String> wanted) throws SQLException {
		Map<String, List<String>> tables = new TreeMap<>();
		DatabaseMetaData metaData = connection.getMetaData();
		for (Table table : tables(metaData)) {
			if (wanted.test(table.name())) {
				List<String> lines = new ArrayList<>(structure(metaData, table));
				lines.addAll(rows(connection, table, dialect));
				tables.put(table.schema() + "." + table.name(), lines);
			}
		}
		return new Contents(tables);
	}

	private static List<Table> tables(DatabaseMetaData metaData) throws SQLException {
		List<Table> tables = new ArrayList<>();
		String catalog = metaData.getConnection().getCatalog();
		try (ResultSet rows = metaData.getTables(catalog, null, "%", null)) {
			while (rows.next()) {
				String schema = rows.getString(2);
				boolean system = "pg_catalog".equals(schema) || "INFORMATION_SCHEMA".equalsIgnoreCase(schema)
						|| "pg_toast".equals(schema) || rows.getString(4).contains("SYSTEM")
						|| rows.getString(4).contains("INDEX") || rows.getString(4).contains("SEQUENCE");
				if (!system) {
					tables.add(new Table(catalog, schema, rows.getString(3)));
				}
			}
		}
		return tables;
	}

	private static List<String> structure(DatabaseMetaData metaData, Table table) throws SQLException {
		List<String> lines = new ArrayList<>();
		lines.addAll(lines(metaData.getColumns(table.catalog(), table.schema(), table.name(), "%"), "COLUMN_NAME",
				"TYPE_NAME", "COLUMN_SIZE", "DECIMAL_DIGITS", "IS_NULLABLE", "ORDINAL_POSITION"));
		lines.addAll(lines(metaData.getPrimaryKeys(table.catalog(), table.schema(), table.name()), "COLUMN_NAME",
				"KEY_SEQ"));
		lines.addAll(lines(metaData.getImportedKeys(table.catalog(), table.schema(), table.name()), "PKTABLE_NAME",
				"FKCOLUMN_NAME", "DELETE_RULE"));
		lines.addAll(lines(metaData.getIndexInfo(table.catalog(), table.schema(), table.name(), false, true),
				"INDEX_NAME", "COLUMN_NAME", "ASC_OR_DESC"));
		return lines;
	}

	private static List<String> lines(ResultSet rows, String... columns) throws SQLException {
		List<String> lines = new ArrayList<>();
		try (rows) {
			while (rows.next()) {
				StringBuilder line = new StringBuilder();
				for (String column : columns) {
					line.append(column).append('=').append(rows.getString(column)).append(' ');
				}
				// H2 makes names up anew whenever it changes a table.
				lines.add(line.toString().replaceAll("(PRIMARY_KEY|CONSTRAINT_INDEX)_\\w+", "$1"));
			}
		}
		lines.sort(null);
		return lines;
	}

	private static List<String> rows(Connection connection, Table table, DatabaseDialect dialect) throws SQLException {
		List<String> lines = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT * FROM " + table.sql(dialect) + table.selection())) {
			int columns = rows.getMetaData().getColumnCount();
			while (rows.next()) {
				StringBuilder line = new StringBuilder("row ");
				for (int i = 1; i <= columns; i++) {
					line.append(value(rows, i)).append('|');
				}
				lines.add(line.toString());
			}
		}
		lines.sort(null);
		return lines;
	}

	private static @Nullable String value(ResultSet rows, int column) throws SQLException {
		String type = rows.getMetaData().getColumnTypeName(column).toLowerCase(Locale.ROOT);
		if (type.contains("blob") || type.equals("bytea")) {
			byte[] bytes = rows.getBytes(column);
			return bytes == null ? null : HexFormat.of().formatHex(bytes);
		}
		return rows.getString(column);
	}

	private record Table(@Nullable String catalog, @Nullable String schema, String name) {

		private String sql(DatabaseDialect dialect) {
			String quote = dialect.mysqlFamily() ? "`" : "\"";
			String qualifier = this.schema == null ? "" : quote + this.schema + quote + ".";
			return qualifier + quote + this.name + quote;
		}

		/**
		 * Leave out what our own record says of refusals: to be written there changes
		 * nothing of what was refused.
		 */
		private String selection() {
			return this.name.equalsIgnoreCase("adk_migration_run") ? " WHERE run_number > 0" : "";
		}

	}

}
