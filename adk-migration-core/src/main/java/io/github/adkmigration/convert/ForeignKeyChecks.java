package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * Keeps one connection from checking foreign keys while it copies. An application may
 * delete a session between the reading of its events and their writing, which must not
 * end the run: the reconciliation removes such rows. Without a check the copy takes no
 * lock on the sessions either. On PostgreSQL the shadow table has no foreign key.
 */
final class ForeignKeyChecks implements AutoCloseable {

	private final Connection connection;

	private final String enable;

	private ForeignKeyChecks(Connection connection, String enable) {
		this.connection = connection;
		this.enable = enable;
	}

	static ForeignKeyChecks suspend(Connection connection, DatabaseDialect dialect) throws SQLException {
		if (dialect == DatabaseDialect.POSTGRESQL || dialect == DatabaseDialect.H2) {
			return new ForeignKeyChecks(connection, "");
		}
		boolean mysql = dialect.mysqlFamily();
		String set = mysql ? "SET SESSION foreign_key_checks = " : "PRAGMA foreign_keys = ";
		try (Statement statement = connection.createStatement()) {
			boolean enabled;
			try (ResultSet row = statement
				.executeQuery(mysql ? "SELECT @@foreign_key_checks" : "PRAGMA foreign_keys")) {
				enabled = row.next() && row.getBoolean(1);
			}
			statement.execute(set + "0");
			return new ForeignKeyChecks(connection, enabled ? set + "1" : "");
		}
	}

	@Override
	public void close() throws SQLException {
		if (!this.enable.isEmpty()) {
			try (Statement statement = this.connection.createStatement()) {
				statement.execute(this.enable);
			}
		}
	}

}
