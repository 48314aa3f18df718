package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.adkmigration.catalog.FragmentReader;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.convert.Conversion;
import io.github.adkmigration.convert.EventTable;
import io.github.adkmigration.convert.GuardedListener;
import io.github.adkmigration.convert.RowClock;
import io.github.adkmigration.convert.WriterZone;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.preflight.Preflight.ClockEvidence;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one plan, step by step, and has each applied change recorded.
 *
 * @since 0.1.0
 */
public final class MigrationExecutor {

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final SessionTables tables;

	private final MigrationPlan plan;

	private final HeldLock lock;

	private final Optional<ClockEvidence> clock;

	private final StepRecorder recorder;

	private final Supplier<Optional<Connection>> second;

	private final GuardedListener listener;

	private final LiquibaseRunner liquibase;

	private final InterruptedSteps interrupted;

	private @Nullable Conversion conversion;

	private RowCounts rows = RowCounts.NONE;

	private @Nullable String remark;

	private final List<StepReport> steps = new ArrayList<>();

	private final List<String> notes = new ArrayList<>();

	/**
	 * Create an executor of a plan.
	 * @param dialect dialect of the database
	 * @param settings names and limits
	 * @param plan what to do
	 * @param lock the lock, held
	 * @param clock what is known of the clock of the rows to convert
	 * @param recorder told of each applied change
	 * @param second asked when rows are to be copied; gives a second connection in
	 * auto-commit mode to the same database, or nothing
	 * @param listener told what is being done
	 */
	public MigrationExecutor(DatabaseDialect dialect, MigrationSettings settings, MigrationPlan plan, HeldLock lock,
			Optional<ClockEvidence> clock, StepRecorder recorder, Supplier<Optional<Connection>> second,
			MigrationListener listener) {
		this.dialect = dialect;
		this.settings = settings;
		this.tables = settings.tables();
		this.plan = plan;
		this.lock = lock;
		this.clock = clock;
		this.recorder = recorder;
		this.second = second;
		this.listener = GuardedListener.of(listener);
		this.liquibase = new LiquibaseRunner(dialect, settings.tables());
		this.interrupted = new InterruptedSteps(dialect, this.tables, plan.detected().catalog().schema(),
				this.liquibase, recorder);
	}

	/**
	 * Load on a thread of its own what executing a plan takes, while others still look
	 * and check.
	 * @param plan what is about to be done
	 */
	public static void loadAhead(MigrationPlan plan) {
		if (!plan.isEmpty()) {
			LiquibaseRunner.loadAhead();
		}
	}

	/**
	 * Settle what runs that died were at, as far as the plan does not do it again.
	 * @param connection a connection in auto-commit mode, used by nobody else
	 * @param begun ids of the changes that were begun and not recorded as applied
	 * @throws SQLException if a statement fails
	 */
	public void settle(Connection connection, List<String> begun) throws SQLException {
		Catalog catalog = this.plan.detected().catalog();
		if (!begun.isEmpty()) {
			BundledChangelog changelog = BundledChangelog.read(this.dialect, this.tables, catalog.schema(),
					FragmentReader.read(connection, this.dialect, this.tables, this.settings.ownerColumn(), catalog));
			this.interrupted.settle(connection, this.plan, changelog, begun);
		}
		if (this.dialect == DatabaseDialect.POSTGRESQL
				&& catalog.table(this.tables.name(SessionTable.EVENTS)).isPresent() && !this.plan.convertsEvents()) {
			PostgresSwap.validate(connection, this.tables);
		}
	}

	/**
	 * Carry out the plan.
	 * @param connection a connection in auto-commit mode, used by nobody else
	 * @return what was done
	 * @throws SQLException if a statement of ours fails
	 */
	public Execution execute(Connection connection) throws SQLException {
		if (this.plan.detected() instanceof DetectedSchema.Known known
				&& known.layout().family().zonedBySession(this.dialect)) {
			// Its columns hold instants, which the server hands over, and turns into
			// DATETIME, in the zone of the session.
			try (UtcSession utc = UtcSession.begin(connection)) {
				if (this.plan.beside().isPresent()) {
					WriterZone.settle(connection, this.plan.beside().get());
				}
				return steps(connection, Optional::empty);
			}
		}
		return steps(connection, this.second);
	}

