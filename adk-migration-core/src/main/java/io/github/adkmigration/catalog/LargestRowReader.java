package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;

/**
 * Finds the largest row of a table of MySQL or MariaDB.
 *
 * @since 0.1.0
 */
public final class LargestRowReader {

	private LargestRowReader() {
	}

	/**
	 * Measure the largest row.
	 * @param connection a connection
	 * @param dialect MySQL or MariaDB
	 * @param relation the table as it stands in a statement
	 * @param table its columns
	 * @return what its columns hold, bytes; 0 without a row
	 * @throws SQLException if the database refuses the query
	 */
	public static long bytes(Connection connection, DatabaseDialect dialect, String relation, Catalog.Table table)
			throws SQLException {
		String row = table.columns()
			.stream()
			.map((column) -> "COALESCE(" + size(column, dialect.quote(column.name())) + ", 0)")
			.collect(Collectors.joining(" + "));
		try (Statement statement = connection.createStatement();
				ResultSet largest = statement.executeQuery("SELECT MAX(" + row + ") FROM " + relation)) {
			largest.next();
			return largest.getLong(1);
		}
	}

	/** Making a text of MySQL's own JSON to measure it would take far longer. */
	private static String size(Catalog.Column column, String name) {
		return column.type().equals("json") ? "JSON_STORAGE_SIZE(" + name + ")" : "OCTET_LENGTH(" + name + ")";
	}

}
