package io.github.adkmigration.preflight;

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
 * Looks at all events of a table with the payload columns of two layouts. Only what is
 * counted comes out of the database, and the ids of few.
 */
final class HybridRowsReader {

	private static final int NAMED = 10;

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final String events;

	private final Catalog.Table table;

	HybridRowsReader(Connection connection, DatabaseDialect dialect, SessionTables tables, Catalog catalog) {
		this.connection = connection;
		this.dialect = dialect;
		this.events = tables.sql(SessionTable.EVENTS, dialect);
		this.table = catalog.table(tables.name(SessionTable.EVENTS)).orElseThrow();
	}

	/**
	 * Return the rows that are nobody's for certain.
	 * @return a sentence with their number and the ids of some, or nothing
	 */
	List<String> obstacles() throws SQLException {
		long undecided = number("SELECT count(*) FROM " + this.events + " e WHERE " + undecided());
		if (undecided == 0) {
			return List.of();
		}
		List<String> ids = new ArrayList<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT substr(e.id, 1, 128) FROM " + this.events + " e WHERE "
						+ undecided() + " ORDER BY e.id LIMIT " + NAMED)) {
			while (row.next()) {
				ids.add(row.getString(1));
			}
		}
		return List.of(undecided + " events of " + this.table.name() + " have both actions and event_data, neither,"
				+ " or something else in them, so that nothing tells who wrote them; their ids: "
				+ String.join(", ", ids) + (undecided > ids.size() ? " and " + (undecided - ids.size()) + " more" : "")
				+ ".");
	}

	/**
	 * Return whether there are events of adk-python's V0, whose times are local.
	 */
	boolean pickles() throws SQLException {
		return number("SELECT count(*) FROM (SELECT 1 FROM " + this.events + " e WHERE " + actions()
				+ " = '80' LIMIT 1) m") > 0;
	}

	private String undecided() {
		return "NOT ((" + object() + " AND " + actions() + " = '') OR (e.event_data IS NULL AND " + actions()
				+ " IN ('7b', '80')))";
	}

	private String object() {
		String text = "CAST(e.event_data AS " + (this.dialect.mysqlFamily() ? "CHAR" : "text") + ")";
		return "(e.event_data IS NOT NULL AND substr(ltrim(" + text + "), 1, 1) = '{')";
	}

	/** The first byte in hexadecimal digits, or nothing. */
	private String actions() {
		boolean bytes = this.table.column("actions").filter((column) -> column.type().equals("bytea")).isPresent();
		String first = switch (this.dialect) {
			case POSTGRESQL -> bytes ? "encode(substr(e.actions, 1, 1), 'hex')"
					: "encode(convert_to(substr(CAST(e.actions AS text), 1, 1), 'UTF8'), 'hex')";
			case SQLITE, MYSQL, MARIADB, H2 -> "lower(hex(substr(e.actions, 1, 1)))";
		};
		return "COALESCE(" + first + ", '')";
	}

	private long number(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getLong(1);
		}
	}

}
