package io.github.adkmigration.lock;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The connection for the statements of a lease. A waiter asks on the connection of its
 * run, which is idle; whoever has the lease renews it on one of its own, since that of
 * the run may be busy for longer than the lease.
 */
final class LeaseConnections extends AbstractDataSource implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LeaseConnections.class);

	private final DataSource dataSource;

	private final Connection run;

	private boolean left;

	private @Nullable Connection own;

	private boolean restoreAutoCommit;

	LeaseConnections(DataSource dataSource, Connection run) {
		this.dataSource = dataSource;
		this.run = run;
	}

	/**
	 * Use a connection of our own from now on.
	 * @throws SQLException if the data source has none
	 */
	synchronized void leaveRun() throws SQLException {
		open();
		this.left = true;
	}

	@Override
	public synchronized Connection getConnection() throws SQLException {
		Connection connection = this.left ? open() : this.run;
		return new SingleConnectionDataSource(connection, true).getConnection();
	}

	@Override
	public Connection getConnection(String user, String password) throws SQLException {
		return getConnection();
	}

	private Connection open() throws SQLException {
		Connection opened = this.own;
		if (opened == null) {
			opened = this.dataSource.getConnection();
			this.own = opened;
			this.restoreAutoCommit = !opened.getAutoCommit();
			if (this.restoreAutoCommit) {
				opened.setAutoCommit(true);
			}
		}
		return opened;
	}

	/**
	 * Let the next statement have a new connection: this one may be broken.
	 */
	synchronized void discard() {
		Connection connection = this.own;
		this.own = null;
		if (connection != null) {
			try (connection) {
				if (this.restoreAutoCommit) {
					connection.setAutoCommit(false);
				}
			}
			catch (SQLException ex) {
				logger.debug("The connection of the lease is broken, as its pool will notice", ex);
			}
		}
	}

	@Override
	public void close() {
		discard();
	}

}
