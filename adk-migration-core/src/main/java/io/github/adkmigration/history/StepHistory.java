package io.github.adkmigration.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.changelog.Checksum;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Writes what runs apply, with the SQL that undoes each change, so that any later or
 * earlier program can go back.
 *
 * @since 0.1.0
 */
public final class StepHistory {

	private final ChangeRecords changes;

	private final String step;

	/**
	 * Create the writer of a target.
	 * @param dialect dialect of its database
	 * @param tables its names
	 */
	public StepHistory(DatabaseDialect dialect, SessionTables tables) {
		this.changes = new ChangeRecords(dialect, tables);
		this.step = tables.sql(BookkeepingTable.STEP, dialect);
	}

	/**
	 * Record that a change is about to be applied, with the SQL that undoes it. A run
	 * that goes on where others died applies some changes again; each stands in the
	 * record once, under the run that came to it last.
	 * @param connection any connection; its transaction mode is kept
	 * @param number the run
	 * @param position place of the change within the run, from 1
	 * @param changeset what is applied
	 * @param completed number of the newest run that reached its end, 0 for none
	 * @throws SQLException if a statement fails
	 */
	public void begin(Connection connection, long number, int position, Changeset changeset, long completed)
			throws SQLException {
		String rollback = this.changes.rollback(connection, changeset, completed);
		try (PreparedStatement update = connection.prepareStatement("UPDATE " + this.step
				+ " SET run_number = ?, step_number = ?, revision = ?, phase = ?, min_compatible = ?, forward_sql = ?,"
				+ " forward_sha256 = ?, rollback_sql = ?, rollback_sha256 = ?, state = 'begun', duration_ms = 0"
				+ " WHERE changeset = ? AND run_number > ?")) {
			begin(update, number, position, changeset, rollback);
			update.setLong(11, completed);
			if (update.executeUpdate() > 0) {
				return;
			}
		}
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + this.step
				+ " (run_number, step_number, revision, phase, min_compatible, forward_sql, forward_sha256,"
				+ " rollback_sql, rollback_sha256, changeset, state, duration_ms)"
				+ " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'begun', 0)")) {
			begin(insert, number, position, changeset, rollback);
			insert.executeUpdate();
		}
	}

	private static void begin(PreparedStatement statement, long number, int position, Changeset changeset,
			String rollback) throws SQLException {
		statement.setLong(1, number);
		statement.setInt(2, position);
		statement.setString(3, changeset.revision());
		statement.setString(4, changeset.phase().name().toLowerCase(Locale.ROOT));
		statement.setString(5, changeset.minCompatible());
		statement.setString(6, changeset.sql());
		statement.setString(7, changeset.checksum());
		statement.setString(8, rollback);
		statement.setString(9, Checksum.of(rollback));
		statement.setString(10, changeset.id());
	}

	/**
	 * Record that a change that was begun is applied.
	 * @param connection any connection; its transaction mode is kept
	 * @param changeset its id
	 * @param duration how long it took
	 * @throws SQLException if the statement fails
	 */
	public void applied(Connection connection, String changeset, Duration duration) throws SQLException {
		try (PreparedStatement update = connection.prepareStatement("UPDATE " + this.step
				+ " SET state = 'applied', duration_ms = ? WHERE changeset = ? AND state = 'begun'")) {
			update.setLong(1, duration.toMillis());
			update.setString(2, changeset);
			update.executeUpdate();
		}
	}

	/**
	 * Remove a change from the record that was begun and not applied.
	 * @param connection any connection; its transaction mode is kept
	 * @param changeset its id
	 * @throws SQLException if the statement fails
	 */
	public void abandon(Connection connection, String changeset) throws SQLException {
		try (PreparedStatement delete = connection
			.prepareStatement("DELETE FROM " + this.step + " WHERE changeset = ? AND state = 'begun'")) {
			delete.setString(1, changeset);
			delete.executeUpdate();
		}
	}

}
