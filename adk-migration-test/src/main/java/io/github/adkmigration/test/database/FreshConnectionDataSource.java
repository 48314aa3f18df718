package io.github.adkmigration.test.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens a physical connection for every caller, so that no session state leaks from one
 * to the next.
 */
final class FreshConnectionDataSource extends AbstractDataSource {

	private final String url;

	private final String username;

	private final String password;

	private final String initialStatement;

	FreshConnectionDataSource(String url, String username, String password, String initialStatement) {
		this.url = url;
		this.username = username;
		this.password = password;
		this.initialStatement = initialStatement;
	}

	String url() {
		return this.url;
	}

	String username() {
		return this.username;
	}

	String password() {
		return this.password;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return getConnection(this.username, this.password);
	}

	@Override
	public Connection getConnection(String user, String secret) throws SQLException {
		Connection connection = DriverManager.getConnection(this.url, user, secret);
		if (!this.initialStatement.isEmpty()) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(this.initialStatement);
			}
			catch (SQLException ex) {
				connection.close();
				throw ex;
			}
		}
		return connection;
	}

}
