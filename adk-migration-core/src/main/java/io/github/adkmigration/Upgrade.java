package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.detect.SchemaDetector;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.execute.MigrationExecutor;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.Instance;
import io.github.adkmigration.lock.MigrationLock;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.plan.Described;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.preflight.Preflight;
import io.github.adkmigration.preflight.Preflight.Checked;
import io.github.adkmigration.report.Backup;
import io.github.adkmigration.report.DeferredChange;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.PreflightText;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.SchemaStatus;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.UpgradeTarget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the database to a revision: looks, plans, checks, waits for the lock, plans
 * again and has the plan carried out. The only type that knows this sequence.
 */
final class Upgrade implements Verb<MigrationReport> {

	private static final Logger logger = LoggerFactory.getLogger(Upgrade.class);

	/** A tenth of this is sampled, which then costs less than a tenth of the run. */
	private static final long WORTH_A_SAMPLE = 200_000;

	private final Target target;

	private final Planning planning;

	private final UpgradeTarget goal;

	Upgrade(Target target, UpgradeTarget goal) {
		this.target = target;
		this.planning = new Planning(target.settings());
		this.goal = goal;
	}

	@Override
	public MigrationReport run(Connection connection, long begun) throws SQLException {
		DatabaseDialect dialect = DatabaseDialect.of(connection);
		if (this.goal instanceof UpgradeTarget.Head && !EventTimeLook.thorough(this.target.settings())) {
			Optional<DeferredIndex.Seen> seen = new DeferredIndex(this.target.settings()).glance(connection, dialect,
					this.target.shapeSettings());
			if (seen.isPresent()) {
				DeployedVersion.remember(connection, dialect, this.target, seen.get().run());
				SchemaStatus status = Look.unchanged(seen.get());
				return upToDate(status.detected(), status.revision(), List.of(), null, List.of(), status.deferred(),
						begun);
			}
		}
		try (SqliteSession unused = SqliteSession.begin(connection, dialect)) {
			return prepare(connection, dialect, begun);
		}
	}

	private MigrationReport prepare(Connection connection, DatabaseDialect dialect, long begun) throws SQLException {
		RunHistory history = new RunHistory(dialect, this.target.settings().tables());
		Optional<RunRecord> before = Bookkeeping.newestRun(connection, history);
		Optional<Prepared> prepared;
		try {
			DetectedSchema detected = new SchemaDetector(dialect, this.target.settings().tables()).detect(connection);
			Bookkeeping bookkeeping = Bookkeeping.read(connection, history, this.target.settings().tables(),
					detected.catalog());
			if (bookkeeping.ahead(BundledChangelog.HEAD)) {
				return ahead(bookkeeping, detected, begun);
			}
			if (bookkeeping.goingBack()) {
				// What was left half undone is undone under the lock, and only then
				// planned.
				return underLock(connection, dialect, Optional.empty(), history, begun);
			}
			MigrationPlan plan = this.planning.plan(connection, dialect, detected, this.goal);
			boolean done = !bookkeeping.unfinished() || plan.to().equals(BundledChangelog.BASE);
			if (plan.isEmpty() && (done || (plan.defers() && !bookkeeping.copying()))) {
				if (done) {
					new DeferralRecord(this.target, this.planning).follow(connection, dialect, plan, bookkeeping);
				}
				return upToDate(plan, null, begun);
			}
			MigrationExecutor.loadAhead(plan);
			prepared = Optional.of(new Prepared(plan, check(connection, dialect, plan, history)));
		}
		catch (MigrationException | SQLException ex) {
			if (!Bookkeeping.busy(before, Bookkeeping.newestRun(connection, history))) {
				throw ex;
			}
			// Another run changed the tables under our eyes; under the lock nobody does.
			prepared = Optional.empty();
		}
		return underLock(connection, dialect, prepared, history, begun);
	}

