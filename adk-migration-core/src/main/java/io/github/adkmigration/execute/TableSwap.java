package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.report.RowCounts;

/**
 * Puts the shadow table in the place of the old one while nobody can write to either,
 * after a last reconciliation, creates the state rows that newer writers expect, and
 * keeps the old one.
 */
interface TableSwap {

	/**
	 * Swap.
	 * @param connection a connection in auto-commit mode
	 * @param work what to do while writers are kept out
	 * @return what was executed, with the statements that undo it
	 */
	Swapped swap(Connection connection, LockedWork work) throws SQLException;

	/**
	 * Undo what the open transaction did. A failure to do so never hides the cause.
	 * @param connection a connection with an open transaction
	 * @param cause why
	 */
	static void rollback(Connection connection, Throwable cause) {
		try {
			connection.rollback();
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	/**
	 * What is done while writers are kept out.
	 */
	interface LockedWork {

		/**
		 * Bring the copy up to date and make sure that it may be used.
		 * @param connection the connection that keeps writers out
		 * @return the final counts
		 */
		RowCounts reconcile(Connection connection) throws SQLException;

		/**
		 * Record the swap before it is committed or, where each of its statements
		 * commits, before the first of them.
		 * @param connection the connection that swaps
		 * @param changeset what was or is about to be executed
		 */
		void swapping(Connection connection, Changeset changeset) throws SQLException;

		/**
		 * Record that the tables have changed their places, in the transaction of the
		 * swap where there is one.
		 * @param connection the connection that swapped
		 */
		void swapped(Connection connection) throws SQLException;

	}

	/**
	 * The result of a swap.
	 *
	 * @param counts what became of the rows
	 * @param kept names of the tables that were kept
	 */
	record Swapped(RowCounts counts, List<String> kept) {

		public Swapped {
			kept = List.copyOf(kept);
		}

	}

}
