package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.github.adkmigration.ConnectionLoan.Work;
import io.github.adkmigration.catalog.AttachedObjectReader;
import io.github.adkmigration.catalog.FragmentReader;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.detect.SchemaDetector;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.execute.MigrationExecutor;
import io.github.adkmigration.execute.ScriptWriter;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.Glance;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.Instance;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.plan.Described;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationPlanner;
import io.github.adkmigration.preflight.Preflight;
import io.github.adkmigration.preflight.Preflight.ClockEvidence;
import io.github.adkmigration.preflight.StayingObjects;
import io.github.adkmigration.report.Backup;
import io.github.adkmigration.report.DowngradePlan;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.MigrationScript;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RetryReport;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.SchemaStatus;
import io.github.adkmigration.report.UnlockReport;
import io.github.adkmigration.report.VerificationResult;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.UpgradeTarget;
import net.javacrumbs.shedlock.core.LockProvider;
import org.jspecify.annotations.Nullable;

/**
 * Brings the session tables of one target to the newest schema. Immutable and safe for
 * use by several threads; building one opens no connection.
 *
 * @since 0.1.0
 */
public final class AdkMigrator {

	private final DataSource dataSource;

	private final ConnectionLoan loan;

	private final MigrationSettings settings;

	private final Target target;

	private AdkMigrator(DataSource dataSource, MigrationSettings settings,
			Supplier<? extends @Nullable LockProvider> lockProvider, MigrationListener listener) {
		this.dataSource = dataSource;
		this.loan = new ConnectionLoan(dataSource);
		this.settings = settings;
		this.target = new Target(dataSource, settings, lockProvider, listener);
	}

	/**
	 * Start to build a migrator.
	 * @param dataSource where the tables are or will be
	 * @return a builder with default settings
	 */
	public static Builder create(DataSource dataSource) {
		return new Builder(dataSource);
	}

	/**
	 * Look at the database without changing it. Where nothing has changed since our last
	 * run this costs one round trip.
	 * @return what was found; a schema that cannot be migrated is a result, not a failure
	 * @throws MigrationException if the database does not answer or is of an unknown
	 * product
	 */
	public SchemaStatus status() {
		return this.loan.use("looking at the schema", (connection) -> {
			DatabaseDialect dialect = DatabaseDialect.of(connection);
			Optional<RunRecord> unchanged = new Glance(dialect, this.settings.tables()).unchanged(connection,
					this.target.shapeSettings());
			return unchanged.isPresent() ? Look.equal(unchanged.get())
					: new Look(this.settings.tables(),
							(used, known, detected) -> plan(used, known, detected, UpgradeTarget.head()))
						.examine(connection, dialect);
		});
	}

	/**
	 * Plan what would be done, without changing the database.
	 * @return the plan, empty when nothing is pending
	 * @throws MigrationException where no way leads to head
	 */
	public MigrationPlan plan() {
		return plan(UpgradeTarget.head());
	}

	/**
	 * Plan what would be done to come to a target, without changing the database.
	 * @param target how far to go
	 * @return the plan, empty when nothing is pending
	 * @throws MigrationException where no way leads to the target
	 */
	public MigrationPlan plan(UpgradeTarget target) {
		return this.loan.use("reading the catalog",
				(connection) -> plan(connection, DatabaseDialect.of(connection), target));
	}

	/**
	 * Write down what {@link #migrate(UpgradeTarget)} would execute, without changing the
	 * database.
	 * @param target how far to go
	 * @return the statements, none when nothing is pending
	 * @throws MigrationException where no way leads to the target
	 */
	public MigrationScript script(UpgradeTarget target) {
		return this.loan.use("reading the catalog", (connection) -> {
			DatabaseDialect dialect = DatabaseDialect.of(connection);
			return ScriptWriter.live(connection, dialect, this.settings, plan(connection, dialect, target));
		});
	}

	/**
	 * Bring the database to head. Where nothing is pending nothing is written and no lock
	 * is taken.
	 * @return what was done
	 * @throws MigrationException if that is not possible; starting again completes a run
	 * that failed or died
	 */
	public MigrationReport migrate() {
		return migrate(UpgradeTarget.head());
	}

