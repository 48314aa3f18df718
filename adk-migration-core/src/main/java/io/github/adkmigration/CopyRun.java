package io.github.adkmigration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.RecordedWork.Request;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.convert.CopyMarker;
import io.github.adkmigration.convert.EventComparison.Compared;
import io.github.adkmigration.convert.GuardedListener;
import io.github.adkmigration.convert.Side;
import io.github.adkmigration.convert.StateCopy;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.Glance;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One copy under the lock of its target: writes the rows, compares each with its source
 * and keeps the record.
 */
final class CopyRun {

	private static final Logger logger = LoggerFactory.getLogger(CopyRun.class);

	private static final String SESSIONS_STEP = "copy_sessions";

	private static final String SESSIONS_TEXT = "Copy sessions and states";

	private static final String EVENTS_STEP = "copy_events";

	private static final String COMPARE_STEP = "copy_compare";

	private static final String COMPARE_TEXT = "Compare each row with its source";

	private final Target target;

	private final GuardedListener listener;

	private final HeldLock lock;

	private final Connection writing;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final CopyRows rows;

	private final StateCopy states;

	private final boolean converts;

	private final List<StepReport> steps = new ArrayList<>();

	CopyRun(Target target, HeldLock lock, DatabaseDialect dialect, CopyRows rows) {
		this.target = target;
		this.listener = target.watch().listener();
		this.lock = lock;
		this.writing = lock.connection();
		this.dialect = dialect;
		this.tables = target.tables();
		this.rows = rows;
		LayoutFamily family = rows.found().layout().family();
		this.converts = family != LayoutFamily.PYTHON_V1;
		this.states = new StateCopy(rows.found().side(), new Side(dialect, this.tables), family,
				target.settings().batchSize(), rows.conversion().id());
	}

	MigrationReport execute(boolean goesOn, String instance, long begun) throws SQLException {
		RunRecorder recorder = new RunRecorder(this.dialect, this.tables);
		logger.info("Copying {} under the {}", this.rows.from(), this.lock.description());
		Request request = new Request("copy", "copy", "copying", this.rows.from(), HeadSchema.LEVEL, instance, null);
		return new RecordedWork(this.target, this.lock, this.dialect).carryOut(request, (run) -> {
			Compared compared = copy(goesOn);
			List<String> notes = notes(goesOn, compared.rows());
			finish(recorder, run.number(), compared.rows());
			return new MigrationReport(Outcome.COPIED, String.valueOf(run.number()), this.rows.from(), HeadSchema.LEVEL,
					this.rows.found().detected().evidence(), compared.rows(), this.rows.clockText(),
					this.lock.description(), this.steps, notes, List.of(), null,
					Duration.ofNanos(System.nanoTime() - begun));
		});
	}

	private Compared copy(boolean goesOn) throws SQLException {
		if (!goesOn) {
			new CopyMarker(new Side(this.dialect, this.tables)).start(this.writing, this.rows.mark());
		}
		Connection reading = this.rows.connection();
		long begun = begin(SESSIONS_STEP, SESSIONS_TEXT);
		this.states.run(this.writing, reading);
		if (this.converts) {
			this.states.createMissing(this.writing);
		}
		done(SESSIONS_STEP, SESSIONS_TEXT, begun);
		String eventsText = (this.converts ? "Convert" : "Copy") + " the events of " + this.rows.from();
		begun = begin(EVENTS_STEP, eventsText);
		if (goesOn) {
			// Somebody may have repaired them in the source.
			this.rows.conversion().retry().run(this.writing, reading, true);
		}
		this.rows.conversion().copy(EVENTS_STEP, this.listener).run(this.writing, Optional.of(reading));
		done(EVENTS_STEP, eventsText, begun);
		quarantined();
		begun = begin(COMPARE_STEP, COMPARE_TEXT);
		Compared events = this.rows.conversion().comparison().run(this.writing, reading);
		equal("events", events);
		equal("sessions and states", this.states.comparison(this.converts).run(this.writing, reading));
		done(COMPARE_STEP, COMPARE_TEXT, begun);
		return events;
	}

	private long begin(String id, String description) {
		this.listener.begins(id, description);
		return System.nanoTime();
	}

	private void done(String id, String description, long begun) {
		StepReport step = new StepReport(id, description, Duration.ofNanos(System.nanoTime() - begun));
		this.steps.add(step);
		this.listener.ends(step);
	}

	private void quarantined() throws SQLException {
		long quarantined = number("SELECT count(*) FROM " + this.tables.sql(BookkeepingTable.QUARANTINE, this.dialect)
				+ " WHERE kind = 'quarantined'");
		if (quarantined > this.target.settings().maxQuarantined()) {
			throw new MigrationException(MigrationErrorCode.TOO_MANY_QUARANTINED,
					quarantined + " events cannot be converted, and " + this.target.settings().maxQuarantined()
							+ " are allowed; the source is unchanged.",
					"Look at the reasons in the table " + this.tables.name(BookkeepingTable.QUARANTINE)
							+ " of the target, repair the rows in the source or set"
							+ " adk.migration.legacy.max-quarantined=" + quarantined + ", and start again.");
		}
	}

	private static void equal(String what, Compared compared) {
		if (!compared.equal()) {
			throw new MigrationException(MigrationErrorCode.VERIFICATION_FAILED,
					"Of " + compared.rows().read() + " " + what + " of the source " + compared.missing()
							+ " are missing in the target, " + compared.different() + " say something else there, and "
							+ compared.surplus() + " of the target are not in the source.",
					"The source is unchanged. If somebody wrote to it or to the target between two attempts, empty the"
							+ " target and copy again; else report these numbers.");
		}
	}

	private List<String> notes(boolean goesOn, RowCounts counts) throws SQLException {
		List<String> notes = new ArrayList<>(this.rows.found().notes());
		notes.addAll(this.rows.clock().notes());
		if (goesOn) {
			notes.add("A copy that had not come to its end was continued.");
		}
		String quarantine = this.tables.name(BookkeepingTable.QUARANTINE);
		if (counts.quarantined() > 0) {
			notes.add(counts.quarantined() + " events could not be converted and are only in the source; " + quarantine
					+ " lists them.");
		}
		if (counts.orphaned() > 0) {
			notes.add(counts.orphaned() + " events belong to no session and stay in the source; " + quarantine
					+ " lists them.");
		}
		String substitution = this.tables.name(BookkeepingTable.SUBSTITUTION);
		if (counts.substituted() > 0) {
			notes.add(counts.substituted() + " events hold a value that JSON cannot hold and that was replaced; "
					+ substitution + " lists each.");
		}
		long states = number("SELECT count(*) FROM " + this.tables.sql(BookkeepingTable.SUBSTITUTION, this.dialect)
				+ " WHERE id = ''");
		if (states > 0) {
			notes.add(states + " values of sessions and states cannot be held by jsonb and were replaced; "
					+ substitution + " lists each without an event.");
		}
		return notes;
	}

	/**
	 * From here on the rows are those of the target.
	 */
	private void finish(RunRecorder recorder, long run, RowCounts counts) throws SQLException {
		this.writing.setAutoCommit(false);
		new CopyMarker(new Side(this.dialect, this.tables)).finish(this.writing);
		recorder.finish(this.writing, run, "copied", counts, this.rows.clockText(),
				new Glance(this.dialect, this.tables).fingerprint(this.writing, this.target.shapeSettings(),
						BundledChangelog.HEAD));
		this.writing.commit();
		this.writing.setAutoCommit(true);
	}

	private long number(String sql) throws SQLException {
		try (Statement statement = this.writing.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getLong(1);
		}
	}

}
