package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

import io.github.adkmigration.schema.BookkeepingTable;

/**
 * Says in the target of a copy from which source its rows come. The mark stands from
 * before the first row on, so that rows of two sources never mix.
 *
 * @since 0.1.0
 */
public final class CopyMarker {

	private static final String UNFINISHED = "copy";

	private static final String FINISHED = "copied";

	private final Side target;

	private final String table;

	/**
	 * Create the marker of a target.
	 * @param target the target
	 */
	public CopyMarker(Side target) {
		this.target = target;
		this.table = target.tables().sql(BookkeepingTable.CHECKPOINT, target.dialect());
	}

	/**
	 * Read from where an unfinished copy comes.
	 * @param connection any connection
	 * @return the source and the conversion; empty without an unfinished copy
	 * @throws SQLException if the table does not exist
	 */
	public Optional<Mark> unfinished(Connection connection) throws SQLException {
		return read(connection, UNFINISHED);
	}

	/**
	 * Read from where the last finished copy came.
	 * @param connection any connection
	 * @return the source and the conversion; empty without a finished copy
	 * @throws SQLException if the table does not exist
	 */
	public Optional<Mark> finished(Connection connection) throws SQLException {
		return read(connection, FINISHED);
	}

	private Optional<Mark> read(Connection connection, String name) throws SQLException {
		try (PreparedStatement select = connection
			.prepareStatement("SELECT conversion, last_key FROM " + this.table + " WHERE name = ?")) {
			select.setString(1, name);
			try (ResultSet row = select.executeQuery()) {
				return row.next() ? Optional.of(new Mark(row.getString(1), String.valueOf(row.getString(2))))
						: Optional.empty();
			}
		}
	}

	/**
	 * Mark the target before the first row is written. What earlier copies have noted is
	 * forgotten.
	 * @param connection a connection in auto-commit mode
	 * @param mark the source and the conversion
	 * @throws SQLException if a statement fails
	 */
	public void start(Connection connection, Mark mark) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate("DELETE FROM " + this.table);
		}
		// An event copy without a checkpoint would forget what is set aside of the
		// states.
		new CheckpointStore(this.target.dialect(), this.target.tables(), CheckpointStore.EVENTS).start(connection,
				mark.conversion());
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + this.table
				+ " (name, conversion, last_key, rows_read, rows_converted, rows_substituted, rows_quarantined,"
				+ " rows_orphaned, updated_at) VALUES (?, ?, ?, 0, 0, 0, 0, 0, " + this.target.dialect().utcNow()
				+ ")")) {
			insert.setString(1, UNFINISHED);
			insert.setString(2, mark.source());
			insert.setString(3, mark.conversion());
			insert.executeUpdate();
		}
	}

	/**
	 * Note that the copy is finished.
	 * @param connection any connection; its transaction mode is kept
	 * @throws SQLException if a statement fails
	 */
	public void finish(Connection connection) throws SQLException {
		try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + this.table + " WHERE name <> ?");
				PreparedStatement update = connection
					.prepareStatement("UPDATE " + this.table + " SET name = ? WHERE name = ?")) {
			delete.setString(1, UNFINISHED);
			delete.executeUpdate();
			update.setString(1, FINISHED);
			update.setString(2, UNFINISHED);
			update.executeUpdate();
		}
	}

	/**
	 * What a copy is of.
	 *
	 * @param source checksum of what identifies the source
	 * @param conversion id of the conversion
	 */
	public record Mark(String source, String conversion) {
	}

}
