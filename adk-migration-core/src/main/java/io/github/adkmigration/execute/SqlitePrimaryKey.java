package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Gives the shadow table its primary key once it is full. SQLite has no statement for
 * that, and a key that is there from the beginning is written at random places with every
 * batch, which takes many times as long as to sort it once. So a unique index is built
 * and then declared to be the one of the primary key: the file holds the same pages for
 * either.
 */
final class SqlitePrimaryKey {

	private static final DatabaseDialect DIALECT = DatabaseDialect.SQLITE;

	private static final String UPDATE = "UPDATE ";

	private static final String COLUMNS = "(id, app_name, user_id, session_id)";

	private static final String FOREIGN_KEY = "FOREIGN KEY (app_name, user_id, session_id) REFERENCES ";

	private final String table;

	SqlitePrimaryKey(SessionTables tables) {
		this.table = tables.name(BookkeepingTable.SHADOW);
	}

	/**
	 * Add the key unless it is there. All of it is one transaction.
	 * @param connection a connection in auto-commit mode
	 */
	void add(Connection connection) throws SQLException {
		List<Change> changes = changes(definition(connection));
		if (changes.isEmpty()) {
			return;
		}
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			for (Change change : changes) {
				if (!change.sql().startsWith(UPDATE)) {
					statement.execute(change.sql());
				}
				else if (statement.executeUpdate(change.sql()) != 1) {
					throw new SQLException("The catalog does not hold what was to be changed");
				}
			}
			connection.commit();
		}
		catch (SQLException | RuntimeException | Error ex) {
			// Otherwise going back to auto-commit would keep half of an edited catalog.
			connection.rollback();
			throw ex;
		}
		finally {
			connection.setAutoCommit(true);
			try (Statement statement = connection.createStatement()) {
				statement.execute("PRAGMA writable_schema = OFF");
			}
		}
	}

	/**
	 * Return what adds the key.
	 * @param definition the statement that made the table, as the catalog holds it
	 * @return nothing if it declares the key
	 */
	List<Change> changes(String definition) {
		if (definition.contains("PRIMARY KEY " + COLUMNS)) {
			return List.of();
		}
		int end = definition.lastIndexOf(FOREIGN_KEY);
		String withKey = definition.substring(0, end) + "PRIMARY KEY " + COLUMNS + ",\n  " + definition.substring(end);
		String index = this.table + "_pkey";
		return Stream
			.of("CREATE UNIQUE INDEX " + DIALECT.quote(index) + " ON " + DIALECT.quote(this.table) + " " + COLUMNS,
					"PRAGMA writable_schema = ON",
					UPDATE + "sqlite_schema SET sql = " + DatabaseDialect.SQLITE.literal(withKey)
							+ " WHERE type = 'table' AND name = " + DatabaseDialect.SQLITE.literal(this.table),
					UPDATE + "sqlite_schema SET sql = NULL, name = "
							+ DatabaseDialect.SQLITE.literal("sqlite_autoindex_" + this.table + "_1")
							+ " WHERE type = 'index' AND name = " + DatabaseDialect.SQLITE.literal(index),
					"PRAGMA writable_schema = RESET")
			.map((sql) -> new Change(sql, ""))
			.toList();
	}

	private String definition(Connection connection) throws SQLException {
		try (PreparedStatement select = connection
			.prepareStatement("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?")) {
			select.setString(1, this.table);
			try (ResultSet row = select.executeQuery()) {
				if (!row.next()) {
					throw new IllegalStateException("The table " + this.table + " has gone");
				}
				return row.getString(1);
			}
		}
	}

}
