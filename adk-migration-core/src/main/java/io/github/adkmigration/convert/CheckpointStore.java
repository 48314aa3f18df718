package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * How far a copy has come. A checkpoint is written in the transaction of its batch, so it
 * never says more or less than what was written.
 */
final class CheckpointStore {

	static final String EVENTS = "events";

	private final DatabaseDialect dialect;

	private final String table;

	private final String name;

	/**
	 * Create the store of one copy.
	 * @param name what is copied, for a copy may be made of several
	 */
	CheckpointStore(DatabaseDialect dialect, SessionTables tables, String name) {
		this.dialect = dialect;
		this.name = name;
		this.table = tables.sql(BookkeepingTable.CHECKPOINT, dialect);
	}

	/**
	 * Read the checkpoint of a conversion.
	 * @param conversion how rows are converted; a checkpoint of another way does not
	 * count
	 */
	Optional<Checkpoint> read(Connection connection, String conversion) throws SQLException {
		try (PreparedStatement select = connection.prepareStatement("SELECT last_key, rows_read, rows_converted,"
				+ " rows_substituted, rows_quarantined, rows_orphaned FROM " + this.table
				+ " WHERE name = ? AND conversion = ?")) {
			select.setString(1, this.name);
			select.setString(2, conversion);
			try (ResultSet row = select.executeQuery()) {
				return row.next() ? Optional.of(new Checkpoint(row.getString(1),
						new RowCounts(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6))))
						: Optional.empty();
			}
		}
	}

	void start(Connection connection, String conversion) throws SQLException {
		clear(connection);
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + this.table
				+ " (name, conversion, rows_read, rows_converted, rows_substituted, rows_quarantined, rows_orphaned, updated_at)"
				+ " VALUES (?, ?, 0, 0, 0, 0, 0, " + this.dialect.utcNow() + ")")) {
			insert.setString(1, this.name);
			insert.setString(2, conversion);
			insert.executeUpdate();
		}
	}

	void update(Connection connection, Checkpoint checkpoint) throws SQLException {
		update(connection, checkpoint, null);
	}

	/**
	 * Write a checkpoint.
	 * @param rowsPerSecond for whoever asks how long it will take, or {@code null}
	 */
	void update(Connection connection, Checkpoint checkpoint, @Nullable Long rowsPerSecond) throws SQLException {
		RowCounts counts = checkpoint.counts();
		try (PreparedStatement update = connection.prepareStatement("UPDATE " + this.table
				+ " SET last_key = ?, rows_read = ?, rows_converted = ?, rows_substituted = ?, rows_quarantined = ?,"
				+ " rows_orphaned = ?, rows_per_second = ?, updated_at = " + this.dialect.utcNow()
				+ " WHERE name = ?")) {
			update.setString(1, checkpoint.lastKey());
			update.setLong(2, counts.read());
			update.setLong(3, counts.converted());
			update.setLong(4, counts.substituted());
			update.setLong(5, counts.quarantined());
			update.setLong(6, counts.orphaned());
			update.setObject(7, rowsPerSecond, Types.BIGINT);
			update.setString(8, this.name);
			update.executeUpdate();
		}
	}

	/**
	 * Note that an attempt begins: how many rows there are, and that nobody has paused
	 * it.
	 * @param total how many rows there are
	 */
	void attempt(Connection connection, long total) throws SQLException {
		try (PreparedStatement update = connection.prepareStatement("UPDATE " + this.table
				+ " SET rows_total = ?, rows_per_second = NULL, paused_at = NULL WHERE name = ?")) {
			update.setLong(1, total);
			update.setString(2, this.name);
			update.executeUpdate();
		}
	}

	/**
	 * Return whether somebody has paused this copy.
	 */
	boolean paused(Connection connection) throws SQLException {
		try (PreparedStatement select = connection
			.prepareStatement("SELECT COUNT(*) FROM " + this.table + " WHERE name = ? AND paused_at IS NOT NULL")) {
			select.setString(1, this.name);
			try (ResultSet row = select.executeQuery()) {
				row.next();
				return row.getInt(1) > 0;
			}
		}
	}

	/**
	 * Forget how far the copy has come, since it has come to its end.
	 */
	void clear(Connection connection) throws SQLException {
		try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + this.table + " WHERE name = ?")) {
			delete.setString(1, this.name);
			delete.executeUpdate();
		}
	}

	/**
	 * A checkpoint.
	 *
	 * @param lastKey where to go on, or {@code null} at the beginning
	 * @param counts what became of the rows so far
	 */
	record Checkpoint(@Nullable String lastKey, RowCounts counts) {
	}

}
