package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;

import io.github.adkmigration.changelog.AppliedChange;

/**
 * Is told of each change before and after it is undone, in the transaction of the
 * downgrade where there is one. Elsewhere it is told of each statement before it is
 * executed, so that a downgrade which died goes on there.
 *
 * @since 0.1.0
 */
public interface UndoRecorder {

	/**
	 * Record that a statement is about to be executed.
	 * @param connection the connection that executes it; its transaction mode is kept
	 * @param change what it undoes
	 * @param statement the how manieth of the change, from 0
	 * @throws SQLException if it cannot be recorded
	 */
	void undoing(Connection connection, AppliedChange change, int statement) throws SQLException;

	/**
	 * Record that a change is undone, or was never applied.
	 * @param connection the connection that undid it; its transaction mode is kept
	 * @param change which
	 * @throws SQLException if it cannot be recorded
	 */
	void undone(Connection connection, AppliedChange change) throws SQLException;

}
