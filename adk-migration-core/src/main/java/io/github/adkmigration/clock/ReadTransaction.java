package io.github.adkmigration.clock;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keeps a transaction open while rows are streamed: PostgreSQL's driver reads a whole
 * result into memory when each statement commits by itself.
 */
final class ReadTransaction implements AutoCloseable {

	private final Connection connection;

	private final boolean opened;

	private ReadTransaction(Connection connection, boolean opened) {
		this.connection = connection;
		this.opened = opened;
	}

	static ReadTransaction begin(Connection connection) throws SQLException {
		boolean open = connection.getAutoCommit();
		if (open) {
			connection.setAutoCommit(false);
		}
		return new ReadTransaction(connection, open);
	}

	@Override
	public void close() throws SQLException {
		if (this.opened) {
			this.connection.rollback();
			this.connection.setAutoCommit(true);
		}
	}

}
