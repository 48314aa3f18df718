package io.github.adkmigration.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import io.github.adkmigration.changelog.Checksum;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * Reads the record of runs and of what they applied, which {@link RunRecorder} keeps.
 *
 * @since 0.1.0
 */
public final class RunHistory {

	static final String COLUMNS = "r.id, r.started_at, r.finished_at, r.kind, r.outcome, r.from_state, r.to_state,"
			+ " r.application_version, r.library_version, r.instance, r.took_over_from, r.rows_read, r.rows_converted, r.rows_substituted,"
			+ " r.rows_quarantined, r.rows_orphaned, r.message, r.actor, r.reason, r.lock_kind, r.code";

	/** What was refused has numbers below, so that it decides nothing. */
	static final String RUNS = " WHERE r.run_number > 0";

	private final DatabaseDialect dialect;

	private final String run;

	private final String step;

	/**
	 * Create the history of a target.
	 * @param dialect dialect of its database
	 * @param tables its names
	 */
	public RunHistory(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.run = tables.sql(BookkeepingTable.RUN, dialect);
		this.step = tables.sql(BookkeepingTable.STEP, dialect);
	}

	/**
	 * Return whether nothing stands in the record, not even a refusal.
	 * @param connection any connection
	 * @return whether there is no row
	 * @throws SQLException if the table does not exist
	 */
	public boolean isEmpty(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT 1 FROM " + this.run + " LIMIT 1")) {
			return !row.next();
		}
	}

	/**
	 * Read the number that the next run gets.
	 * @param connection any connection
	 * @return one more than the newest run has
	 * @throws SQLException if the table does not exist
	 */
	long nextNumber(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("SELECT COALESCE(MAX(r.run_number), 0) + 1 FROM " + this.run + " r" + RUNS)) {
			rows.next();
			return rows.getLong(1);
		}
	}

	/**
	 * Read the checksum of the names of the newest run.
	 * @param connection any connection
	 * @return the checksum, empty without a run
	 * @throws SQLException if the table does not exist
	 */
	public Optional<String> newestNames(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT r.names_checksum FROM " + this.run + " r" + RUNS
						+ " ORDER BY r.run_number DESC LIMIT 1")) {
			return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
		}
	}

	/**
	 * Read the newest run.
	 * @param connection any connection
	 * @return the run, if there is one
	 * @throws SQLException if the table does not exist
	 */
	public Optional<RunRecord> newest(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT " + COLUMNS + " FROM " + this.run + " r" + RUNS
						+ " ORDER BY r.run_number DESC LIMIT 1")) {
			return rows.next() ? Optional.of(record(rows, this.dialect)) : Optional.empty();
		}
	}

	/**
	 * Read the backup of the newest run if that did not reach its end.
	 * @param connection any connection
	 * @return the name of the file; empty without such a run or without a backup
	 * @throws SQLException if the table does not exist
	 */
	public Optional<String> unfinishedBackup(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT backup FROM " + this.run
						+ " WHERE outcome IN ('running', 'died', 'failed') AND run_number = (SELECT MAX(run_number) FROM "
						+ this.run + ")")) {
			return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
		}
	}

	/**
	 * Read the newest run that reached its end.
	 * @param connection any connection
	 * @return its number, 0 if there is none
	 * @throws SQLException if the table does not exist
	 */
	public long newestCompleted(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(r.run_number), 0) FROM " + this.run + " r"
						+ RUNS + " AND r.outcome NOT IN ('running', 'died', 'failed')")) {
			row.next();
			return row.getLong(1);
		}
	}

	/**
	 * Read the changes that were begun and of which nobody knows whether they were
	 * applied.
	 * @param connection any connection
	 * @return ids of changesets, in the order in which they were begun
	 * @throws SQLException if the table does not exist
	 */
	public List<String> begun(Connection connection) throws SQLException {
		List<String> changesets = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT changeset FROM " + this.step
						+ " WHERE state = 'begun' ORDER BY run_number, step_number")) {
			while (rows.next()) {
				changesets.add(rows.getString(1));
			}
		}
		return changesets;
	}

	/**
	 * Read the newest revision that stands, which a newer library may have applied.
	 * @param connection any connection
	 * @return the revision and the oldest one whose programs can live with it; empty
	 * without a record
	 * @throws SQLException if the table does not exist
	 */
	public Optional<AppliedRevision> newestRevision(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(
						"SELECT MAX(revision), MAX(min_compatible) FROM " + this.step + " WHERE state <> 'undone'")) {
			row.next();
			String revision = row.getString(1);
			return revision == null ? Optional.empty() : Optional.of(new AppliedRevision(revision, row.getString(2)));
		}
	}

	/**
	 * Read how the newest conversion of old events read their times.
	 * @param connection any connection
	 * @return what the run recorded of the clock; empty without such a run or without
	 * naive times
	 * @throws SQLException if the table does not exist
	 */
	public Optional<String> conversionClock(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT clock FROM " + this.run
						+ " WHERE kind = 'upgrade' AND rows_quarantined + rows_orphaned > 0 AND outcome = 'migrated'"
						+ " ORDER BY run_number DESC LIMIT 1")) {
			return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
		}
	}

	/**
	 * A revision of the history.
	 *
	 * @param revision the revision, four digits
	 * @param minCompatible oldest revision whose programs can live with it
	 */
	public record AppliedRevision(String revision, String minCompatible) {
	}

	static RunRecord record(ResultSet rows, DatabaseDialect dialect) throws SQLException {
		Instant started = instant(rows, "started_at", dialect);
		return new RunRecord(rows.getString("id"), started == null ? Instant.EPOCH : started,
				instant(rows, "finished_at", dialect), rows.getString("kind"), rows.getString("outcome"),
				rows.getString("from_state"), rows.getString("to_state"), rows.getString("application_version"),
				rows.getString("library_version"), rows.getString("instance"), rows.getString("took_over_from"),
				new RowCounts(rows.getLong("rows_read"), rows.getLong("rows_converted"),
						rows.getLong("rows_substituted"), rows.getLong("rows_quarantined"),
						rows.getLong("rows_orphaned")),
				rows.getString("message"), rows.getString("actor"), rows.getString("reason"),
				rows.getString("lock_kind"), rows.getString("code"));
	}

	static @Nullable Instant instant(ResultSet rows, String column, DatabaseDialect dialect) throws SQLException {
		if (dialect == DatabaseDialect.SQLITE) {
			String text = rows.getString(column);
			return text == null ? null : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
		}
		LocalDateTime value = rows.getObject(column, LocalDateTime.class);
		return value == null ? null : value.toInstant(ZoneOffset.UTC);
	}

	/**
	 * Return the checksum of the names of a target, by which a history knows its tables.
	 * @param tables the names
	 * @return 64 hexadecimal digits
	 */
	public static String namesChecksum(SessionTables tables) {
		return Checksum.of(String.valueOf(new TreeMap<>(tables.names())));
	}

}
