package io.github.adkmigration.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * Reads a result of any size without holding more of it than a few rows. PostgreSQL's
 * driver does that within a transaction only.
 *
 * @param connection a connection that is not in auto-commit mode
 * @param dialect its dialect
 */
record StreamedQuery(Connection connection, DatabaseDialect dialect) {

	private static final int ROWS = 200;

	void read(String sql, RowConsumer consumer) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY,
				ResultSet.CONCUR_READ_ONLY)) {
			// Connector/J streams only with this value.
			boolean connector = this.dialect.mysqlFamily()
					&& this.connection.getMetaData().getDriverName().startsWith("MySQL");
			statement.setFetchSize(connector ? Integer.MIN_VALUE : ROWS);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					consumer.accept(rows);
				}
			}
		}
	}

	/** Takes one row. */
	@FunctionalInterface
	interface RowConsumer {

		void accept(ResultSet row) throws SQLException;

	}

}
