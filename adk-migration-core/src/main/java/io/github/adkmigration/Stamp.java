package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.github.adkmigration.RecordedWork.Request;
import io.github.adkmigration.changelog.AppliedChange;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.changelog.StoredSql;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.ChangeRecords;
import io.github.adkmigration.history.Glance;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.history.StepHistory;
import io.github.adkmigration.lock.Instance;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.plan.DowngradePlanner;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.LayoutFamily;

/**
 * Records a revision for tables that equal it already. What a plan would still do tells
 * which one they equal, so the record never says what is not so.
 */
final class Stamp implements Verb<MigrationReport> {

	private static final String FIRST = "0001";

	private static final String INDEX = "ext_adk_0002_events_index";

	private final Target target;

	private final Planning planning;

	private final String revision;

	Stamp(Target target, Planning planning, String revision) {
		if (!List.of(BundledChangelog.BASE, FIRST, BundledChangelog.HEAD).contains(revision)) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"This version does not know a revision '" + revision + "'.",
					"Give " + BundledChangelog.BASE + ", " + FIRST + " or " + BundledChangelog.HEAD + ".");
		}
		this.target = target;
		this.planning = planning;
		this.revision = revision;
	}

	@Override
	public MigrationReport run(Connection connection, long begun) throws SQLException {
		DatabaseDialect dialect = DatabaseDialect.of(connection);
		require(this.planning.plan(connection));
		RunRecorder recorder = new RunRecorder(dialect, this.target.tables());
		recorder.createTables(connection);
		String instance = Instance.create();
		try (SqliteSession unused = SqliteSession.begin(connection, dialect);
				HeldLock held = this.target.lock(connection, dialect, instance)) {
			MigrationPlan plan = this.planning.plan(held.connection());
			require(plan);
			return record(held, dialect, recorder, plan, instance, begun);
		}
	}

	private void require(MigrationPlan plan) {
		List<String> pending = plan.steps().stream().map(MigrationStep::id).toList();
		boolean equal = switch (this.revision) {
			case BundledChangelog.HEAD -> pending.isEmpty();
			case FIRST -> pending.equals(List.of(INDEX));
			default -> !(plan.detected() instanceof DetectedSchema.Known known
					&& known.layout().family() == LayoutFamily.PYTHON_V1);
		};
		if (!equal) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"The tables are not those of revision " + this.revision + ": they are those of " + plan.from()
							+ ", "
							+ (pending.isEmpty() ? "and nothing is pending"
									: "and this is pending: " + String.join(", ", pending))
							+ ".",
					"Bring the tables to that revision first, or record the one that they are at; nothing was changed.");
		}
	}

	private MigrationReport record(HeldLock held, DatabaseDialect dialect, RunRecorder recorder, MigrationPlan plan,
			String instance, long begun) throws SQLException {
		Connection writing = held.connection();
		ChangeRecords changes = new ChangeRecords(dialect, this.target.tables());
		List<AppliedChange> standing = changes.standing(writing);
		String from = DowngradePlanner.revision(standing);
		if (from.compareTo(BundledChangelog.HEAD) > 0 && !standing.isEmpty()) {
			throw new MigrationException(
					MigrationErrorCode.REFUSED, "The database is at revision " + from
							+ ", which a newer library has applied; this one knows " + BundledChangelog.HEAD + ".",
					"Go back with a downgrade instead; nothing was changed.");
		}
		RunHistory history = new RunHistory(dialect, this.target.tables());
		long completed = history.newestCompleted(writing);
		Request request = new Request("stamp", "stamp", "recording a revision", from, this.revision, instance, null);
		return new RecordedWork(this.target, held, dialect).carryOut(request, (run) -> {
			for (AppliedChange change : standing) {
				if (this.revision.equals(BundledChangelog.BASE) || change.revision().compareTo(this.revision) > 0) {
					changes.undone(writing, change, run.number());
				}
			}
			StepHistory steps = new StepHistory(dialect, this.target.tables());
			int position = 0;
			for (String missing : missing(from)) {
				Changeset stamp = stamp(missing);
				steps.begin(writing, run.number(), ++position, stamp, completed);
				steps.applied(writing, stamp.id(), Duration.ZERO);
			}
			boolean head = this.revision.equals(BundledChangelog.HEAD);
			recorder.finish(writing, run.number(), "stamped", RowCounts.NONE, null,
					head ? new Glance(dialect, this.target.tables()).fingerprint(writing, this.target.shapeSettings(),
							BundledChangelog.HEAD) : null);
			return new MigrationReport(Outcome.STAMPED, String.valueOf(run.number()), from, this.revision,
					plan.detected().evidence(), RowCounts.NONE, null, held.description(), List.of(), plan.notes(),
					List.of(), null, Duration.ofNanos(System.nanoTime() - begun));
		});
	}

	/** The revisions above the one that stands. */
	private List<String> missing(String from) {
		return List.of(FIRST, BundledChangelog.HEAD)
			.stream()
			.filter((known) -> !this.revision.equals(BundledChangelog.BASE) && known.compareTo(this.revision) <= 0)
			.filter((known) -> from.equals(BundledChangelog.BASE) || known.compareTo(from) > 0)
			.toList();
	}

	/** Whoever made the tables has not said how to undo that, and it is not ours to. */
	private static Changeset stamp(String revision) {
		return new Changeset("ext_adk_" + revision + "_stamp", Changeset.Phase.EXPAND, FIRST,
				"Record revision " + revision + " for tables that equal it", null, "0", "-- recorded, not executed",
				List.of(StoredSql.NOTHING));
	}

}