	private MigrationReport underLock(Connection connection, DatabaseDialect dialect, Optional<Prepared> prepared,
			RunHistory history, long begun) throws SQLException {
		RunRecorder recorder = new RunRecorder(dialect, this.target.settings().tables());
		String instance = Instance.create();
		MigrationLock lock = this.target.chooseLock(connection, dialect, instance);
		if (dialect != DatabaseDialect.SQLITE) {
			// A lock can be in one of them. SQLite's is a file, and its backup comes
			// first.
			recorder.createTables(connection);
		}
		try (HeldLock held = this.target.acquire(lock, connection, dialect)) {
			if (dialect != DatabaseDialect.SQLITE) {
				new DowngradeRun(this.target, held, dialect).settle();
			}
			// Whoever held the lock before may have done the work, or other work.
			MigrationPlan plan = this.planning.plan(connection, dialect, this.goal);
			MigrationRun run = new MigrationRun(this.target, held, dialect);
			if (plan.isEmpty()) {
				Optional<RunRecord> newest = Bookkeeping.newestRun(connection, history);
				if (plan.defers() && newest.isPresent()) {
					UnfinishedCopy.refuse(connection, dialect, this.target.tables(), newest.get());
				}
				else {
					run.completeInterrupted(plan);
				}
				return upToDate(plan, held.description(), begun);
			}
			boolean same = prepared.isPresent() && prepared.get().plan().from().equals(plan.from());
			Checked checked = same ? prepared.get().checked() : check(connection, dialect, plan, history);
			tell(connection, dialect, plan, checked, held);
			Optional<Backup> backup = FirstBackup.of(connection, dialect, this.target.settings(), plan, history);
			if (dialect == DatabaseDialect.SQLITE) {
				recorder.createTables(connection);
			}
			return run.execute(plan, instance, checked.clock(), backup, begun);
		}
	}

	private Checked check(Connection connection, DatabaseDialect dialect, MigrationPlan plan, RunHistory history)
			throws SQLException {
		return new Preflight(dialect, this.target.settings()).check(connection, plan,
				FirstBackup.wanted(connection, dialect, this.target.settings(), plan, history));
	}

	/**
	 * Say what the run is in for. Only a large table is worth a sample: a small one is
	 * converted in the time that the sample takes.
	 */
	private void tell(Connection connection, DatabaseDialect dialect, MigrationPlan plan, Checked checked,
			HeldLock held) throws SQLException {
		if (!logger.isInfoEnabled() || plan.detected() instanceof DetectedSchema.Empty) {
			return;
		}
		boolean large = checked.tables()
			.stream()
			.anyMatch((measure) -> measure.table() == SessionTable.EVENTS && measure.rows() >= WORTH_A_SAMPLE);
		MigrationSettings settings = this.target.settings();
		logger.info("Before the first change:\n{}",
				PreflightText.brief(PreflightLook.report(settings, plan, checked,
						PreflightLook.staying(connection, dialect, settings.tables(), plan), held.description(),
						large ? PreflightLook.estimate(connection, dialect, settings, plan, checked.tables()) : null)));
	}

	private static MigrationReport upToDate(MigrationPlan plan, @Nullable String lock, long begun) {
		return upToDate(plan.from(), plan.to(), plan.detected().evidence(), lock, plan.notes(), plan.deferred(), begun);
	}

	private static MigrationReport upToDate(String from, String revision, List<String> evidence, @Nullable String lock,
			List<String> notes, List<DeferredChange> deferred, long begun) {
		String to = revision.equals(BundledChangelog.BASE) ? from : HeadSchema.level(revision);
		return new MigrationReport(Outcome.UP_TO_DATE, null, from, to, evidence, RowCounts.NONE, null, lock, List.of(),
				notes, deferred, null, Duration.ofNanos(System.nanoTime() - begun));
	}

	private static MigrationReport ahead(Bookkeeping bookkeeping, DetectedSchema detected, long begun) {
		bookkeeping.requireCompatible(BundledChangelog.HEAD);
		return upToDate(Described.level(detected), BundledChangelog.HEAD, detected.evidence(), null,
				List.of(bookkeeping.aheadOf()), List.of(), begun);
	}

	/**
	 * What was found out before the lock.
	 *
	 * @param plan what is about to be done
	 * @param checked what it was checked for
	 */
	private record Prepared(MigrationPlan plan, Checked checked) {
	}

}
