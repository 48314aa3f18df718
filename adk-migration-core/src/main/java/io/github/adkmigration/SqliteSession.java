package io.github.adkmigration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * What one run asks of its SQLite connection. A larger page cache: with SQLite's own 2 MB
 * every sort of a large table goes through temporary files; the memory is SQLite's,
 * outside the heap. And more patience: SQLite has no queue for those who want to write,
 * so among busy writers one comes late by chance. Nothing on other databases.
 */
final class SqliteSession implements AutoCloseable {

	private static final String CACHE_SIZE = "cache_size";

	private static final String BUSY_TIMEOUT = "busy_timeout";

	private static final int CACHE_KIBIBYTES = 65_536;

	private static final int BUSY_MILLIS = 30_000;

	private final Connection connection;

	private final Map<String, Integer> before = new LinkedHashMap<>();

	private SqliteSession(Connection connection) {
		this.connection = connection;
	}

	static SqliteSession begin(Connection connection, DatabaseDialect dialect) throws SQLException {
		SqliteSession session = new SqliteSession(connection);
		if (dialect == DatabaseDialect.SQLITE) {
			session.set(CACHE_SIZE, -CACHE_KIBIBYTES);
			session.set(BUSY_TIMEOUT, Math.max(BUSY_MILLIS, session.get(BUSY_TIMEOUT)));
		}
		return session;
	}

	@Override
	public void close() throws SQLException {
		for (Map.Entry<String, Integer> pragma : this.before.entrySet()) {
			execute(pragma.getKey(), pragma.getValue());
		}
	}

	private void set(String pragma, int value) throws SQLException {
		this.before.put(pragma, get(pragma));
		execute(pragma, value);
	}

	private int get(String pragma) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
			row.next();
			return row.getInt(1);
		}
	}

	private void execute(String pragma, int value) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("PRAGMA " + pragma + " = " + value);
		}
	}

}
