package io.github.adkmigration;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.github.adkmigration.clock.EventTimeReader;
import io.github.adkmigration.detect.SchemaDetector;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.execute.ScriptWriter;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.ActivityReader;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.history.RunReader;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.report.DowngradePlan;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.EventTimes;
import io.github.adkmigration.report.History;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.MigrationScript;
import io.github.adkmigration.report.Operations;
import io.github.adkmigration.report.PreflightReport;
import io.github.adkmigration.report.RetryReport;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.report.RunEnd;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.SchemaStatus;
import io.github.adkmigration.report.UnlockReport;
import io.github.adkmigration.report.VerificationResult;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.PreflightDepth;
import io.github.adkmigration.settings.TimestampColumn;
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

	private final Planning planning;

	/** For verbs that want the tables, not the rows, as they are at a revision. */
	private final Supplier<? extends @Nullable LockProvider> lockProvider;

	private final MigrationListener listener;

	private AdkMigrator(DataSource dataSource, MigrationSettings settings,
			Supplier<? extends @Nullable LockProvider> lockProvider, MigrationListener listener) {
		this.loan = new ConnectionLoan(dataSource);
		this.settings = settings;
		this.planning = new Planning(settings);
		this.dataSource = dataSource;
		this.lockProvider = lockProvider;
		this.listener = listener;
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
	 * Return a migrator that does what the start of an application leaves to operators:
	 * it builds indexes on tables of any size, which takes its time and blocks nobody.
	 * @return a migrator of the same database
	 */
	public AdkMigrator includingDeferred() {
		return new AdkMigrator(this.dataSource, undeferred(this.settings), this.lockProvider, this.listener);
	}

	private static MigrationSettings undeferred(MigrationSettings settings) {
		return settings.withDeferIndexesAbove(MigrationSettings.DEFERS_NONE);
	}

	private Planning undeferred() {
		return new Planning(undeferred(this.settings).withTimestampColumn(TimestampColumn.AUTO));
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
			Optional<DeferredIndex.Seen> seen = new DeferredIndex(this.settings).glance(connection, dialect,
					target("status").shapeSettings());
			return seen.isPresent() ? Look.unchanged(seen.get()) : new Look(this.settings).examine(connection, dialect);
		});
	}

	/**
	 * Count the events of adk-python whose time column is not UTC, which puts
	 * conversations out of order for 2.7.0 and newer. Events are read, a million at most,
	 * so this is for people and not for starts.
	 * @return the counts; empty where there are no V1 events of adk-python
	 * @throws MigrationException if the database does not answer
	 */
	public Optional<EventTimes> eventTimes() {
		return this.loan.use("looking at the times of events", (connection) -> {
			DatabaseDialect dialect = DatabaseDialect.of(connection);
			return new EventTimeLook(this.settings).count(connection, dialect,
					new SchemaDetector(dialect, this.settings.tables()).detect(connection), EventTimeReader.MOST);
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
				(connection) -> this.planning.plan(connection, DatabaseDialect.of(connection), target));
	}

	/**
	 * Look at everything that {@link #migrate()} is checked for, and at what an operator
	 * should know before, without changing the database.
	 * @return the report, without a step when nothing is pending
	 * @throws MigrationException where no way leads to head
	 */
	public PreflightReport preflight() {
		return preflight(UpgradeTarget.head(), PreflightDepth.THOROUGH);
	}

	/**
	 * Look at what {@link #migrate(UpgradeTarget)} is checked for, without changing the
	 * database.
	 * @param target how far to go
	 * @param depth how much it may cost
	 * @return the report, without a step when nothing is pending; a run is refused for
	 * exactly what blocks in a thorough one
	 * @throws MigrationException where no way leads to the target
	 */
	public PreflightReport preflight(UpgradeTarget target, PreflightDepth depth) {
		return this.loan.use("looking before a migration",
				(connection) -> new PreflightLook(target("plan"), target).report(connection, depth));
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
			return ScriptWriter.live(connection, dialect, this.settings,
					this.planning.plan(connection, dialect, target));
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
		Target watched = target("upgrade");
		return follow(watched, "migrating", new Upgrade(watched, target), RunWatch::end);
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
		Target watched = target("downgrade");
		return follow(watched, "going back", new Downgrade(watched, target), RunWatch::end);
	}

	/**
	 * Plan a downgrade, without changing the database.
	 * @param target how far
	 * @return what would be undone
	 * @throws MigrationException as {@link #downgrade(DowngradeTarget)} does
	 */
	public DowngradePlan planDowngrade(DowngradeTarget target) {
		return this.loan.use("reading the history", new Downgrade(target("downgrade"), target)::plan);
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
		Target watched = target("stamp");
		return follow(watched, "recording a revision", new Stamp(watched, undeferred(), revision), RunWatch::end);
	}

	/**
	 * Read the record of all runs, also of those that were refused.
	 * @return the runs, the newest first; empty where there was none
	 * @throws MigrationException if the database does not answer
	 */
	public History history() {
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
		return this.loan.use("releasing the lock", new Unlock(target("unlock"))::run);
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
		Target watched = target("copy");
		return follow(watched, "copying",
				new DatabaseCopy(watched, undeferred(), new CopySource(source, sourceSettings)), RunWatch::end);
	}

	/**
	 * Try again to convert the events that were set aside in quarantine, from the table
	 * of old events that the conversion has kept.
	 * @return what became of them
	 * @throws MigrationException with {@code REFUSED} if the kept table is gone
	 */
	public RetryReport retryQuarantine() {
		Target watched = target("retry-quarantine");
		return follow(watched, "trying the quarantine again", new QuarantineRetry(watched, undeferred()),
				RunWatch::end);
	}

	/**
	 * Read what is going on and what has been done, by the record, for any process may
	 * have done it. A few cheap statements; none waits for a lock.
	 * @param mostRuns how many runs at most, from 1
	 * @return what the record says; nothing where there is none
	 * @throws MigrationException if the database does not answer
	 */
	public Operations operations(int mostRuns) {
		return this.loan.use("reading the history", (connection) -> {
			DatabaseDialect dialect = DatabaseDialect.of(connection);
			return Bookkeeping.exists(connection, new RunHistory(dialect, this.settings.tables()))
					? new ActivityReader(dialect, this.settings.tables()).read(connection, mostRuns)
					: new Operations(null, List.of(), List.of(), 0, 0);
		});
	}

	/**
	 * Read the record of one run.
	 * @param number its number
	 * @return the run; empty if there is none of this number
	 * @throws MigrationException if the database does not answer
	 */
	public Optional<RunDetails> run(long number) {
		return this.loan.use("reading the history", (connection) -> {
			DatabaseDialect dialect = DatabaseDialect.of(connection);
			return Bookkeeping.exists(connection, new RunHistory(dialect, this.settings.tables()))
					? new RunReader(dialect, this.settings.tables()).find(connection, number) : Optional.empty();
		});
	}

	/**
	 * Pause the conversion that is going on, in whatever process: it stops before its
	 * next batch and keeps its lock.
	 * @return the run
	 * @throws MigrationException with {@code REFUSED} if no run converts events
	 */
	public RunRecord pause() {
		return this.loan.use("pausing the conversion", new PauseSwitch(this.settings.tables(), true)::run);
	}

	/**
	 * Let a paused conversion go on.
	 * @return the run
	 * @throws MigrationException with {@code REFUSED} if no run converts events
	 */
	public RunRecord resume() {
		return this.loan.use("resuming the conversion", new PauseSwitch(this.settings.tables(), false)::run);
	}

	/**
	 * Carry out a verb and tell of it, however it ends.
	 */
	private <T> T follow(Target target, String doing, Verb<T> verb, BiFunction<RunWatch, T, RunEnd> end) {
		RunWatch watch = target.watch();
		Verb<T> recorded = new RecordedRefusal<>(target, doing, verb);
		T result;
		try {
			result = this.loan.use(doing, (connection) -> recorded.run(connection, watch.begun()));
		}
		catch (MigrationException ex) {
			watch.ended(watch.end(ex));
			throw ex;
		}
		watch.ended(end.apply(watch, result));
		return result;
	}

	private Target target(String kind) {
		return new Target(this.dataSource, this.settings, this.lockProvider,
				new RunWatch(kind, this.settings.origin(), this.listener));
	}

	/**
	 * Collects what a migrator needs.
	 */
	public static final class Builder {

		private final DataSource dataSource;

		private MigrationSettings settings = MigrationSettings.defaults();

		private @Nullable Supplier<? extends @Nullable LockProvider> lockProvider;

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
			return new AdkMigrator(this.dataSource, this.settings,
					this.lockProvider != null ? this.lockProvider : () -> null, this.listener);
		}

	}

}
