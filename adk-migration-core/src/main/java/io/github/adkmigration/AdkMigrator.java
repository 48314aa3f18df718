package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.github.adkmigration.catalog.FragmentReader;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.detect.SchemaDetector;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.execute.MigrationExecutor;
import io.github.adkmigration.execute.MigrationExecutor.Execution;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.failure.SqlFailures;
import io.github.adkmigration.history.Glance;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.lock.MigrationLocks;
import io.github.adkmigration.lock.Owner;
import io.github.adkmigration.plan.Described;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationPlanner;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.preflight.Preflight;
import io.github.adkmigration.preflight.Preflight.ClockEvidence;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.SchemaStatus;
import io.github.adkmigration.report.VerificationResult;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import io.github.adkmigration.verify.SchemaVerifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the session tables of one target to the newest schema. Immutable and safe for
 * use by several threads; building one opens no connection.
 *
 * @since 0.1.0
 */
public final class AdkMigrator {

	private static final Logger logger = LoggerFactory.getLogger(AdkMigrator.class);

	private final DataSource dataSource;

	private final MigrationSettings settings;

	private AdkMigrator(DataSource dataSource, MigrationSettings settings) {
		this.dataSource = dataSource;
		this.settings = settings;
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
		try (Connection connection = open()) {
			DatabaseDialect dialect = DatabaseDialect.of(connection);
			Optional<RunRecord> unchanged = new Glance(dialect, this.settings.tables()).unchanged(connection,
					shapeSettings());
			return unchanged.isPresent() ? equal(unchanged.get()) : examine(connection, dialect);
		}
		catch (SQLException ex) {
			throw SqlFailures.of(ex, "looking at the schema");
		}
	}

	/**
	 * Plan what would be done, without changing the database.
	 * @return the plan, empty when nothing is pending
	 * @throws MigrationException where no way leads to head
	 */
	public MigrationPlan plan() {
		try (Connection connection = open()) {
			return plan(connection, DatabaseDialect.of(connection));
		}
		catch (SQLException ex) {
			throw SqlFailures.of(ex, "reading the catalog");
		}
	}

	/**
	 * Bring the database to head. Where nothing is pending nothing is written and no lock
	 * is taken.
	 * @return what was done
	 * @throws MigrationException if that is not possible; starting again completes a run
	 * that failed or died
	 */
	public MigrationReport migrate() {
		long begun = System.nanoTime();
		try (Connection connection = open()) {
			DatabaseDialect dialect = DatabaseDialect.of(connection);
			Optional<RunRecord> unchanged = new Glance(dialect, this.settings.tables()).unchanged(connection,
					shapeSettings());
			if (unchanged.isPresent()) {
				return upToDate(HeadSchema.LEVEL, List.of(), List.of(), begun);
			}
			MigrationPlan plan = plan(connection, dialect);
			if (plan.isEmpty()) {
				return upToDate(plan.from(), plan.detected().evidence(), plan.notes(), begun);
			}
			Optional<ClockEvidence> clock = new Preflight(dialect, this.settings).check(connection, plan);
			RunHistory history = new RunHistory(dialect, this.settings.tables());
			history.createTables(connection);
			String owner = Owner.create();
			try (HeldLock lock = MigrationLocks.of(this.dataSource, connection, dialect, this.settings, owner)
				.acquire()) {
				return underLock(connection, dialect, history, new Held(lock, owner, clock), begun);
			}
		}
		catch (SQLException ex) {
			throw SqlFailures.of(ex, "migrating");
		}
	}

	/**
	 * Compare the database with head.
	 * @return what differs
	 * @throws MigrationException if the database does not answer
	 */
	public VerificationResult verify() {
		try (Connection connection = open()) {
			return new SchemaVerifier(DatabaseDialect.of(connection), this.settings.tables()).verify(connection);
		}
		catch (SQLException ex) {
			throw SqlFailures.of(ex, "reading the catalog");
		}
	}

	private MigrationReport underLock(Connection connection, DatabaseDialect dialect, RunHistory history, Held held,
			long begun) throws SQLException {
		// Whoever held the lock before may have done the work.
		MigrationPlan plan = plan(connection, dialect);
		if (plan.isEmpty()) {
			return upToDate(plan.from(), plan.detected().evidence(), plan.notes(), begun);
		}
		logger.info("Migrating {} to revision {} under a {}", plan.from(), plan.to(), held.lock().kind());
		long run = history.start(connection, plan.from(), HeadSchema.LEVEL, this.settings.applicationVersion(),
				held.owner());
		try {
			AtomicInteger position = new AtomicInteger();
			Execution execution = new MigrationExecutor(dialect, this.settings, plan, held.lock(), held.clock(),
					(writing, changeset, duration) -> history.step(writing, run, position.incrementAndGet(), changeset,
							duration))
				.execute(connection);
			held.lock().assertHeld();
			return finish(connection, dialect, history, plan, run, execution, held, begun);
		}
		catch (SQLException ex) {
			MigrationException failure = SqlFailures.of(ex, "migrating");
			recordFailure(connection, history, run, failure);
			throw failure;
		}
		catch (MigrationException ex) {
			recordFailure(connection, history, run, ex);
			throw ex;
		}
	}

