package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session whose limits suit the build of an index. How long the build takes says
 * nothing, so no time-out of statements ends it; what it waits for has a limit. Closing
 * it brings the limits back.
 */
final class IndexSession implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(IndexSession.class);

	/** Everybody queues up behind a build that waits for the table there. */
	private static final int MYSQL_WAIT_SECONDS = 1;

	private final Connection connection;

	private final Map<String, String> before = new LinkedHashMap<>();

	private IndexSession(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Take the time-outs of statements away.
	 * @param connection a connection in auto-commit mode
	 * @param dialect its dialect
	 * @param trusted whether the next statement meets the same session; a pooler would
	 * give the settings to others
	 */
	static IndexSession begin(Connection connection, DatabaseDialect dialect, boolean trusted) throws SQLException {
		IndexSession session = new IndexSession(connection);
		if (trusted && dialect == DatabaseDialect.POSTGRESQL) {
			session.remember("SELECT name, setting FROM pg_catalog.pg_settings"
					+ " WHERE name IN ('statement_timeout', 'transaction_timeout', 'lock_timeout')");
		}
		else if (trusted && dialect.mysqlFamily()) {
			session.remember(
					"SHOW SESSION VARIABLES" + " WHERE Variable_name IN ('lock_wait_timeout', 'max_statement_time')");
		}
		session.set("statement_timeout", "0");
		session.set("transaction_timeout", "0");
		session.set("max_statement_time", "0");
		return session;
	}

	/**
	 * Limit how long the build waits for others.
	 * @param limit the limit on PostgreSQL, where nobody waits for the build
	 */
	void waitAtMost(Duration limit) throws SQLException {
		set("lock_timeout", String.valueOf(Math.min(limit.toMillis(), Integer.MAX_VALUE)));
		set("lock_wait_timeout", String.valueOf(MYSQL_WAIT_SECONDS));
	}

	private void remember(String query) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			while (row.next()) {
				this.before.put(row.getString(1), row.getString(2));
			}
		}
	}

	/** Not every product and version has every setting. */
	private void set(String name, String value) throws SQLException {
		if (this.before.containsKey(name)) {
			try (Statement statement = this.connection.createStatement()) {
				statement.execute("SET SESSION " + name + " = " + value);
			}
		}
	}

	@Override
	public void close() {
		try {
			for (Map.Entry<String, String> setting : this.before.entrySet()) {
				set(setting.getKey(), setting.getValue());
			}
		}
		catch (SQLException ex) {
			logger.debug("The session has ended, and its limits with it", ex);
		}
	}

}