	/**
	 * Bring the database to a target. Where nothing is pending nothing is written and no
	 * lock is taken.
	 * @param target how far to go
	 * @return what was done
	 * @throws MigrationException if that is not possible, with {@code INVALID_SETTING}
	 * for a revision that is not known or below that of the database
	 */
	public MigrationReport migrate(UpgradeTarget target) {
		long begun = System.nanoTime();
		return this.loan.use("migrating", (connection) -> migrate(connection, target, begun));
	}

	private MigrationReport migrate(Connection connection, UpgradeTarget target, long begun) throws SQLException {
		DatabaseDialect dialect = DatabaseDialect.of(connection);
		if (target instanceof UpgradeTarget.Head) {
			Optional<RunRecord> unchanged = new Glance(dialect, this.settings.tables()).unchanged(connection,
					this.target.shapeSettings());
			if (unchanged.isPresent()) {
				DeployedVersion.remember(connection, dialect, this.target, unchanged.get());
				return upToDate(HeadSchema.LEVEL, BundledChangelog.HEAD, List.of(), null, List.of(), begun);
			}
		}
		try (SqliteSession unused = SqliteSession.begin(connection, dialect)) {
			return prepare(connection, dialect, target, begun);
		}
	}

	private MigrationReport prepare(Connection connection, DatabaseDialect dialect, UpgradeTarget target, long begun)
			throws SQLException {
		RunHistory history = new RunHistory(dialect, this.settings.tables());
		Optional<RunRecord> before = Bookkeeping.newestRun(connection, history);
		Optional<Prepared> prepared;
		try {
			DetectedSchema detected = new SchemaDetector(dialect, this.settings.tables()).detect(connection);
			Bookkeeping bookkeeping = Bookkeeping.read(connection, history, this.settings.tables(), detected.catalog());
			if (bookkeeping.ahead(BundledChangelog.HEAD)) {
				return ahead(bookkeeping, detected, begun);
			}
			if (bookkeeping.goingBack()) {
				// What was left half undone is undone under the lock, and only then
				// planned.
				return underLock(connection, dialect, target, Optional.empty(), history, begun);
			}
			MigrationPlan plan = plan(connection, dialect, detected, target);
			if (plan.isEmpty() && (!bookkeeping.unfinished() || plan.to().equals(BundledChangelog.BASE))) {
				return upToDate(plan, null, begun);
			}
			MigrationExecutor.loadAhead(plan);
			prepared = Optional.of(new Prepared(plan, new Preflight(dialect, this.settings).check(connection, plan)));
		}
		catch (MigrationException | SQLException ex) {
			if (!Bookkeeping.busy(before, Bookkeeping.newestRun(connection, history))) {
				throw ex;
			}
			// Another run changed the tables under our eyes; under the lock nobody does.
			prepared = Optional.empty();
		}
		return underLock(connection, dialect, target, prepared, history, begun);
	}