	private MigrationReport finish(Connection connection, DatabaseDialect dialect, RunHistory history,
			MigrationPlan plan, long run, Execution execution, Held held, long begun) throws SQLException {
		VerificationResult verification = new SchemaVerifier(dialect, this.settings.tables()).verify(connection);
		if (!verification.successful()) {
			throw new MigrationException(MigrationErrorCode.VERIFICATION_FAILED,
					"The result differs from head: " + verification.differences() + ".",
					"Keep the database as it is and report the differences.");
		}
		boolean created = plan.detected() instanceof DetectedSchema.Empty;
		history.finish(connection, run, created ? "created" : "migrated", execution.rows(), held.clockText(),
				new Glance(dialect, this.settings.tables()).fingerprint(connection, shapeSettings()), null);
		List<String> notes = new ArrayList<>(plan.notes());
		notes.addAll(execution.notes());
		notes.addAll(verification.notes());
		return new MigrationReport(created ? Outcome.CREATED : Outcome.MIGRATED, String.valueOf(run), plan.from(),
				HeadSchema.LEVEL, plan.detected().evidence(), execution.rows(), held.clockText(), execution.steps(),
				notes, Duration.ofNanos(System.nanoTime() - begun));
	}

	private static void recordFailure(Connection connection, RunHistory history, long run, MigrationException failure) {
		try {
			if (!connection.getAutoCommit()) {
				connection.rollback();
				connection.setAutoCommit(true);
			}
			history.finish(connection, run, "failed", RowCounts.NONE, null, null, failure.description());
		}
		catch (SQLException ex) {
			logger.warn("The failure of the run could not be recorded: {}", ex.getClass().getSimpleName());
		}
	}

	private static MigrationReport upToDate(String from, List<String> evidence, List<String> notes, long begun) {
		return new MigrationReport(Outcome.UP_TO_DATE, null, from, HeadSchema.LEVEL, evidence, RowCounts.NONE, null,
				List.of(), notes, Duration.ofNanos(System.nanoTime() - begun));
	}

	private MigrationPlan plan(Connection connection, DatabaseDialect dialect) throws SQLException {
		return plan(connection, dialect, new SchemaDetector(dialect, this.settings.tables()).detect(connection));
	}

	private MigrationPlan plan(Connection connection, DatabaseDialect dialect, DetectedSchema detected)
			throws SQLException {
		return new MigrationPlanner(dialect, this.settings).plan(detected, FragmentReader.read(connection, dialect,
				this.settings.tables(), this.settings.ownerColumn(), detected.catalog()));
	}

	private SchemaStatus examine(Connection connection, DatabaseDialect dialect) throws SQLException {
		DetectedSchema detected = new SchemaDetector(dialect, this.settings.tables()).detect(connection);
		RunRecord lastRun = lastRun(connection, dialect, detected.catalog());
		String schemaVersion = detected instanceof DetectedSchema.Known known ? known.schemaVersion().orElse(null)
				: null;
		Compatibility compatibility;
		List<String> pending;
		try {
			MigrationPlan plan = plan(connection, dialect, detected);
			pending = plan.steps().stream().map(MigrationStep::description).toList();
			compatibility = plan.isEmpty() ? Compatibility.EQUAL : Compatibility.BEHIND;
		}
		catch (MigrationException ex) {
			pending = List.of(ex.getMessage());
			compatibility = Compatibility.UNRECOGNIZED;
		}
		return new SchemaStatus(compatibility, Described.level(detected), Described.title(detected), schemaVersion,
				compatibility == Compatibility.EQUAL ? BundledChangelog.HEAD : BundledChangelog.BASE,
				BundledChangelog.HEAD, pending, detected.evidence(), lastRun);
	}

	private @Nullable RunRecord lastRun(Connection connection, DatabaseDialect dialect, Catalog catalog)
			throws SQLException {
		if (catalog.table(this.settings.tables().name(BookkeepingTable.RUN)).isEmpty()) {
			return null;
		}
		return new RunHistory(dialect, this.settings.tables()).newest(connection).orElse(null);
	}

	private static SchemaStatus equal(RunRecord lastRun) {
		return new SchemaStatus(Compatibility.EQUAL, HeadSchema.LEVEL,
				"adk-migration, revision " + BundledChangelog.HEAD, HeadSchema.SCHEMA_VERSION, BundledChangelog.HEAD,
				BundledChangelog.HEAD, List.of(), List.of(), lastRun);
	}

	private String shapeSettings() {
		OwnerColumn owner = this.settings.ownerColumn();
		return owner == null ? "" : owner.toString();
	}

	private Connection open() throws SQLException {
		Connection connection;
		try {
			connection = this.dataSource.getConnection();
		}
		catch (SQLException ex) {
			throw SqlFailures.connecting(ex);
		}
		if (!connection.getAutoCommit()) {
			// A pool may be set up so, and resets it when the connection comes back.
			connection.setAutoCommit(true);
		}
		return connection;
	}

	/**
	 * What a run has when it may write.
	 *
	 * @param lock the held lock
	 * @param owner unique name of this process
	 * @param clock what is known of the clock of the rows to convert
	 */
	private record Held(HeldLock lock, String owner, Optional<ClockEvidence> clock) {

		private @Nullable String clockText() {
			return this.clock.map((known) -> known.clock().describe()).orElse(null);
		}

	}

	/**
	 * Collects what a migrator needs.
	 */
	public static final class Builder {

		private final DataSource dataSource;

		private MigrationSettings settings = MigrationSettings.defaults();

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
		 * Build the migrator.
		 * @return an immutable migrator
		 */
		public AdkMigrator build() {
			return new AdkMigrator(this.dataSource, this.settings);
		}

	}

}
