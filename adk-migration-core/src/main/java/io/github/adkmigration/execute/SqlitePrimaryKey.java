package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

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
		String sql = definition(connection);
		if (sql.contains("PRIMARY KEY " + COLUMNS)) {
			return;
		}
		int end = sql.lastIndexOf(FOREIGN_KEY);
		String withKey = sql.substring(0, end) + "PRIMARY KEY " + COLUMNS + ",\n  " + sql.substring(end);
		String index = this.table + "_pkey";
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement.execute(
					"CREATE UNIQUE INDEX " + DIALECT.quote(index) + " ON " + DIALECT.quote(this.table) + " " + COLUMNS);
			statement.execute("PRAGMA writable_schema = ON");
			update(connection, "UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", withKey,
					this.table);
			update(connection, "UPDATE sqlite_schema SET sql = NULL, name = ? WHERE type = 'index' AND name = ?",
					"sqlite_autoindex_" + this.table + "_1", index);
			statement.execute("PRAGMA writable_schema = RESET");
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

	private static void update(Connection connection, String sql, String value, String name) throws SQLException {
		try (PreparedStatement update = connection.prepareStatement(sql)) {
			update.setString(1, value);
			update.setString(2, name);
			if (update.executeUpdate() != 1) {
				throw new SQLException("The catalog holds no " + name);
			}
		}
	}

}
