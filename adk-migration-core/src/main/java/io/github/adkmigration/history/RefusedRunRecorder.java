package io.github.adkmigration.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.RunOrigin;
import org.jspecify.annotations.Nullable;

/**
 * Writes down that a run was refused before it began. Such a row has a number below zero,
 * so that nothing is decided by it, and one that is refused again for the same reason, as
 * a restarted container is, gets no second row.
 *
 * @since 0.1.0
 */
public final class RefusedRunRecorder {

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final String run;

	/**
	 * Create the recorder of a target.
	 * @param dialect dialect of its database
	 * @param tables its names
	 */
	public RefusedRunRecorder(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.tables = tables;
		this.run = tables.sql(BookkeepingTable.RUN, dialect);
	}

	/**
	 * Record a refusal, unless the record is that of tables with other names.
	 * @param connection a connection in auto-commit mode
	 * @param kind the verb
	 * @param origin by whom and why
	 * @param instance unique name of what was refused
	 * @param failure why it was refused
	 * @throws SQLException if there is no record, if it may not be written, or if others
	 * are refused at this moment
	 */
	public void record(Connection connection, String kind, RunOrigin origin, String instance,
			MigrationException failure) throws SQLException {
		String names = RunHistory.namesChecksum(this.tables);
		Optional<String> recorded = new RunHistory(this.dialect, this.tables).newestNames(connection);
		if (recorded.isPresent() && !recorded.get().equals(names)) {
			return;
		}
		List<@Nullable String> what = Arrays.asList(kind, failure.code().name(), origin.applicationVersion(),
				origin.actor(), origin.reason());
		long newest = 0;
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT kind, code, application_version, actor, reason, run_number FROM " + this.run
							+ " WHERE run_number < 0 ORDER BY run_number DESC")) {
			while (row.next()) {
				newest = row.getLong("run_number");
				if (same(what, row)) {
					again(connection, newest, instance, failure.description());
					return;
				}
			}
		}
		insert(connection, newest - 1, what, instance, failure.description(), names);
	}

	/** The sentence may hold what differs each time, such as how much room is left. */
	private static boolean same(List<@Nullable String> what, ResultSet row) throws SQLException {
		for (int i = 0; i < what.size(); i++) {
			if (!String.valueOf(what.get(i)).equals(String.valueOf(row.getString(i + 1)))) {
				return false;
			}
		}
		return true;
	}

	private void insert(Connection connection, long number, List<@Nullable String> what, String instance,
			String message, String names) throws SQLException {
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + this.run
				+ " (run_number, id, started_at, finished_at, kind, code, application_version, actor, reason,"
				+ " outcome, from_state, to_state, library_version, instance, rows_read, rows_converted,"
				+ " rows_substituted, rows_quarantined, rows_orphaned, names_checksum, message) VALUES (?, ?, "
				+ this.dialect.utcNow() + ", " + this.dialect.utcNow()
				+ ", ?, ?, ?, ?, ?, 'refused', '', '', ?, ?, 0, 0, 0, 0, 0, ?, ?)")) {
			insert.setLong(1, number);
			insert.setString(2, UUID.randomUUID().toString());
			for (int i = 0; i < what.size(); i++) {
				insert.setString(i + 3, what.get(i));
			}
			insert.setString(8, RunRecorder.libraryVersion());
			insert.setString(9, instance);
			insert.setString(10, names);
			insert.setString(11, message);
			insert.executeUpdate();
		}
	}

	private void again(Connection connection, long number, String instance, String message) throws SQLException {
		try (PreparedStatement update = connection.prepareStatement("UPDATE " + this.run + " SET finished_at = "
				+ this.dialect.utcNow() + ", instance = ?, message = ? WHERE run_number = ?")) {
			update.setString(1, instance);
			update.setString(2, message);
			update.setLong(3, number);
			update.executeUpdate();
		}
	}

}
