package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.clock.LocalTimes;
import io.github.adkmigration.clock.LocalZone;
import io.github.adkmigration.clock.OverlapResolution;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.clock.UtcColumn;
import io.github.adkmigration.clock.UtcColumn.Agreement;
import io.github.adkmigration.codec.JsonTarget;
import io.github.adkmigration.codec.UnconvertibleEventException;
import io.github.adkmigration.convert.CheckpointStore.Checkpoint;
import io.github.adkmigration.convert.FormerTimes.EventTime;
import io.github.adkmigration.convert.FormerTimes.SessionTime;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.failure.SqlFailures;
import io.github.adkmigration.report.EventTimes;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the time column of V1 events to the instant of their JSON in UTC, page by page,
 * each with its checkpoint in one transaction, and then the times of sessions that are
 * local beyond doubt. Others may go on writing: only rows with another time are written,
 * each by its key, and nobody changes the time of an event. Events are read once more as
 * a proof, and what has come meanwhile is set too.
 *
 * @since 0.1.0
 */
public final class TimeRepair {

	private static final String REPAIR = "event-times";

	private static final String PROOF = "event-times-proof";

	/** After how many readings somebody must be at work who writes local times. */
	private static final int MOST_PROOFS = 3;

	private static final long SIGN_NANOS = 5_000_000_000L;

	/** How often a page is written that the database breaks off for others. */
	private static final int MOST_TRIES = 10;

	private static final Logger logger = LoggerFactory.getLogger(TimeRepair.class);

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final EventTable events;

	private final EventRows rows;

	private final UtcColumn column;

	private final CheckpointStore checkpoints;

	private final FormerTimes former;

	private final String step;

	private final GuardedListener listener;

	private final List<String> unreadable = new ArrayList<>();

	/**
	 * Describe a repair.
	 * @param dialect dialect of the database
	 * @param settings names and wishes
	 * @param events the table of events
	 * @param step id of the step that it is
	 * @param listener told how far it has come
	 */
	public TimeRepair(DatabaseDialect dialect, MigrationSettings settings, Catalog.Table events, String step,
			GuardedListener listener) {
		SessionTables tables = settings.tables();
		LocalTimes utc = LocalTimes.of(LocalZone.of(ZoneOffset.UTC), null, OverlapResolution.NONE);
		this.dialect = dialect;
		this.settings = settings;
		this.events = EventTable.current(dialect, tables);
		this.rows = new EventRows(this.events, new V1Source(JsonTarget.TEXT, utc, null), false, true);
		this.column = UtcColumn.of(dialect, events);
		this.checkpoints = new CheckpointStore(dialect, tables, CheckpointStore.EVENTS);
		this.former = new FormerTimes(dialect, tables);
		this.step = step;
		this.listener = listener;
	}

	/**
	 * Repair what has not been repaired.
	 * @param connection a connection in auto-commit mode, used by nobody else
	 * @return what was done, by earlier attempts too
	 * @throws SQLException if a statement fails
	 * @throws MigrationException with {@code VERIFICATION_FAILED} if a time does not stay
	 * what it was set to
	 */
	public RepairedTimes run(Connection connection) throws SQLException {
		long repaired;
		Optional<Checkpoint> proving = this.checkpoints.read(connection, PROOF);
		if (proving.isPresent()) {
			repaired = proving.get().counts().converted();
		}
		else {
			Optional<Checkpoint> begun = this.checkpoints.read(connection, REPAIR);
			if (begun.isEmpty()) {
				this.checkpoints.start(connection, REPAIR);
			}
			repaired = read(connection, begun.orElse(new Checkpoint(null, RowCounts.NONE)), true).converted();
		}
		RowCounts proof = RowCounts.NONE;
		long found = 1;
		for (int i = 0; found > 0 && i < MOST_PROOFS; i++) {
			this.unreadable.clear();
			this.checkpoints.start(connection, PROOF);
			Checkpoint begin = new Checkpoint(null, new RowCounts(0, repaired, 0, 0, 0));
			this.checkpoints.update(connection, begin);
			proof = read(connection, begin, false);
			found = proof.converted() - repaired;
			repaired = proof.converted();
		}
		if (found > 0) {
			requireKept(connection);
		}
		long sessions = sessions(connection);
		this.checkpoints.clear(connection);
		return new RepairedTimes(new EventTimes(proof.read(), true, found, proof.quarantined(), this.unreadable),
				repaired, sessions);
	}

