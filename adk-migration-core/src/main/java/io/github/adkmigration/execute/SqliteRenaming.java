package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Lets a session of SQLite rename tables by the old rules until it is closed
 * (legacy_alter_table), under which keys, views and triggers go on to mean a table by its
 * name. Foreign keys are not enforced meanwhile. To be begun outside of a transaction.
 */
final class SqliteRenaming implements AutoCloseable {

	private static final String FOREIGN_KEYS = "foreign_keys";

	private static final String LEGACY_ALTER_TABLE = "legacy_alter_table";

	private final Connection connection;

	private final boolean foreignKeys;

	private final boolean legacyAlterTable;

	private SqliteRenaming(Connection connection) throws SQLException {
		this.connection = connection;
		this.foreignKeys = get(FOREIGN_KEYS);
		this.legacyAlterTable = get(LEGACY_ALTER_TABLE);
	}

	static SqliteRenaming begin(Connection connection) throws SQLException {
		SqliteRenaming renaming = new SqliteRenaming(connection);
		renaming.set(FOREIGN_KEYS, false);
		renaming.set(LEGACY_ALTER_TABLE, true);
		return renaming;
	}

	private boolean get(String pragma) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
			return row.next() && row.getBoolean(1);
		}
	}

	private void set(String pragma, boolean value) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("PRAGMA " + pragma + " = " + (value ? "ON" : "OFF"));
		}
	}

	@Override
	public void close() throws SQLException {
		set(LEGACY_ALTER_TABLE, this.legacyAlterTable);
		set(FOREIGN_KEYS, this.foreignKeys);
	}

}
