package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes converted events, within the caller's transaction.
 */
interface EventWriter {

	/**
	 * Write a page.
	 */
	void write(Connection connection, List<TargetEvent> events) throws SQLException;

	/**
	 * Hand over a page without waiting for it to be written. Nothing else may use the
	 * connection until {@link #finish} or {@link #abandon}.
	 */
	default void hand(Connection connection, List<TargetEvent> events) throws SQLException {
		write(connection, events);
	}

	/**
	 * Wait until everything that was handed over is written.
	 */
	default void finish() throws SQLException {
	}

	/**
	 * Free the connection, whatever becomes of what was handed over: the transaction is
	 * to be rolled back.
	 */
	default void abandon() throws SQLException {
	}

}
