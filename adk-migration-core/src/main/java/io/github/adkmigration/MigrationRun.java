package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adkmigration.RecordedWork.Begun;
import io.github.adkmigration.RecordedWork.Request;
import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.execute.MigrationExecutor;
import io.github.adkmigration.execute.MigrationExecutor.Execution;
import io.github.adkmigration.execute.StepRecorder;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.ChangeRecords;
import io.github.adkmigration.history.Glance;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.history.StepHistory;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.preflight.Preflight.ClockEvidence;
import io.github.adkmigration.report.Backup;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.VerificationResult;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.verify.SchemaVerifier;
import io.github.adkmigration.verify.SqliteIntegrity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run under the lock: carries out a plan, verifies the result and keeps the record.
 */
final class MigrationRun {

	private static final Logger logger = LoggerFactory.getLogger(MigrationRun.class);

	private final Target target;

	private final HeldLock lock;

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final RunHistory history;

	private final RunRecorder recorder;

	private final StepHistory steps;

	MigrationRun(Target target, HeldLock lock, DatabaseDialect dialect) {
		this.target = target;
		this.lock = lock;
		this.connection = lock.connection();
		this.dialect = dialect;
		this.settings = target.settings();
		this.history = new RunHistory(dialect, target.tables());
		this.recorder = new RunRecorder(dialect, target.tables());
		this.steps = new StepHistory(dialect, target.tables());
	}

	MigrationReport execute(MigrationPlan plan, String instance, Optional<ClockEvidence> clock, Optional<Backup> backup,
			long begun) throws SQLException {
		logger.info("Migrating {} to revision {} under the {}", plan.from(), plan.to(), this.lock.description());
		Request request = new Request("upgrade", "migration", "migrating", plan.from(), HeadSchema.level(plan.to()),
				instance, backup.map(Backup::file).orElse(null));
		return new RecordedWork(this.target, this.lock, this.dialect).carryOut(request, (run) -> {
			try {
				return execute(plan, run, clock, backup, begun);
			}
			catch (MigrationException ex) {
				throw backup.isPresent() && ex.code() == MigrationErrorCode.VERIFICATION_FAILED
						? new MigrationException(ex.code(), ex.description(), ex.action()
								+ " The database as it was before is in " + backup.get().file() + ", beside it.", ex)
						: ex;
			}
		});
	}

	private MigrationReport execute(MigrationPlan plan, Begun run, Optional<ClockEvidence> clock,
			Optional<Backup> backup, long begun) throws SQLException {
		String clockText = clock.map((known) -> RecordedClock.text(known.clock(), this.settings.legacyClock()))
			.orElse(null);
		if (clockText != null) {
			this.recorder.clock(this.connection, run.number(), clockText);
		}
		boolean copies = plan.steps().stream().anyMatch(MigrationStep.Backfill.class::isInstance);
		try (SecondConnection second = copies && !this.lock.needsConnections()
				? SecondConnection.ask(this.target.dataSource(), this.dialect) : SecondConnection.none(this.dialect)) {
			MigrationExecutor executor = new MigrationExecutor(this.dialect, this.settings, plan, this.lock, clock,
					new Recorder(run.number(), this.history.newestCompleted(this.connection)),
					() -> second.get(this.connection), this.target.watch().listener());
			executor.settle(this.connection, this.history.begun(this.connection));
			Execution execution = executor.execute(this.connection);
			List<String> notes = new ArrayList<>(plan.notes());
			backup.ifPresent((copy) -> notes.add("The database as it was before the first change is kept as " + copy
					+ "; delete the file when nobody needs it any more."));
			run.takeover().ifPresent(notes::add);
			notes.addAll(execution.notes());
			notes.addAll(verified(plan.to()).notes());
			boolean created = plan.detected() instanceof DetectedSchema.Empty;
			if (execution.remark() != null) {
				this.recorder.remark(this.connection, run.number(), execution.remark());
			}
			this.recorder.finish(this.connection, run.number(), created ? "created" : "migrated", execution.rows(),
					clockText, fingerprint(plan));
			return new MigrationReport(created ? Outcome.CREATED : Outcome.MIGRATED, String.valueOf(run.number()),
					plan.from(), HeadSchema.level(plan.to()), plan.detected().evidence(), execution.rows(), clockText,
					this.lock.description(), execution.steps(), notes, plan.deferred(), backup.orElse(null),
					Duration.ofNanos(System.nanoTime() - begun));
		}
	}

	/**
	 * Close the record of a run that died or failed after its last change.
	 */
	void completeInterrupted(MigrationPlan plan) throws SQLException {
		Optional<RunRecord> newest = Bookkeeping.newestRun(this.connection, this.history);
		if (newest.isPresent() && newest.get().unfinished()) {
			UnfinishedCopy.refuse(this.connection, this.dialect, this.settings.tables(), newest.get());
			new MigrationExecutor(this.dialect, this.settings, plan, this.lock, Optional.empty(), new Recorder(0, 0),
					Optional::empty, MigrationListener.NONE)
				.settle(this.connection, this.history.begun(this.connection));
			verified(plan.to());
			this.recorder.complete(this.connection, newest.get().id(), fingerprint(plan));
		}
	}

	private VerificationResult verified(String revision) throws SQLException {
		VerificationResult verification = new SchemaVerifier(this.dialect, this.settings.tables(), revision)
			.verify(this.connection);
		if (!verification.successful()) {
			throw new MigrationException(MigrationErrorCode.VERIFICATION_FAILED,
					"The result differs from revision " + revision + ": " + verification.differences() + ".",
					"Keep the database as it is and report the differences.");
		}
		if (this.dialect == DatabaseDialect.SQLITE) {
			undamaged();
		}
		return verification;
	}

	private void undamaged() throws SQLException {
		Optional<String> damage = new SqliteIntegrity(this.settings.tables()).damage(this.connection);
		if (damage.isPresent()) {
			throw new MigrationException(MigrationErrorCode.VERIFICATION_FAILED,
					"SQLite finds the database file damaged: " + damage.get() + ".",
					"Stop the application, look at the disk, and go back to a backup.");
		}
	}

	private String fingerprint(MigrationPlan plan) throws SQLException {
		DeferredIndex deferred = new DeferredIndex(this.settings);
		return new Glance(this.dialect, this.settings.tables()).fingerprint(this.connection,
				this.target.shapeSettings(), deferred.stored(deferred.reached(plan)));
	}

	/** Passes what was done on to the history. */
	private final class Recorder implements StepRecorder {

		private final long run;

		private final long completed;

		private final AtomicInteger position = new AtomicInteger();

		Recorder(long run, long completed) {
			this.run = run;
			this.completed = completed;
		}

		@Override
		public void begun(Connection writing, Changeset changeset) throws SQLException {
			MigrationRun.this.steps.begin(writing, this.run, this.position.incrementAndGet(), changeset,
					this.completed);
		}

		@Override
		public void reversible(Connection writing, String changeset, List<String> rollback) throws SQLException {
			new ChangeRecords(MigrationRun.this.dialect, MigrationRun.this.settings.tables()).reversible(writing,
					changeset, rollback);
		}

		@Override
		public void applied(Connection writing, String changeset, Duration duration) throws SQLException {
			MigrationRun.this.steps.applied(writing, changeset, duration);
		}

		@Override
		public void abandoned(Connection writing, String changeset) throws SQLException {
			MigrationRun.this.steps.abandon(writing, changeset);
		}

		@Override
		public void counted(Connection writing, RowCounts rows) throws SQLException {
			MigrationRun.this.recorder.rows(writing, this.run, rows);
		}

	}

}
