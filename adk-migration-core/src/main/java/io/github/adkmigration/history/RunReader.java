package io.github.adkmigration.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.RefusedRun;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.report.StepRecord;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * Reads runs with what they applied, for people.
 *
 * @since 0.1.0
 */
public final class RunReader {

	private final DatabaseDialect dialect;

	private final String run;

	private final String step;

	/**
	 * Create a reader for a target.
	 * @param dialect dialect of its database
	 * @param tables its names
	 */
	public RunReader(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.run = tables.sql(BookkeepingTable.RUN, dialect);
		this.step = tables.sql(BookkeepingTable.STEP, dialect);
	}

	/**
	 * Read the newest runs.
	 * @param connection any connection
	 * @param most how many at most
	 * @return the runs, the newest first
	 * @throws SQLException if a table does not exist
	 */
	public List<RunDetails> newest(Connection connection, int most) throws SQLException {
		return read(connection, RunHistory.RUNS + " ORDER BY r.run_number DESC LIMIT " + most);
	}

	/**
	 * Read one run.
	 * @param connection any connection
	 * @param number its number
	 * @return the run, if there is one
	 * @throws SQLException if a table does not exist
	 */
	public Optional<RunDetails> find(Connection connection, long number) throws SQLException {
		return read(connection, RunHistory.RUNS + " AND r.run_number = " + number).stream().findFirst();
	}

	/**
	 * Read the newest runs that were refused before they began.
	 * @param connection any connection
	 * @param most how many at most
	 * @return the runs, the newest first
	 * @throws SQLException if the table does not exist
	 */
	public List<RefusedRun> refused(Connection connection, int most) throws SQLException {
		List<RefusedRun> refused = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT started_at, finished_at, kind, code, message,"
						+ " application_version, library_version, instance, actor, reason FROM " + this.run
						+ " WHERE run_number < 0 ORDER BY finished_at DESC, run_number LIMIT " + most)) {
			while (rows.next()) {
				refused.add(new RefusedRun(time(rows, "started_at"), time(rows, "finished_at"), rows.getString("kind"),
						rows.getString("code"), rows.getString("message"), rows.getString("application_version"),
						rows.getString("library_version"), rows.getString("instance"), rows.getString("actor"),
						rows.getString("reason")));
			}
		}
		return refused;
	}

	private Instant time(ResultSet rows, String column) throws SQLException {
		Instant time = RunHistory.instant(rows, column, this.dialect);
		return time == null ? Instant.EPOCH : time;
	}

	private List<RunDetails> read(Connection connection, String which) throws SQLException {
		List<RunDetails> runs = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("SELECT r.run_number, " + RunHistory.COLUMNS + " FROM " + this.run + " r" + which)) {
			while (rows.next()) {
				runs.add(new RunDetails(rows.getLong(1), RunHistory.record(rows, this.dialect), List.<StepRecord>of()));
			}
		}
		if (runs.isEmpty()) {
			return runs;
		}
		Map<Long, List<StepRecord>> steps = steps(connection, runs.get(runs.size() - 1).number(), runs.get(0).number());
		runs.replaceAll((details) -> new RunDetails(details.number(), details.run(),
				steps.getOrDefault(details.number(), List.of())));
		return runs;
	}

	private Map<Long, List<StepRecord>> steps(Connection connection, long from, long to) throws SQLException {
		Map<Long, List<StepRecord>> steps = new HashMap<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(
						"SELECT run_number, changeset, revision, phase, min_compatible, state, duration_ms, undone_by FROM "
								+ this.step + " WHERE run_number BETWEEN " + from + " AND " + to
								+ " ORDER BY run_number, step_number")) {
			while (rows.next()) {
				steps.computeIfAbsent(rows.getLong(1), (number) -> new ArrayList<>())
					.add(new StepRecord(rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5),
							rows.getString(6), Duration.ofMillis(rows.getLong(7)), undoneBy(rows.getLong(8))));
			}
		}
		return steps;
	}

	private static @Nullable Long undoneBy(long run) {
		return run == 0 ? null : run;
	}

}
