package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.report.RowCounts;

/**
 * Is told of each change before and after it is applied, in the transaction of the change
 * where there is one. Elsewhere a change that was begun and never applied is what a run
 * was at when it died.
 *
 * @since 0.1.0
 */
public interface StepRecorder {

	/**
	 * Record that a change is about to be applied.
	 * @param connection the connection that applies it; its transaction mode is kept
	 * @param changeset what is applied
	 * @throws SQLException if it cannot be recorded
	 */
	void begun(Connection connection, Changeset changeset) throws SQLException;

	/**
	 * Record what undoes a change that was begun, where only its application has shown
	 * it.
	 * @param connection any connection; its transaction mode is kept
	 * @param changeset the id of the change
	 * @param rollback statements in order
	 * @throws SQLException if it cannot be recorded
	 */
	void reversible(Connection connection, String changeset, List<String> rollback) throws SQLException;

	/**
	 * Record that a change that was begun, by this run or by one that died, is applied.
	 * @param connection the connection that applied it; its transaction mode is kept
	 * @param changeset the id of what was applied
	 * @param duration how long it took
	 * @throws SQLException if it cannot be recorded
	 */
	void applied(Connection connection, String changeset, Duration duration) throws SQLException;

	/**
	 * Record that a change that was begun by a run that died is not applied and no longer
	 * wanted.
	 * @param connection any connection
	 * @param changeset the id of the change
	 * @throws SQLException if it cannot be recorded
	 */
	void abandoned(Connection connection, String changeset) throws SQLException;

	/**
	 * Record what became of the rows of a conversion.
	 * @param connection the connection that swapped the tables; its transaction mode is
	 * kept
	 * @param rows the final counts
	 * @throws SQLException if they cannot be recorded
	 */
	void counted(Connection connection, RowCounts rows) throws SQLException;

}
