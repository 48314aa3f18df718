package io.github.adkmigration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * A larger page cache for one run: with SQLite's own 2 MB every sort of a large table
 * goes through temporary files. The memory is SQLite's, outside the heap. Nothing on
 * other databases.
 */
final class SqliteCache implements AutoCloseable {

	private static final String KIBIBYTES = "-65536";

	private final Connection connection;

	private final String before;

	private SqliteCache(Connection connection, String before) {
		this.connection = connection;
		this.before = before;
	}

	static SqliteCache widen(Connection connection, DatabaseDialect dialect) throws SQLException {
		if (dialect != DatabaseDialect.SQLITE) {
			return new SqliteCache(connection, "");
		}
		String before;
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("PRAGMA cache_size")) {
			row.next();
			before = row.getString(1);
		}
		set(connection, KIBIBYTES);
		return new SqliteCache(connection, before);
	}

	@Override
	public void close() throws SQLException {
		if (!this.before.isEmpty()) {
			set(this.connection, this.before);
		}
	}

	private static void set(Connection connection, String size) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("PRAGMA cache_size = " + size);
		}
	}

}
