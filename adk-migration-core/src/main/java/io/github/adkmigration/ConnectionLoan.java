package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.github.adkmigration.failure.SqlFailures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends a connection in auto-commit mode to a piece of work and gives it back as it came,
 * since not every pool resets what it gets back.
 */
final class ConnectionLoan {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionLoan.class);

	private final DataSource dataSource;

	ConnectionLoan(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Use a connection.
	 * @param doing what is being done, for a failure text
	 * @param work what to do with it
	 * @return what the work returns
	 */
	<T> T use(String doing, Work<T> work) {
		try (Connection connection = open()) {
			if (connection.getAutoCommit()) {
				return work.run(connection);
			}
			connection.setAutoCommit(true);
			try {
				return work.run(connection);
			}
			finally {
				restore(connection);
			}
		}
		catch (SQLException ex) {
			throw SqlFailures.of(ex, doing);
		}
	}

	private Connection open() {
		try {
			return this.dataSource.getConnection();
		}
		catch (SQLException ex) {
			throw SqlFailures.connecting(ex);
		}
	}

	private static void restore(Connection connection) {
		try {
			connection.setAutoCommit(false);
		}
		catch (SQLException ex) {
			logger.debug("The connection is broken, as its pool will notice: {}", ex.getClass().getSimpleName());
		}
	}

	/** Something to do with a connection. */
	interface Work<T> {

		T run(Connection connection) throws SQLException;

	}

}
