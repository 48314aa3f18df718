package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.adkmigration.catalog.FragmentReader;
import io.github.adkmigration.catalog.SinceTables;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.convert.Conversion;
import io.github.adkmigration.convert.EventTable;
import io.github.adkmigration.convert.GuardedListener;
import io.github.adkmigration.convert.RowClock;
import io.github.adkmigration.convert.Side;
import io.github.adkmigration.convert.StateCopy;
import io.github.adkmigration.convert.WriterZone;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.execute.TableSwap.LockedWork;
import io.github.adkmigration.execute.TableSwap.Swapped;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.preflight.Preflight.ClockEvidence;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
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
				swap(connection, swap, this.conversion, begun);
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

	private void swap(Connection connection, MigrationStep.Swap step, Conversion conversion, long begun)
			throws SQLException {
		Optional<SinceRows> since = SinceRows.find(connection, this.dialect, step.fresh());
		int sinceNumber = new SinceTables(connection, this.dialect, this.tables).freeNumber();
		Swapped swapped = tableSwap(step, since, sinceNumber).swap(connection, new LockedWork() {

			@Override
			public RowCounts reconcile(Connection writing) throws SQLException {
				if (step.beside().isPresent()) {
					states(step).fill(writing, carriedOwner(step));
				}
				RowCounts counts = conversion.reconciliation().run(writing);
				accountFor(counts);
				if (step.beside().isEmpty()) {
					copyUserColumns(writing);
				}
				if (since.isPresent()) {
					bringIn(writing, since.get());
				}
				MigrationExecutor.this.rows = counts;
				return counts;
			}

			@Override
			public void swapping(Connection writing, Changeset changeset) throws SQLException {
				if (step.beside().filter((source) -> source.handing(MigrationExecutor.this.tables)).isEmpty()) {
					// What a run has begun that died on the way undoes all of it.
					MigrationExecutor.this.recorder.begun(writing, changeset);
				}
				MigrationExecutor.this.recorder.counted(writing, MigrationExecutor.this.rows);
			}

			@Override
			public void swapped(Connection writing) throws SQLException {
				MigrationExecutor.this.interrupted.swapped(writing, since(begun));
			}

		});
		this.rows = swapped.counts();
		this.notes.add("The old tables are kept as " + String.join(", ", swapped.kept()) + ".");
		if (step.beside().isPresent()) {
			unreadableStates(connection);
		}
		if (this.rows.orphaned() > 0) {
			this.notes.add(this.rows.orphaned() + " events belong to no session and stay in the kept table; "
					+ this.tables.name(BookkeepingTable.QUARANTINE) + " lists them.");
		}
		if (this.rows.substituted() > 0) {
			this.notes
				.add(this.rows.substituted() + " events hold a value that JSON cannot hold and that was replaced; "
						+ this.tables.name(BookkeepingTable.SUBSTITUTION) + " lists each.");
		}
	}

	/** What copies sessions and states into the tables beside those of the source. */
	private StateCopy states(MigrationStep.Swap step) {
		return new StateCopy(new Side(this.dialect, this.tables, step.beside()), new Side(this.dialect, step.fresh()),
				step.source(), this.settings.batchSize(), "");
	}

	/** The owner column, if the sessions of the source have it. */
	private @Nullable OwnerColumn carriedOwner(MigrationStep.Swap step) {
		OwnerColumn owner = this.settings.ownerColumn();
		return owner != null && step.beside().filter((source) -> source.hasExtra(owner.name())).isPresent() ? owner
				: null;
	}

	private void unreadableStates(Connection connection) throws SQLException {
		String substitution = this.tables.sql(BookkeepingTable.SUBSTITUTION, this.dialect);
		String states = new SqlScript(connection).strings("SELECT count(*) FROM " + substitution + " WHERE id = ''")
			.get(0);
		if (!states.equals("0")) {
			this.notes.add(states + " values of sessions and states are no JSON object, or hold what JSON cannot, and"
					+ " were replaced; " + this.tables.name(BookkeepingTable.SUBSTITUTION)
					+ " lists each without an event.");
		}
	}

	private void bringIn(Connection connection, SinceRows since) throws SQLException {
		int rows = since.bring(connection);
		if (rows > 0) {
			this.notes.add(rows + " events that a downgrade had put aside were brought in again from " + since.name()
					+ ", which is kept.");
		}
	}

	private TableSwap tableSwap(MigrationStep.Swap step, Optional<SinceRows> since, int sinceNumber) {
		Catalog catalog = this.plan.detected().catalog();
		return switch (this.dialect) {
			case POSTGRESQL ->
				new PostgresSwap(this.tables, catalog.schema(), step, this.settings.timeout(), sinceNumber);
			case MYSQL,
					MARIADB ->
				new BoundedSwap(
						new MysqlSwap(this.dialect, this.tables, step, this.lock.inTable(),
								since.map((rows) -> List.of(rows.sql())).orElse(List.of()), sinceNumber),
						this.tables.name(SessionTable.EVENTS), this.settings.timeout());
			case SQLITE -> new SqliteSwap(this.tables, catalog, step, sinceNumber);
			case H2 -> throw new IllegalStateException("Nothing is converted on H2");
		};
	}

	private void accountFor(RowCounts counts) {
		if (!counts.complete()) {
			throw new MigrationException(MigrationErrorCode.VERIFICATION_FAILED,
					"Of " + counts.read() + " events " + counts.converted() + " were converted, " + counts.quarantined()
							+ " quarantined and " + counts.orphaned() + " have no session, which does not add up.",
					"Keep the database as it is, the old events are unchanged, and report these numbers.");
		}
		if (counts.quarantined() > this.settings.maxQuarantined()) {
			throw new MigrationException(MigrationErrorCode.TOO_MANY_QUARANTINED,
					counts.quarantined() + " of " + counts.read() + " events cannot be converted, and "
							+ this.settings.maxQuarantined() + " are allowed; the old events are unchanged.",
					"Look at the reasons in the table " + this.tables.name(BookkeepingTable.QUARANTINE)
							+ ", repair the rows or set adk.migration.legacy.max-quarantined=" + counts.quarantined()
							+ ", and start again.");
		}
	}

	/**
	 * Carry over what a user keeps in columns of his own.
	 */
	private void copyUserColumns(Connection connection) throws SQLException {
		List<Catalog.Column> columns = FragmentReader.userColumns(this.plan.detected().catalog(), this.tables);
		if (columns.isEmpty()) {
			return;
		}
		String events = this.tables.sql(SessionTable.EVENTS, this.dialect);
		String shadow = this.tables.sql(BookkeepingTable.SHADOW, this.dialect);
		String same = "n.id = e.id AND n.app_name = e.app_name AND n.user_id = e.user_id AND n.session_id = e.session_id";
		boolean mysql = this.dialect.mysqlFamily();
		String assignments = columns.stream()
			.map((column) -> this.dialect.quote(column.name()))
			.map((name) -> (mysql ? "n." : "") + name + " = e." + name)
			.collect(Collectors.joining(", "));
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate(
					mysql ? "UPDATE " + shadow + " n JOIN " + events + " e ON " + same + " SET " + assignments
							: "UPDATE " + shadow + " AS n SET " + assignments + " FROM " + events + " e WHERE " + same);
		}
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
