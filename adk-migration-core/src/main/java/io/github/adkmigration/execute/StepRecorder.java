package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.report.RowCounts;

/**
 * Is told of each applied change, in the transaction of the change where there is one.
 *
 * @since 0.1.0
 */
public interface StepRecorder {

	/**
	 * Record an applied change.
	 * @param connection the connection that applied it; its transaction mode is kept
	 * @param changeset what was applied
	 * @param duration how long it took
	 * @throws SQLException if it cannot be recorded
	 */
	void applied(Connection connection, Changeset changeset, Duration duration) throws SQLException;

	/**
	 * Record what became of the rows of a conversion.
	 * @param connection the connection that swapped the tables; its transaction mode is
	 * kept
	 * @param rows the final counts
	 * @throws SQLException if they cannot be recorded
	 */
	void counted(Connection connection, RowCounts rows) throws SQLException;

}