	/**
	 * Read the events from a checkpoint on, and set what is not UTC.
	 * @param resumable whether each page gets its checkpoint; else only those in which
	 * something was found do, and now and then one as a sign of life
	 */
	private RowCounts read(Connection connection, Checkpoint begin, boolean resumable) throws SQLException {
		Checkpoint checkpoint = begin;
		ProgressMeter meter = ProgressMeter.begin(connection, this.step, this.listener, this.events.sql(),
				checkpoint.counts());
		this.checkpoints.attempt(connection, meter.total());
		Pace pace = new Pace(this.settings.maxRowsPerSecond(), this.checkpoints);
		long signed = System.nanoTime();
		int pageSize = Math.min(this.settings.batchSize(), EventReader.LARGEST_PAGE);
		try (EventReader reader = EventReader.of(connection, this.rows, this.events, pageSize, checkpoint.lastKey())) {
			for (SourcePage page = reader.next(); page != null; page = reader.next()) {
				List<EventTime> times = new ArrayList<>();
				RowCounts counts = compare(page.events(), times);
				checkpoint = new Checkpoint(page.lastKey(), checkpoint.counts().plus(counts));
				if (resumable || !times.isEmpty() || System.nanoTime() - signed > SIGN_NANOS) {
					write(connection, times, checkpoint, meter);
					signed = System.nanoTime();
				}
				long paused = pace.next(connection, counts.read());
				if (paused > 0) {
					meter.paused(paused, checkpoint.counts());
				}
				meter.at(checkpoint.counts());
			}
		}
		meter.end(checkpoint.counts());
		return checkpoint.counts();
	}

	private long instant(SourceEvent event) {
		try {
			return this.column.instant(((JsonEventSource.Row) event.payload()).json());
		}
		catch (UnconvertibleEventException ex) {
			return StoredTimes.NONE;
		}
	}

	private RowCounts compare(List<SourceEvent> page, List<EventTime> times) {
		long unreadableRows = 0;
		for (SourceEvent event : page) {
			long instant = instant(event);
			Agreement agreement = this.column.compare(instant, event.time(), ColumnTimes.wallMicros(event.time()));
			if (agreement == Agreement.OTHER) {
				times.add(new EventTime(event.key(), this.column.text(instant)));
			}
			else if (agreement == Agreement.UNREADABLE && unreadableRows++ < EventTimes.MOST_KEYS
					&& this.unreadable.size() < EventTimes.MOST_KEYS) {
				EventKey key = event.key();
				this.unreadable.add(EventTimes.key(key.id(), key.appName(), key.userId(), key.sessionId()));
			}
		}
		return new RowCounts(page.size(), times.size(), 0, unreadableRows, 0);
	}

	private void write(Connection connection, List<EventTime> times, Checkpoint checkpoint, ProgressMeter meter)
			throws SQLException {
		long rate = Math.round(meter.rate(checkpoint.counts()));
		inTransaction(connection, () -> {
			if (!times.isEmpty()) {
				this.former.events(connection, times);
			}
			this.checkpoints.update(connection, checkpoint, rate);
		});
	}

	private long sessions(Connection connection) throws SQLException {
		long repaired = 0;
		List<SessionTime> times = LocalSessionTimes.read(connection, this.dialect, this.settings.tables());
		while (!times.isEmpty()) {
			for (int from = 0; from < times.size(); from += this.settings.batchSize()) {
				List<SessionTime> batch = times.subList(from, Math.min(times.size(), from + this.settings.batchSize()));
				inTransaction(connection, () -> this.former.sessions(connection, batch));
			}
			repaired += times.size();
			times = times.size() < LocalSessionTimes.MOST ? List.of()
					: LocalSessionTimes.read(connection, this.dialect, this.settings.tables());
		}
		return repaired;
	}

	/**
	 * Whoever writes local times writes new events; a time that was set and is another
	 * one again has another reason.
	 */
	private void requireKept(Connection connection) throws SQLException {
		String sql = "SELECT count(*) FROM " + this.settings.tables().sql(BookkeepingTable.FORMER_TIMES, this.dialect)
				+ " f JOIN " + this.events.sql() + " e ON e.id = f.id AND e.app_name = f.app_name"
				+ " AND e.user_id = f.user_id AND e.session_id = f.session_id WHERE f.kind = 'event' AND e."
				+ this.dialect.quote("timestamp") + " <> f.utc";
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			if (row.getLong(1) > 0) {
				throw new MigrationException(MigrationErrorCode.VERIFICATION_FAILED,
						row.getLong(1)
								+ " events have another time in the column timestamp than the one it was set to.",
						"Look for triggers on " + this.settings.tables().name(SessionTable.EVENTS)
								+ " and for processes that change its rows, and start again.");
			}
		}
	}

	private static void inTransaction(Connection connection, EventReader.Work work) throws SQLException {
		for (int tries = MOST_TRIES;; tries--) {
			connection.setAutoCommit(false);
			try {
				work.run();
				connection.commit();
				connection.setAutoCommit(true);
				return;
			}
			catch (SQLException | RuntimeException | Error ex) {
				ShadowCopy.undo(connection, ex);
				if (!(ex instanceof SQLException failure) || !SqlFailures.victim(failure) || tries == 1) {
					throw ex;
				}
				logger.info("The database broke off a batch for another transaction; it is written again");
			}
		}
	}

	/**
	 * What a repair has done.
	 *
	 * @param events what the last reading of all events found; {@code notUtc} are those
	 * that somebody had written meanwhile, which are set too
	 * @param repaired events whose time was set
	 * @param sessions sessions whose time was set
	 */
	public record RepairedTimes(EventTimes events, long repaired, long sessions) {
	}

}
