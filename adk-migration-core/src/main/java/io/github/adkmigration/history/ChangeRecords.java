package io.github.adkmigration.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.changelog.AppliedChange;
import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.changelog.Checksum;
import io.github.adkmigration.changelog.StoredSql;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * What was stored of each change so that it can be undone, and how far that has come.
 *
 * @since 0.1.0
 */
public final class ChangeRecords {

	private final String step;

	/**
	 * Create the records of a target.
	 * @param dialect dialect of its database
	 * @param tables its names
	 */
	public ChangeRecords(DatabaseDialect dialect, SessionTables tables) {
		this.step = tables.sql(BookkeepingTable.STEP, dialect);
	}

	/**
	 * Read what stands: what was applied, or at least begun, and not undone.
	 * @param connection any connection
	 * @return the changes, the newest first
	 * @throws SQLException if the table does not exist
	 */
	public List<AppliedChange> standing(Connection connection) throws SQLException {
		List<AppliedChange> changes = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("SELECT run_number, step_number, changeset, revision, forward_sql,"
							+ " forward_sha256, rollback_sql, rollback_sha256, state, undo_position FROM " + this.step
							+ " WHERE state <> 'undone' ORDER BY run_number DESC, step_number DESC")) {
			while (rows.next()) {
				changes.add(new AppliedChange(rows.getLong(1), rows.getInt(2), rows.getString(3), rows.getString(4),
						rows.getString(5), rows.getString(6), rows.getString(7), rows.getString(8), rows.getString(9),
						rows.getInt(10)));
			}
		}
		return changes;
	}

	/**
	 * Record that a statement which undoes a change is about to be executed.
	 * @param connection any connection; its transaction mode is kept
	 * @param change which change
	 * @param statement the how manieth statement, from 0
	 * @param run number of the run that undoes it
	 * @throws SQLException if the statement fails
	 */
	public void undoing(Connection connection, AppliedChange change, int statement, long run) throws SQLException {
		mark(connection, change, AppliedChange.UNDOING, statement, run);
	}

	/**
	 * Record that a change is undone.
	 * @param connection any connection; its transaction mode is kept
	 * @param change which change
	 * @param run number of the run that undid it
	 * @throws SQLException if the statement fails
	 */
	public void undone(Connection connection, AppliedChange change, long run) throws SQLException {
		mark(connection, change, "undone", 0, run);
	}

	private void mark(Connection connection, AppliedChange change, String state, int statement, long run)
			throws SQLException {
		try (PreparedStatement update = connection.prepareStatement("UPDATE " + this.step
				+ " SET state = ?, undo_position = ?, undone_by = ? WHERE run_number = ? AND step_number = ?")) {
			update.setString(1, state);
			update.setInt(2, statement);
			update.setLong(3, run);
			update.setLong(4, change.run());
			update.setInt(5, change.position());
			update.executeUpdate();
		}
	}

	/**
	 * Replace what undoes a change that was begun, since only now is it known. A change
	 * that found its work done by somebody else stays one of which nothing is undone.
	 * @param connection any connection; its transaction mode is kept
	 * @param changeset id of the change
	 * @param rollback statements that undo it
	 * @throws SQLException if the statement fails
	 */
	public void reversible(Connection connection, String changeset, List<String> rollback) throws SQLException {
		String text = StoredSql.join(rollback);
		try (PreparedStatement update = connection.prepareStatement("UPDATE " + this.step
				+ " SET rollback_sql = ?, rollback_sha256 = ? WHERE changeset = ? AND state = 'begun' AND rollback_sql <> ?")) {
			update.setString(1, text);
			update.setString(2, Checksum.of(text));
			update.setString(3, changeset);
			update.setString(4, StoredSql.NOTHING);
			update.executeUpdate();
		}
	}

	/**
	 * Return what undoes a change that is about to be applied. An earlier attempt that
	 * died may have come further than its record says: what this one finds already there
	 * is to be undone as that one said, and rows that it left are to be removed too.
	 * @param connection any connection; its transaction mode is kept
	 * @param changeset the change
	 * @param completed number of the newest run that reached its end, 0 for none
	 * @return the text to store
	 * @throws SQLException if the query fails
	 */
	String rollback(Connection connection, Changeset changeset, long completed) throws SQLException {
		Optional<String> earlier = earlier(connection, changeset.id(), completed);
		List<String> statements = new ArrayList<>(changeset.rollback());
		if (earlier.isPresent()) {
			if (statements.equals(List.of(StoredSql.NOTHING))) {
				return earlier.get();
			}
			StoredSql.split(earlier.get())
				.stream()
				.filter((statement) -> statement.startsWith("DELETE FROM ") && !statements.contains(statement))
				.forEach(statements::add);
		}
		return StoredSql.join(statements);
	}

	private Optional<String> earlier(Connection connection, String changeset, long completed) throws SQLException {
		try (PreparedStatement select = connection.prepareStatement("SELECT rollback_sql FROM " + this.step
				+ " WHERE changeset = ? AND run_number > ? ORDER BY run_number DESC")) {
			select.setString(1, changeset);
			select.setLong(2, completed);
			try (ResultSet row = select.executeQuery()) {
				return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
			}
		}
	}

}
