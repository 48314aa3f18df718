package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.adkmigration.catalog.FragmentReader;
import io.github.adkmigration.catalog.SinceTables;
import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.convert.Conversion;
import io.github.adkmigration.convert.Side;
import io.github.adkmigration.convert.StateCopy;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.execute.TableSwap.LockedWork;
import io.github.adkmigration.execute.TableSwap.Swapped;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import org.jspecify.annotations.Nullable;

/**
 * Swaps the old events and the converted ones, after every row is accounted for under
 * locks that keep the old ones still.
 */
final class SwapStep {

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final SessionTables tables;

	private final Catalog catalog;

	private final boolean leased;

	private final StepRecorder recorder;

	private final InterruptedSteps interrupted;

	private RowCounts rows = RowCounts.NONE;

	private final List<String> notes = new ArrayList<>();

	/**
	 * Create a step.
	 * @param catalog the tables that were there before the run
	 * @param leased whether the lock is a row of a table
	 */
	SwapStep(DatabaseDialect dialect, MigrationSettings settings, Catalog catalog, boolean leased,
			StepRecorder recorder, InterruptedSteps interrupted) {
		this.dialect = dialect;
		this.settings = settings;
		this.tables = settings.tables();
		this.catalog = catalog;
		this.leased = leased;
		this.recorder = recorder;
		this.interrupted = interrupted;
	}

	/**
	 * Give the converted events the name of the old ones.
	 * @param connection a connection in auto-commit mode, used by nobody else
	 * @param begun when the step began, as {@link System#nanoTime} tells it
	 */
	Outcome run(Connection connection, MigrationStep.Swap step, Conversion conversion, long begun) throws SQLException {
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
				SwapStep.this.rows = counts;
				return counts;
			}

			@Override
			public void swapping(Connection writing, Changeset changeset) throws SQLException {
				if (step.beside().filter((source) -> source.handing(SwapStep.this.tables)).isEmpty()) {
					// What a run has begun that died on the way undoes all of it.
					SwapStep.this.recorder.begun(writing, changeset);
				}
				SwapStep.this.recorder.counted(writing, SwapStep.this.rows);
			}

			@Override
			public void swapped(Connection writing) throws SQLException {
				SwapStep.this.interrupted.swapped(writing, Duration.ofNanos(System.nanoTime() - begun));
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
		return new Outcome(this.rows, this.notes);
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
		return switch (this.dialect) {
			case POSTGRESQL ->
				new PostgresSwap(this.tables, this.catalog.schema(), step, this.settings.timeout(), sinceNumber);
			case MYSQL,
					MARIADB ->
				new BoundedSwap(
						new MysqlSwap(this.dialect, this.tables, step, this.leased,
								since.map((rows) -> List.of(rows.sql())).orElse(List.of()), sinceNumber),
						this.tables.name(SessionTable.EVENTS), this.settings.timeout());
			case SQLITE -> new SqliteSwap(this.tables, this.catalog, step, sinceNumber);
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
		List<Catalog.Column> columns = FragmentReader.userColumns(this.catalog, this.tables);
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

	/**
	 * What became of the rows.
	 *
	 * @param rows their counts
	 * @param notes what an operator should know
	 */
	record Outcome(RowCounts rows, List<String> notes) {

		Outcome {
			notes = List.copyOf(notes);
		}

	}

}
