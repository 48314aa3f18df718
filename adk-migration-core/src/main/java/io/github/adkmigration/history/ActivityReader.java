package io.github.adkmigration.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.Operations;
import io.github.adkmigration.report.RunActivity;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is going on, in this process or in any other.
 *
 * @since 0.1.0
 */
public final class ActivityReader {

	private final DatabaseDialect dialect;

	private final RunReader runs;

	private final String checkpoint;

	private final String quarantine;

	/**
	 * Create a reader for a target.
	 * @param dialect dialect of its database
	 * @param tables its names
	 */
	public ActivityReader(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.runs = new RunReader(dialect, tables);
		this.checkpoint = tables.sql(BookkeepingTable.CHECKPOINT, dialect);
		this.quarantine = tables.sql(BookkeepingTable.QUARANTINE, dialect);
	}

	/**
	 * Read the newest part of the record.
	 * @param connection any connection
	 * @param mostRuns how many runs at most
	 * @return what it says
	 * @throws SQLException if a table does not exist
	 */
	public Operations read(Connection connection, int mostRuns) throws SQLException {
		List<RunDetails> runs = this.runs.newest(connection, mostRuns);
		RunActivity current = runs.isEmpty() || !runs.get(0).run().outcome().equals("running") ? null
				: activity(connection, runs.get(0).run());
		Map<String, Long> aside = new HashMap<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("SELECT kind, COUNT(*) FROM " + this.quarantine + " GROUP BY kind")) {
			while (rows.next()) {
				aside.put(rows.getString(1), rows.getLong(2));
			}
		}
		return new Operations(current, runs, this.runs.refused(connection, mostRuns),
				aside.getOrDefault("quarantined", 0L), aside.getOrDefault("orphaned", 0L));
	}

	private RunActivity activity(Connection connection, RunRecord run) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT rows_read, rows_total, rows_per_second, updated_at,"
						+ " paused_at FROM " + this.checkpoint + " WHERE name = 'events'")) {
			if (!row.next()) {
				return new RunActivity(run, null, null, null, null, run.started(), null);
			}
			Instant updated = RunHistory.instant(row, "updated_at", this.dialect);
			if (updated == null || updated.isBefore(run.started())) {
				// That of an earlier run.
				return new RunActivity(run, null, null, null, null, run.started(), null);
			}
			long done = row.getLong("rows_read");
			Long total = number(row, "rows_total");
			Long rate = number(row, "rows_per_second");
			return new RunActivity(run, done, total, rate, timeLeft(done, total, rate), updated,
					RunHistory.instant(row, "paused_at", this.dialect));
		}
	}

	private static @Nullable Duration timeLeft(long done, @Nullable Long total, @Nullable Long rate) {
		return total == null || rate == null || rate <= 0 ? null : Duration.ofSeconds(Math.max(0, total - done) / rate);
	}

	private static @Nullable Long number(ResultSet row, String column) throws SQLException {
		long value = row.getLong(column);
		return row.wasNull() ? null : value;
	}

}
