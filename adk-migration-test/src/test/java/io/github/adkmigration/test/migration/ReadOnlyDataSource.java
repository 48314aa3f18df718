package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens connections on which the database refuses every write. H2 cannot do that.
 */
final class ReadOnlyDataSource extends AbstractDataSource {

	private final TestDatabase database;

	ReadOnlyDataSource(TestDatabase database) {
		this.database = database;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = this.database.connection();
		String sql = switch (this.database.dialect()) {
			case SQLITE -> "PRAGMA query_only = 1";
			case POSTGRESQL -> "SET default_transaction_read_only = on";
			case MYSQL, MARIADB -> "SET SESSION TRANSACTION READ ONLY";
			case H2 -> "";
		};
		if (this.database.dialect() != DatabaseDialect.H2) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(sql);
			}
		}
		return connection;
	}

	@Override
	public Connection getConnection(String user, String password) throws SQLException {
		return getConnection();
	}

}
