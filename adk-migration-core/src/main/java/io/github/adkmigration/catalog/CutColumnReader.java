package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Finds the columns of MySQL and MariaDB that may have cut what was written to them: a
 * BLOB or a TEXT holds 65,535 bytes, and outside of the strict mode the server cuts the
 * rest off with a warning that nobody reads. What was cut is exactly as long as that.
 *
 * @since 0.1.0
 */
public final class CutColumnReader {

	private static final int LONGEST = 65_535;

	private static final Set<String> CUTTING = Set.of("blob", "text");

	/** Was a BLOB once, and may have been widened after it had cut something. */
	private static final String ACTIONS = "actions";

	private CutColumnReader() {
	}

	/**
	 * Count the rows of the events that are exactly as long as a column allows.
	 * @param connection any connection
	 * @param dialect its dialect
	 * @param tables the names of the target
	 * @param catalog the tables that exist
	 * @return the columns that have such rows
	 * @throws SQLException if the table cannot be read
	 */
	public static List<CutColumn> read(Connection connection, DatabaseDialect dialect, SessionTables tables,
			Catalog catalog) throws SQLException {
		List<Catalog.Column> columns = !dialect.mysqlFamily() ? List.of()
				: catalog.table(tables.name(SessionTable.EVENTS))
					.map(Catalog.Table::columns)
					.orElse(List.of())
					.stream()
					.filter((column) -> CUTTING.contains(column.type()) || column.name().equals(ACTIONS))
					.toList();
		List<CutColumn> found = new ArrayList<>();
		if (columns.isEmpty()) {
			return found;
		}
		String counts = columns.stream()
			.map((column) -> "COALESCE(SUM(OCTET_LENGTH(" + dialect.quote(column.name()) + ") = " + LONGEST + "), 0)")
			.collect(Collectors.joining(", "));
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT " + counts + " FROM " + tables.sql(SessionTable.EVENTS, dialect))) {
			row.next();
			for (int i = 0; i < columns.size(); i++) {
				if (row.getLong(i + 1) > 0) {
					found.add(new CutColumn(tables.name(SessionTable.EVENTS) + "." + columns.get(i).name(),
							columns.get(i).type(), LONGEST, row.getLong(i + 1)));
				}
			}
		}
		return found;
	}

	/**
	 * A column with values that look cut off.
	 *
	 * @param column its name, behind that of the table
	 * @param type its type
	 * @param bytes what each of the values holds
	 * @param rows how many there are
	 */
	public record CutColumn(String column, String type, int bytes, long rows) {
	}

}
