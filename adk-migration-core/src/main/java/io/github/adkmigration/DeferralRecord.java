package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.RecordedWork.Request;
import io.github.adkmigration.catalog.FragmentReader;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.Glance;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.Instance;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.plan.Deferral;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.schema.HeadSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the record follow an index that a start leaves to operators: that it is deferred,
 * so that later starts see it at a glance, and that somebody has built it. A start that
 * may not write, or meets somebody at work, is none the worse for it.
 */
final class DeferralRecord {

	private static final Logger logger = LoggerFactory.getLogger(DeferralRecord.class);

	private final Target target;

	private final Planning planning;

	DeferralRecord(Target target, Planning planning) {
		this.target = target;
		this.planning = planning;
	}

	/**
	 * Record what a plan without a step says, if the record says something else.
	 */
	void follow(Connection connection, DatabaseDialect dialect, MigrationPlan plan, Bookkeeping bookkeeping) {
		// On SQLite the first write would have to make a backup, and no fleet starts.
		boolean differs = plan.defers() ? dialect != DatabaseDialect.SQLITE && lasts(plan)
				: built(plan, bookkeeping.run());
		if (differs) {
			try {
				record(connection, dialect);
			}
			catch (SQLException | MigrationException ex) {
				logger.debug("What became of a deferred index could not be recorded", ex);
			}
		}
	}

	private boolean lasts(MigrationPlan plan) {
		return !new DeferredIndex(this.target.settings()).reached(plan).equals(plan.to());
	}

	/** Our newest run stopped below head, and the tables are head's. */
	private static boolean built(MigrationPlan plan, Optional<RunRecord> newest) {
		String below = HeadSchema.level(BundledChangelog.REVISIONS.get(1));
		return plan.to().equals(BundledChangelog.HEAD) && newest.filter((run) -> run.to().equals(below)).isPresent();
	}

	private void record(Connection connection, DatabaseDialect dialect) throws SQLException {
		new RunRecorder(dialect, this.target.tables()).createTables(connection);
		String instance = Instance.create();
		Optional<HeldLock> free = this.target.tryLock(connection, dialect, instance);
		if (free.isPresent()) {
			try (HeldLock held = free.get()) {
				// Whoever held the lock before may have done the same, or have built it.
				MigrationPlan plan = this.planning.plan(held.connection());
				if (plan.isEmpty() && plan.defers()) {
					deferred(held, dialect, plan, instance);
				}
				else if (plan.isEmpty()) {
					built(held, dialect, plan, instance);
				}
			}
		}
	}

	private void deferred(HeldLock held, DatabaseDialect dialect, MigrationPlan plan, String instance)
			throws SQLException {
		String reached = new DeferredIndex(this.target.settings()).reached(plan);
		if (new DeferredIndex(this.target.settings()).glance(held.connection(), dialect, this.target.shapeSettings())
			.isPresent() || reached.equals(plan.to())) {
			return;
		}
		Request request = new Request("upgrade", "migration", "recording a deferred change", plan.from(),
				HeadSchema.level(plan.to()), instance, null);
		new RecordedWork(this.target, held, dialect).carryOut(request, (run) -> {
			Connection writing = held.connection();
			String fingerprint = new Glance(dialect, this.target.tables()).fingerprint(writing,
					this.target.shapeSettings(), new DeferredIndex(this.target.settings()).stored(reached));
			new RunRecorder(dialect, this.target.tables()).finish(writing, run.number(), "deferred", RowCounts.NONE,
					null, fingerprint);
			return plan;
		});
	}

	/** The changeset finds its work done, and is recorded as it is where a run died. */
	private void built(HeldLock held, DatabaseDialect dialect, MigrationPlan plan, String instance)
			throws SQLException {
		Connection writing = held.connection();
		BundledChangelog changelog = BundledChangelog.read(dialect, this.target.tables(),
				plan.detected().catalog().schema(), FragmentReader.read(writing, dialect, this.target.tables(),
						this.target.settings().ownerColumn(), plan.detected().catalog()));
		MigrationPlan settling = new MigrationPlan(plan.detected(), plan.from(), plan.to(),
				List.of(Deferral.index(changelog, false)), plan.notes(), List.of());
		new MigrationRun(this.target, held, dialect).execute(settling, instance, Optional.empty(), Optional.empty(),
				System.nanoTime());
	}

}
