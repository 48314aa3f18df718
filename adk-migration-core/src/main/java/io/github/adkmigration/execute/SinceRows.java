package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.adkmigration.catalog.SinceTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Brings events that a downgrade has put aside into the new table, when that takes the
 * place of the old one again. The table that holds them stays.
 *
 * @param dialect dialect of the database
 * @param tables names of the target
 * @param name of the table that holds them
 * @param columns of that table, lower case
 */
record SinceRows(DatabaseDialect dialect, SessionTables tables, String name, List<String> columns) {

	static Optional<SinceRows> find(Connection connection, DatabaseDialect dialect, SessionTables tables)
			throws SQLException {
		Optional<String> name = new SinceTables(connection, dialect, tables).newestEvents();
		return name.isEmpty() ? Optional.empty() : Optional
			.of(new SinceRows(dialect, tables, name.get(), columns(connection, tables.qualify(name.get(), dialect))));
	}

	/**
	 * Return the name as it stands in a statement.
	 */
	String sql() {
		return this.tables.qualify(this.name, this.dialect);
	}

	/**
	 * Insert what the new table lacks and whose session exists.
	 * @param connection the connection that keeps writers out
	 * @return how many events were brought in
	 */
	int bring(Connection connection) throws SQLException {
		String shadow = this.tables.sql(BookkeepingTable.SHADOW, this.dialect);
		List<String> wanted = columns(connection, shadow);
		String list = this.columns.stream()
			.filter(wanted::contains)
			.map(this.dialect::quote)
			.collect(Collectors.joining(", "));
		String values = this.columns.stream()
			.filter(wanted::contains)
			.map((column) -> "w." + this.dialect.quote(column))
			.collect(Collectors.joining(", "));
		String order = this.dialect == DatabaseDialect.SQLITE ? " ORDER BY w.rowid" : "";
		try (Statement statement = connection.createStatement()) {
			return statement.executeUpdate("INSERT INTO " + shadow + " (" + list + ") SELECT " + values + " FROM "
					+ sql() + " AS w WHERE NOT EXISTS (SELECT 1 FROM " + shadow
					+ " AS n WHERE n.id = w.id AND n.app_name = w.app_name AND n.user_id = w.user_id"
					+ " AND n.session_id = w.session_id) AND EXISTS (SELECT 1 FROM "
					+ this.tables.sql(SessionTable.SESSIONS, this.dialect)
					+ " AS s WHERE s.app_name = w.app_name AND s.user_id = w.user_id AND s.id = w.session_id)" + order);
		}
	}

	private static List<String> columns(Connection connection, String table) throws SQLException {
		List<String> columns = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
			ResultSetMetaData metaData = rows.getMetaData();
			for (int i = 1; i <= metaData.getColumnCount(); i++) {
				columns.add(metaData.getColumnName(i).toLowerCase(Locale.ROOT));
			}
		}
		return columns;
	}

}
