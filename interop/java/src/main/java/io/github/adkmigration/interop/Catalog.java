package io.github.adkmigration.interop;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a catalog says about ADK's tables, as lines to be compared.
 */
final class Catalog {

	private static final List<String> TABLES = List.of("sessions", "events", "app_states", "user_states",
			"adk_internal_metadata");

	private Catalog() {
	}

	static List<String> of(Connection connection) throws SQLException {
		DatabaseMetaData metaData = connection.getMetaData();
		String catalog = connection.getCatalog();
		List<String> lines = new ArrayList<>();
		add(lines, metaData.getTables(catalog, null, "%", new String[] { "TABLE" }), "TABLE_NAME");
		for (String table : TABLES) {
			add(lines, metaData.getColumns(catalog, null, table, "%"), "TABLE_NAME", "COLUMN_NAME", "TYPE_NAME",
					"COLUMN_SIZE", "IS_NULLABLE", "COLUMN_DEF");
			add(lines, metaData.getPrimaryKeys(catalog, null, table), "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ");
			add(lines, metaData.getIndexInfo(catalog, null, table, false, true), "TABLE_NAME", "INDEX_NAME",
					"ORDINAL_POSITION", "COLUMN_NAME", "ASC_OR_DESC", "NON_UNIQUE");
			add(lines, metaData.getImportedKeys(catalog, null, table), "FKTABLE_NAME", "FKCOLUMN_NAME", "PKTABLE_NAME",
					"PKCOLUMN_NAME", "DELETE_RULE");
		}
		return lines;
	}

	private static void add(List<String> lines, ResultSet rows, String... columns) throws SQLException {
		try (rows) {
			while (rows.next()) {
				List<String> values = new ArrayList<>();
				for (String column : columns) {
					values.add(column + "=" + rows.getString(column));
				}
				lines.add(String.join(" ", values));
			}
		}
	}

}