	private MigrationReport underLock(Connection connection, DatabaseDialect dialect, UpgradeTarget target,
			Optional<Prepared> prepared, RunHistory history, long begun) throws SQLException {
		RunRecorder recorder = new RunRecorder(dialect, this.settings.tables());
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
			MigrationPlan plan = plan(connection, dialect, target);
			MigrationRun run = new MigrationRun(this.dataSource, held, dialect, this.settings, history, recorder,
					this.target.shapeSettings(), this.target.listener());
			if (plan.isEmpty()) {
				run.completeInterrupted(plan);
				return upToDate(plan, held.description(), begun);
			}
			boolean same = prepared.isPresent() && prepared.get().plan().from().equals(plan.from());
			Optional<ClockEvidence> clock = same ? prepared.get().clock()
					: new Preflight(dialect, this.settings).check(connection, plan);
			Optional<Backup> backup = FirstBackup.of(connection, dialect, this.settings, plan, history);
			if (dialect == DatabaseDialect.SQLITE) {
				recorder.createTables(connection);
			}
			return run.execute(plan, instance, clock, backup, begun);
		}
	}

	/**
	 * Compare the database with the model: the catalog, every row, and our record. This
	 * only reads, and reads everything once.
	 * @return what differs, with the keys of a few rows for each kind of difference
	 * @throws MigrationException if the database does not answer
	 */
	public VerificationResult verify() {
		return this.loan.use("comparing the database with the model",
				(connection) -> Verification.of(connection, DatabaseDialect.of(connection), this.settings));
	}

	/**
	 * Go back, by the SQL that was stored when each change was applied: also changes that
	 * this version has never heard of. Tables that hold rows are put aside, never
	 * dropped.
	 * @param target how far
	 * @return what was undone
	 * @throws MigrationException with {@code REFUSED} where that would lose rows or what
	 * was stored is not what was recorded, before anything is changed; starting again
	 * completes a downgrade that failed or died
	 */
	public DowngradeReport downgrade(DowngradeTarget target) {
		long begun = System.nanoTime();
		return this.loan.use("going back", (connection) -> new Downgrade(this.target, target).run(connection, begun));
	}

	/**
	 * Plan a downgrade, without changing the database.
	 * @param target how far
	 * @return what would be undone
	 * @throws MigrationException as {@link #downgrade(DowngradeTarget)} does
	 */
	public DowngradePlan planDowngrade(DowngradeTarget target) {
		return this.loan.use("reading the history", new Downgrade(this.target, target)::plan);
	}

	/**
	 * Record a revision for tables that equal it already, for example because somebody
	 * has executed our SQL by hand.
	 * @param revision four digits, or {@code base}
	 * @return what was recorded
	 * @throws MigrationException with {@code REFUSED} if the tables are not those of the
	 * revision
	 */
	public MigrationReport stamp(String revision) {
		long begun = System.nanoTime();
		return this.loan.use("recording a revision",
				(connection) -> new Stamp(this.target, planning(), revision).run(connection, begun));
	}

	/**
	 * Read the record of all runs.
	 * @return the runs, the newest first; empty where there was none
	 * @throws MigrationException if the database does not answer
	 */
	public List<RunDetails> history() {
		return this.loan.use("reading the history",
				(connection) -> RecordedRuns.read(connection, DatabaseDialect.of(connection), this.settings.tables()));
	}

	/**
	 * Release what a dead process may have left of the migration lock. Nobody's work is
	 * ended.
	 * @return what was released
	 * @throws MigrationException with {@code REFUSED} if a live session holds the lock or
	 * a lease is still valid
	 */
	public UnlockReport unlock() {
		return this.loan.use("releasing the lock", new Unlock(this.target)::run);
	}

	/**
	 * Copy the sessions of another database, of any layout that can be converted, into
	 * the newest tables of this one. The source is only read. A copy that died goes on
	 * where it stopped when it is started again.
	 * @param source where the rows are
	 * @param sourceSettings names of its tables and what is known of its writers' clock;
	 * whatever else is set counts for this database
	 * @return what was copied, after each row was compared with its source
	 * @throws MigrationException with {@code REFUSED} if this database holds rows of
	 * anything else than an unfinished copy of the same source
	 */
	public MigrationReport copyFrom(DataSource source, MigrationSettings sourceSettings) {
		long begun = System.nanoTime();
		DatabaseCopy copy = new DatabaseCopy(this.target, planning(), new CopySource(source, sourceSettings));
		return this.loan.use("copying", (connection) -> copy.run(connection, begun));
	}

	/**
	 * Try again to convert the events that were set aside in quarantine, from the table
	 * of old events that the conversion has kept.
	 * @return what became of them
	 * @throws MigrationException with {@code REFUSED} if the kept table is gone
	 */
	public RetryReport retryQuarantine() {
		long begun = System.nanoTime();
		return this.loan.use("trying the quarantine again",
				(connection) -> new QuarantineRetry(this.target, planning()).run(connection, begun));
	}

	private static MigrationReport upToDate(MigrationPlan plan, @Nullable String lock, long begun) {
		return upToDate(plan.from(), plan.to(), plan.detected().evidence(), lock, plan.notes(), begun);
	}

	private static MigrationReport upToDate(String from, String revision, List<String> evidence, @Nullable String lock,
			List<String> notes, long begun) {
		String to = revision.equals(BundledChangelog.BASE) ? from : HeadSchema.level(revision);
		return new MigrationReport(Outcome.UP_TO_DATE, null, from, to, evidence, RowCounts.NONE, null, lock, List.of(),
				notes, null, Duration.ofNanos(System.nanoTime() - begun));
	}

	private static MigrationReport ahead(Bookkeeping bookkeeping, DetectedSchema detected, long begun) {
		if (bookkeeping.compatibleWith(BundledChangelog.HEAD)) {
			return upToDate(Described.level(detected), BundledChangelog.HEAD, detected.evidence(), null,
					List.of(bookkeeping.aheadOf()), begun);
		}
		throw new MigrationException(MigrationErrorCode.AHEAD_INCOMPATIBLE,
				bookkeeping.aheadOf() + " It is not compatible with this one.",
				"Run the newer version of the application, or go back with downgrade to a revision that this one knows.");
	}

	private Work<MigrationPlan> planning() {
		return (connection) -> plan(connection, DatabaseDialect.of(connection), UpgradeTarget.head());
	}

	private MigrationPlan plan(Connection connection, DatabaseDialect dialect, UpgradeTarget target)
			throws SQLException {
		return plan(connection, dialect, new SchemaDetector(dialect, this.settings.tables()).detect(connection),
				target);
	}

	private MigrationPlan plan(Connection connection, DatabaseDialect dialect, DetectedSchema detected,
			UpgradeTarget target) throws SQLException {
		boolean unfinished = Bookkeeping
			.read(connection, new RunHistory(dialect, this.settings.tables()), this.settings.tables(),
					detected.catalog())
			.unfinished();
		MigrationPlan plan = new MigrationPlanner(dialect, this.settings).plan(detected, FragmentReader.read(connection,
				dialect, this.settings.tables(), this.settings.ownerColumn(), detected.catalog()), unfinished, target);
		return plan.convertsEvents() ? StayingObjects.noted(plan,
				AttachedObjectReader.read(connection, dialect, this.settings.tables(), detected.catalog()),
				this.settings.tables()) : plan;
	}

	/**
	 * What was found out before the lock.
	 *
	 * @param plan what is about to be done
	 * @param clock what is known of the clock of the rows to convert
	 */
	private record Prepared(MigrationPlan plan, Optional<ClockEvidence> clock) {
	}

	/**
	 * Collects what a migrator needs.
	 */
	public static final class Builder {

		private final DataSource dataSource;

		private MigrationSettings settings = MigrationSettings.defaults();

		private Supplier<? extends @Nullable LockProvider> lockProvider = () -> null;

		private MigrationListener listener = MigrationListener.NONE;

		private Builder(DataSource dataSource) {
			this.dataSource = dataSource;
		}

		/**
		 * Set what the migration may do and how.
		 * @param settings validated settings
		 * @return this builder
		 */
		public Builder settings(MigrationSettings settings) {
			this.settings = settings;
			return this;
		}

		/**
		 * Add a lock of ShedLock that the application shares with others, for example in
		 * Redis. It is taken before the lock of the database.
		 * @param lockProvider asked only when something is pending; may return
		 * {@code null} for none. Its locks must be able to be extended
		 * @return this builder
		 */
		public Builder lockProvider(Supplier<? extends @Nullable LockProvider> lockProvider) {
			this.lockProvider = lockProvider;
			return this;
		}

		/**
		 * Have somebody told of what a run is at.
		 * @param listener called on the thread that works; its failures are logged only
		 * @return this builder
		 */
		public Builder listener(MigrationListener listener) {
			this.listener = listener;
			return this;
		}

		/**
		 * Build the migrator.
		 * @return an immutable migrator
		 */
		public AdkMigrator build() {
			return new AdkMigrator(this.dataSource, this.settings, this.lockProvider, this.listener);
		}

	}

}
