package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Finds the columns of the tables of sessions and states that hold texts which head's
 * narrower type cannot.
 *
 * @since 0.1.0
 */
public final class LongKeyReader {

	private static final Pattern LIMITED = Pattern.compile("varchar\\((\\d+)\\)");

	private LongKeyReader() {
	}

	/**
	 * Look for texts that are too long.
	 * @param connection any connection
	 * @param dialect its dialect
	 * @param tables the names of the target
	 * @param catalog what is known of the tables already
	 * @return the columns, with numbers and no values
	 * @throws SQLException if a table cannot be read
	 */
	public static List<LongKey> read(Connection connection, DatabaseDialect dialect, SessionTables tables,
			Catalog catalog) throws SQLException {
		List<LongKey> found = new ArrayList<>();
		HeadSchema head = HeadSchema.of(dialect, tables);
		for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.APP_STATES, SessionTable.USER_STATES)) {
			for (Catalog.Column wanted : head.table(table).columns()) {
				Matcher limited = LIMITED.matcher(wanted.type());
				boolean differs = catalog.table(tables.name(table))
					.flatMap((existing) -> existing.column(wanted.name()))
					.filter((column) -> !column.type().equals(wanted.type()))
					.isPresent();
				if (differs && limited.matches()) {
					find(connection, dialect, tables, table, wanted.name(), Integer.parseInt(limited.group(1)), found);
				}
			}
		}
		return found;
	}

	/**
	 * Look for texts that are too long for head on a database that limits them, whatever
	 * the types of the columns are.
	 * @param connection any connection
	 * @param dialect its dialect
	 * @param tables the names of the tables
	 * @param catalog which of them and of their columns exist
	 * @return the columns, with numbers and no values
	 * @throws SQLException if a table cannot be read
	 */
	public static List<LongKey> readAll(Connection connection, DatabaseDialect dialect, SessionTables tables,
			Catalog catalog) throws SQLException {
		List<LongKey> found = new ArrayList<>();
		HeadSchema head = HeadSchema.of(dialect, tables);
		for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.APP_STATES, SessionTable.USER_STATES)) {
			for (Catalog.Column wanted : head.table(table).columns()) {
				Matcher limited = LIMITED.matcher(wanted.type());
				boolean exists = catalog.table(tables.name(table))
					.filter((existing) -> existing.has(wanted.name()))
					.isPresent();
				if (exists && limited.matches()) {
					find(connection, dialect, tables, table, wanted.name(), Integer.parseInt(limited.group(1)), found);
				}
			}
		}
		return found;
	}

	private static void find(Connection connection, DatabaseDialect dialect, SessionTables tables, SessionTable table,
			String column, int allowed, List<LongKey> found) throws SQLException {
		String length = (dialect == DatabaseDialect.SQLITE ? "length(" : "char_length(") + dialect.quote(column) + ")";
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT count(*), max(" + length + ") FROM "
						+ tables.sql(table, dialect) + " WHERE " + length + " > " + allowed)) {
			row.next();
			if (row.getLong(1) > 0) {
				found.add(new LongKey(tables.name(table), column, allowed, row.getLong(2), row.getLong(1)));
			}
		}
	}

	/**
	 * A column with texts that are too long.
	 *
	 * @param table name of the table
	 * @param column name of the column
	 * @param allowed characters that head allows
	 * @param longest characters of the longest text
	 * @param rows how many rows hold more than is allowed
	 */
	public record LongKey(String table, String column, int allowed, long longest, long rows) {

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%s.%s has %d rows of up to %d characters where %d are allowed",
					this.table, this.column, this.rows, this.longest, this.allowed);
		}

	}

}
