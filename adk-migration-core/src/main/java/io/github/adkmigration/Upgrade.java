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
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.Instance;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.plan.Described;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.preflight.Preflight;
import io.github.adkmigration.preflight.Preflight.ClockEvidence;
import io.github.adkmigration.report.Backup;
import io.github.adkmigration.report.DeferredChange;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.SchemaStatus;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.settings.UpgradeTarget;
import org.jspecify.annotations.Nullable;

/**
 * Brings the database to a revision: looks, plans, checks, waits for the lock, plans
 * again and has the plan carried out. The only type that knows this sequence.
 */
final class Upgrade {

	private final Target target;

	private final Planning planning;

	private final UpgradeTarget goal;

	Upgrade(Target target, UpgradeTarget goal) {
		this.target = target;
		this.planning = new Planning(target.settings());
		this.goal = goal;
	}

	MigrationReport run(Connection connection, long begun) throws SQLException {
		DatabaseDialect dialect = DatabaseDialect.of(connection);
		if (this.goal instanceof UpgradeTarget.Head) {
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
			if (plan.isEmpty() && (done || plan.defers())) {
				if (done) {
					new DeferralRecord(this.target, this.planning).follow(connection, dialect, plan, bookkeeping);
				}
				return upToDate(plan, null, begun);
			}
			MigrationExecutor.loadAhead(plan);
			prepared = Optional
				.of(new Prepared(plan, new Preflight(dialect, this.target.settings()).check(connection, plan)));
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
		if (dialect != DatabaseDialect.SQLITE) {
			// A lock can be in one of them. SQLite's is a file, and its backup comes
			// first.
			recorder.createTables(connection);
		}
		String instance = Instance.create();
		try (HeldLock held = this.target.lock(connection, dialect, instance)) {
			if (dialect != DatabaseDialect.SQLITE) {
				new DowngradeRun(this.target, held, dialect).settle();
			}
			// Whoever held the lock before may have done the work, or other work.
			MigrationPlan plan = this.planning.plan(connection, dialect, this.goal);
			MigrationRun run = new MigrationRun(this.target, held, dialect);
			if (plan.isEmpty()) {
				if (!plan.defers()) {
					run.completeInterrupted(plan);
				}
				return upToDate(plan, held.description(), begun);
			}
			boolean same = prepared.isPresent() && prepared.get().plan().from().equals(plan.from());
			Optional<ClockEvidence> clock = same ? prepared.get().clock()
					: new Preflight(dialect, this.target.settings()).check(connection, plan);
			Optional<Backup> backup = FirstBackup.of(connection, dialect, this.target.settings(), plan, history);
			if (dialect == DatabaseDialect.SQLITE) {
				recorder.createTables(connection);
			}
			return run.execute(plan, instance, clock, backup, begun);
		}
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
		if (bookkeeping.compatibleWith(BundledChangelog.HEAD)) {
			return upToDate(Described.level(detected), BundledChangelog.HEAD, detected.evidence(), null,
					List.of(bookkeeping.aheadOf()), List.of(), begun);
		}
		throw new MigrationException(MigrationErrorCode.AHEAD_INCOMPATIBLE,
				bookkeeping.aheadOf() + " It is not compatible with this one.",
				"Run the newer version of the application, or go back with downgrade to a revision that this one knows.");
	}

	/**
	 * What was found out before the lock.
	 *
	 * @param plan what is about to be done
	 * @param clock what is known of the clock of the rows to convert
	 */
	private record Prepared(MigrationPlan plan, Optional<ClockEvidence> clock) {
	}

}
