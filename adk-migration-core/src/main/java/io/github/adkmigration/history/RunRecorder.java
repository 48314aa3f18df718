package io.github.adkmigration.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.UUID;

import io.github.adkmigration.changelog.BookkeepingDdl;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.RunOrigin;
import org.jspecify.annotations.Nullable;

/**
 * Writes the record of runs; {@link StepHistory} writes what they apply, and
 * {@link RunHistory} reads both.
 *
 * @since 0.1.0
 */
public final class RunRecorder {

	/** Unique violation in the catalog, and table or type that exists. */
	private static final Set<String> LOST_RACE = Set.of("23505", "42P07", "42710");

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final RunHistory history;

	private final String run;

	/**
	 * Create the recorder of a target.
	 * @param dialect dialect of its database
	 * @param tables its names
	 */
	public RunRecorder(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.tables = tables;
		this.history = new RunHistory(dialect, tables);
		this.run = tables.sql(BookkeepingTable.RUN, dialect);
	}

	/**
	 * Create our tables where they are missing.
	 * @param connection a connection in auto-commit mode
	 * @throws SQLException if a statement fails
	 */
	public void createTables(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String ddl : BookkeepingDdl.statements(this.dialect, this.tables)) {
				create(statement, ddl);
			}
		}
	}

	private static void create(Statement statement, String ddl) throws SQLException {
		try {
			statement.execute(ddl);
		}
		catch (SQLException ex) {
			// Of two processes that begin together PostgreSQL lets one fail, IF NOT
			// EXISTS
			// or not. The table is there when it has.
			if (!LOST_RACE.contains(String.valueOf(ex.getSQLState()))) {
				throw ex;
			}
			statement.execute(ddl);
		}
	}

	/**
	 * Record that a run starts.
	 * @param connection a connection in auto-commit mode
	 * @param start what begins
	 * @return the number of the run
	 * @throws SQLException if a statement fails
	 */
	public long start(Connection connection, NewRun start) throws SQLException {
		long number = this.history.nextNumber(connection);
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + this.run
				+ " (run_number, id, started_at, kind, outcome, from_state, to_state, application_version, library_version,"
				+ " instance, took_over_from, rows_read, rows_converted, rows_substituted, rows_quarantined, rows_orphaned, names_checksum, backup,"
				+ " actor, reason, lock_kind) VALUES (?, ?, " + this.dialect.utcNow()
				+ ", ?, 'running', ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, ?, ?, ?, ?, ?)")) {
			insert.setLong(1, number);
			insert.setString(2, UUID.randomUUID().toString());
			insert.setString(3, start.kind());
			insert.setString(4, start.from());
			insert.setString(5, start.to());
			insert.setString(6, start.origin().applicationVersion());
			insert.setString(7, libraryVersion());
			insert.setString(8, start.instance());
			insert.setString(9, start.tookOverFrom());
			insert.setString(10, RunHistory.namesChecksum(this.tables));
			insert.setString(11, start.backup());
			insert.setString(12, start.origin().actor());
			insert.setString(13, start.origin().reason());
			insert.setString(14, start.lock());
			insert.executeUpdate();
		}
		// We hold the lock, so whatever else runs in the record has died. Only now: the
		// next start would not know from whom it takes over if this one died here.
		try (PreparedStatement update = connection.prepareStatement(
				"UPDATE " + this.run + " SET outcome = 'died' WHERE outcome = 'running' AND run_number <> ?")) {
			update.setLong(1, number);
			update.executeUpdate();
		}
		return number;
	}

	/**
	 * Record how a run ended.
	 * @param connection any connection; its transaction mode is kept
	 * @param number the run
	 * @param outcome {@code created}, {@code migrated}, {@code undone} or
	 * {@code stamped}; a run that never said so becomes {@code died} when the next one
	 * starts
	 * @param rows what became of the event rows
	 * @param clock how times without a zone were read, or {@code null}
	 * @param fingerprint of the result, or {@code null} if the next start has to look
	 * @throws SQLException if the statement fails
	 */
	public void finish(Connection connection, long number, String outcome, RowCounts rows, @Nullable String clock,
			@Nullable String fingerprint) throws SQLException {
		try (PreparedStatement update = connection
			.prepareStatement("UPDATE " + this.run + " SET finished_at = " + this.dialect.utcNow()
					+ ", outcome = ?, rows_read = ?, rows_converted = ?, rows_substituted = ?, rows_quarantined = ?,"
					+ " rows_orphaned = ?, clock = ?, fingerprint = ? WHERE run_number = ?")) {
			update.setString(1, outcome);
			update.setLong(2, rows.read());
			update.setLong(3, rows.converted());
			update.setLong(4, rows.substituted());
			update.setLong(5, rows.quarantined());
			update.setLong(6, rows.orphaned());
			update.setString(7, clock);
			update.setString(8, fingerprint);
			update.setLong(9, number);
			update.executeUpdate();
		}
	}

	/**
	 * Record that a run failed. What it said of its rows stays.
	 * @param connection any connection; its transaction mode is kept
	 * @param number the run
	 * @param failure why
	 * @throws SQLException if the statement fails
	 */
	public void fail(Connection connection, long number, MigrationException failure) throws SQLException {
		try (PreparedStatement update = connection.prepareStatement("UPDATE " + this.run + " SET finished_at = "
				+ this.dialect.utcNow() + ", outcome = 'failed', message = ?, code = ? WHERE run_number = ?")) {
			update.setString(1, failure.description());
			update.setString(2, failure.code().name());
			update.setLong(3, number);
			update.executeUpdate();
		}
	}

	/**
	 * Record how a run reads times without a zone, before it converts the first.
	 * @param connection any connection; its transaction mode is kept
	 * @param number the run
	 * @param clock the zone and where it is known from
	 * @throws SQLException if the statement fails
	 */
	public void clock(Connection connection, long number, String clock) throws SQLException {
		try (PreparedStatement update = connection
			.prepareStatement("UPDATE " + this.run + " SET clock = ? WHERE run_number = ?")) {
			update.setString(1, clock);
			update.setLong(2, number);
			update.executeUpdate();
		}
	}

	/**
	 * Record what a run has done where counts of converted rows do not say it.
	 * @param connection any connection; its transaction mode is kept
	 * @param number the run
	 * @param remark one sentence
	 * @throws SQLException if the statement fails
	 */
	public void remark(Connection connection, long number, String remark) throws SQLException {
		try (PreparedStatement update = connection
			.prepareStatement("UPDATE " + this.run + " SET message = ? WHERE run_number = ?")) {
			update.setString(1, remark);
			update.setLong(2, number);
			update.executeUpdate();
		}
	}

	/**
	 * Record what became of the rows of a run that goes on.
	 * @param connection any connection; its transaction mode is kept
	 * @param number the run
	 * @param rows the counts
	 * @throws SQLException if the statement fails
	 */
	public void rows(Connection connection, long number, RowCounts rows) throws SQLException {
		try (PreparedStatement update = connection.prepareStatement("UPDATE " + this.run
				+ " SET rows_read = ?, rows_converted = ?, rows_substituted = ?, rows_quarantined = ?, rows_orphaned = ?"
				+ " WHERE run_number = ?")) {
			update.setLong(1, rows.read());
			update.setLong(2, rows.converted());
			update.setLong(3, rows.substituted());
			update.setLong(4, rows.quarantined());
			update.setLong(5, rows.orphaned());
			update.setLong(6, number);
			update.executeUpdate();
		}
	}

	/**
	 * Close the record of a run that did its work and did not come to say so.
	 * @param connection a connection in auto-commit mode
	 * @param id the id of the run
	 * @param fingerprint of the result, or {@code null} if the next start has to look
	 * @throws SQLException if the statement fails
	 */
	public void complete(Connection connection, String id, @Nullable String fingerprint) throws SQLException {
		try (PreparedStatement update = connection
			.prepareStatement("UPDATE " + this.run + " SET finished_at = " + this.dialect.utcNow()
					+ ", outcome = CASE kind WHEN 'downgrade' THEN 'undone' WHEN 'copy' THEN 'copied'"
					+ " WHEN 'retry-quarantine' THEN 'retried' ELSE 'migrated' END, fingerprint = ?,"
					+ " message = ? WHERE id = ?")) {
			update.setString(1, fingerprint);
			update.setString(2, "The run ended before it could be recorded as done; a later start found it so.");
			update.setString(3, id);
			update.executeUpdate();
		}
	}

	/**
	 * Record that a version of the application has started and found nothing pending,
	 * unless that is known of the schema as it is.
	 * @param connection a connection in auto-commit mode, without the lock
	 * @param applicationVersion the version
	 * @param newest id of the newest run, whose result was found unchanged
	 * @throws SQLException if the statement fails, also if another run has begun since
	 */
	public void deployed(Connection connection, String applicationVersion, String newest) throws SQLException {
		// The number is that of the run after the one that was looked at: if somebody has
		// begun that, the insert fails.
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + this.run
				+ " (run_number, id, started_at, finished_at, kind, outcome, from_state, to_state, application_version,"
				+ " library_version, instance, rows_read, rows_converted, rows_substituted, rows_quarantined,"
				+ " rows_orphaned, names_checksum, fingerprint) SELECT r.run_number + 1, ?, " + this.dialect.utcNow()
				+ ", " + this.dialect.utcNow() + ", 'upgrade', 'recorded', r.to_state, r.to_state, ?, ?, r.instance,"
				+ " 0, 0, 0, 0, 0, r.names_checksum, r.fingerprint FROM " + this.run
				+ " r WHERE r.id = ? AND NOT EXISTS (SELECT 1 FROM " + this.run
				+ " k WHERE k.application_version = ? AND k.kind <> 'downgrade'"
				+ " AND k.outcome NOT IN ('running', 'died', 'failed')"
				+ " AND k.run_number >= (SELECT MAX(c.run_number) FROM " + this.run
				+ " c WHERE c.outcome NOT IN ('running', 'died', 'failed', 'recorded')))")) {
			insert.setString(1, UUID.randomUUID().toString());
			insert.setString(2, applicationVersion);
			insert.setString(3, libraryVersion());
			insert.setString(4, newest);
			insert.setString(5, applicationVersion);
			insert.executeUpdate();
		}
	}

	/**
	 * A run that begins.
	 *
	 * @param kind the verb, as {@link io.github.adkmigration.report.RunRecord#kind()} has
	 * it
	 * @param from the state found
	 * @param to the state wanted
	 * @param origin by whom and why
	 * @param instance unique name of this run
	 * @param tookOverFrom instance of the run that died before this one, or {@code null}
	 * @param backup name of the file to which the database was copied, or {@code null}
	 * @param lock what keeps other runs out and why that
	 */
	public record NewRun(String kind, String from, String to, RunOrigin origin, String instance,
			@Nullable String tookOverFrom, @Nullable String backup, String lock) {
	}

	static String libraryVersion() {
		String version = BundledChangelog.class.getPackage().getImplementationVersion();
		return version == null ? "development" : version;
	}

}