	private Execution steps(Connection connection, Supplier<Optional<Connection>> reading) throws SQLException {
		for (MigrationStep step : this.plan.steps()) {
			this.lock.assertHeld();
			this.listener.begins(step.id(), step.description());
			long begun = System.nanoTime();
			if (step instanceof MigrationStep.Schema schema) {
				schema(connection, schema.changeset(), begun);
			}
			else if (step instanceof MigrationStep.Owner owner) {
				schema(connection, owner.changeset(), begun);
			}
			else if (step instanceof MigrationStep.Index index) {
				indexBuild().run(connection, index.changeset(), begun);
			}
			else if (step instanceof MigrationStep.FinishSwap finish) {
				new SqlScript(connection).apply(finish.changeset());
				this.interrupted.swapped(connection, since(begun));
			}
			else if (step instanceof MigrationStep.Backfill backfill) {
				this.conversion = conversion(connection, backfill.source());
				this.conversion.copy(step.id(), this.listener).run(connection, reading.get());
				if (this.dialect == DatabaseDialect.SQLITE) {
					sqlitePrimaryKey(connection);
				}
			}
			else if (step instanceof MigrationStep.EventTimes times) {
				List<String> sentences = timeRepair().run(connection, times, begun);
				this.remark = sentences.get(0);
				this.notes.addAll(sentences);
			}
			else if (step instanceof MigrationStep.Swap swap && this.conversion != null) {
				SwapStep.Outcome swapped = swapStep().run(connection, swap, this.conversion, begun);
				this.rows = swapped.rows();
				this.notes.addAll(swapped.notes());
			}
			StepReport done = new StepReport(step.id(), step.description(), since(begun));
			this.steps.add(done);
			this.listener.ends(done);
		}
		return new Execution(this.rows, this.steps, this.notes, this.remark);
	}

	private void schema(Connection connection, Changeset changeset, long begun) throws SQLException {
		schemaStep().run(connection, changeset, begun);
	}

	private IndexBuild indexBuild() {
		return new IndexBuild(this.dialect, this.settings, schemaStep(), !this.lock.inTable());
	}

	private TimeRepairStep timeRepair() {
		return new TimeRepairStep(this.dialect, this.settings, this.plan.detected().catalog(), this.recorder,
				this.listener);
	}

	private SwapStep swapStep() {
		return new SwapStep(this.dialect, this.settings, this.plan.detected().catalog(), this.lock.inTable(),
				this.recorder, this.interrupted);
	}

	private SchemaStep schemaStep() {
		return new SchemaStep(this.dialect, this.tables, this.plan.detected().catalog(), this.liquibase, this.recorder);
	}

	private void sqlitePrimaryKey(Connection connection) throws SQLException {
		SqlitePrimaryKey key = new SqlitePrimaryKey(this.tables);
		try {
			key.add(connection);
		}
		catch (SQLException ex) {
			if (new CopiedTwice(this.dialect, this.tables).remove(connection) == 0) {
				throw ex;
			}
			key.add(connection);
		}
	}

	private Conversion conversion(Connection connection, Layout layout) throws SQLException {
		Catalog catalog = this.plan.detected().catalog();
		Optional<BesideTables> beside = this.plan.beside();
		Catalog.Table events = beside.map((other) -> other.events(catalog))
			.or(() -> catalog.table(this.tables.name(SessionTable.EVENTS)))
			.orElseThrow(() -> new IllegalStateException("A backfill needs events"));
		RowClock rowClock = RowClock.of(connection, EventTable.current(this.dialect, this.tables), this.clock,
				this.settings.legacyClock());
		this.notes.addAll(rowClock.notes());
		return new Conversion(connection, this.dialect, this.settings, layout, events, beside, rowClock.times(),
				rowClock.text());
	}

	private static Duration since(long begun) {
		return Duration.ofNanos(System.nanoTime() - begun);
	}

	/**
	 * What was done.
	 *
	 * @param rows what became of the event rows
	 * @param steps each step
	 * @param notes what an operator should know
	 * @param remark what the history should say of the run, or {@code null}
	 */
	public record Execution(RowCounts rows, List<StepReport> steps, List<String> notes, @Nullable String remark) {

		public Execution {
			steps = List.copyOf(steps);
			notes = List.copyOf(notes);
		}

	}

}
