package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Sets the time zone of a session of MySQL or MariaDB to UTC until it is closed.
 *
 * @since 0.1.0
 */
public final class UtcSession implements AutoCloseable {

	private final Connection connection;

	private final String before;

	private UtcSession(Connection connection, String before) {
		this.connection = connection;
		this.before = before;
	}

	/**
	 * Begin.
	 * @param connection the session
	 * @return what ends it
	 * @throws SQLException if the server refuses
	 */
	public static UtcSession begin(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT @@session.time_zone")) {
			row.next();
			UtcSession session = new UtcSession(connection, row.getString(1));
			session.set("+00:00");
			return session;
		}
	}

	private void set(String zone) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement("SET time_zone = ?")) {
			statement.setString(1, zone);
			statement.execute();
		}
	}

	@Override
	public void close() throws SQLException {
		if (!this.connection.isClosed()) {
			set(this.before);
		}
	}

}
