package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.changelog.AppliedChange;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.execute.PutAside;
import io.github.adkmigration.history.ChangeRecords;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.history.RunReader;
import io.github.adkmigration.lock.Instance;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.plan.DowngradePlanner;
import io.github.adkmigration.preflight.DowngradePreflight;
import io.github.adkmigration.report.DowngradePlan;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.DowngradeTarget;

/**
 * Goes back: decides by the history what has to be undone, and has it undone under the
 * lock.
 */
final class Downgrade implements Verb<DowngradeReport> {

	private static final Pattern DDL = Pattern.compile("(?is)(CREATE|ALTER|DROP|RENAME)\\b.*");

	private final Target target;

	private final SessionTables tables;

	private final DowngradeTarget goal;

	Downgrade(Target target, DowngradeTarget goal) {
		this.target = target;
		this.tables = target.tables();
		this.goal = goal;
	}

	DowngradePlan plan(Connection connection) throws SQLException {
		DatabaseDialect dialect = DatabaseDialect.of(connection);
		State state = read(connection, dialect);
		List<AppliedChange> changes = state.changes(this.goal);
		new DowngradePreflight(dialect, this.tables).check(connection, changes);
		List<DowngradePlan.Undo> steps = changes.stream()
			.map((change) -> new DowngradePlan.Undo(change.changeset(), change.revision(), description(change),
					change.remaining().stream().map(Downgrade::shown).toList()))
			.toList();
		return new DowngradePlan(state.from(), state.to(changes), steps,
				kept(connection, changes) ? new PutAside(dialect, this.tables).before(connection, changes) : List.of());
	}

	/** A swap that was begun has kept no table yet, or was not undone to its end. */
	private boolean kept(Connection connection, List<AppliedChange> changes) throws SQLException {
		Catalog catalog = CatalogReader.read(connection, DatabaseDialect.of(connection), this.tables);
		boolean kept = catalog.table(this.tables.name(BookkeepingTable.KEPT)).isPresent()
				|| BesideTables.kept(catalog, DatabaseDialect.of(connection), this.tables).isPresent();
		return kept && !changes.isEmpty() && catalog.table(this.tables.name(SessionTable.EVENTS)).isPresent();
	}

	private static String description(AppliedChange change) {
		return "Undo " + change.changeset();
	}

	/** What is not DDL holds keys and values of rows. */
	private static String shown(String statement) {
		return DDL.matcher(statement).matches() ? statement
				: statement.replaceFirst("(?s)^(\\w+(?:\\s+(?:FROM|INTO))?\\s+\\S+).*", "$1 ...");
	}

	@Override
	public DowngradeReport run(Connection connection, long begun) throws SQLException {
		DatabaseDialect dialect = DatabaseDialect.of(connection);
		State before = read(connection, dialect);
		List<AppliedChange> planned = before.changes(this.goal);
		if (planned.isEmpty() && before.unrecorded().isEmpty()) {
			return nothing(before, begun);
		}
		DowngradePreflight preflight = new DowngradePreflight(dialect, this.tables);
		preflight.check(connection, planned);
		String instance = Instance.create();
		try (SqliteSession unused = SqliteSession.begin(connection, dialect);
				HeldLock held = this.target.lock(connection, dialect, instance)) {
			// Whoever held the lock before may have gone back, or forth.
			State state = read(connection, dialect);
			List<AppliedChange> changes = state.changes(this.goal);
			DowngradeRun run = new DowngradeRun(this.target, held, dialect);
			if (changes.isEmpty()) {
				if (state.unrecorded().isPresent()) {
					run.complete(state.unrecorded().get(), state.from());
				}
				return nothing(state, begun);
			}
			preflight.check(connection, changes);
			return run.execute(changes, state.from(), state.to(changes), instance, begun);
		}
	}

	private static DowngradeReport nothing(State state, long begun) {
		return new DowngradeReport(Outcome.UP_TO_DATE, null, state.from(), state.from(), List.of(), List.of(),
				List.of(), Duration.ofNanos(System.nanoTime() - begun));
	}

	private State read(Connection connection, DatabaseDialect dialect) throws SQLException {
		RunHistory history = new RunHistory(dialect, this.tables);
		Catalog catalog = CatalogReader.read(connection, dialect, this.tables);
		// It also makes sure that the record is that of tables with these names.
		Optional<Bookkeeping> recorded = Optional.of(Bookkeeping.read(connection, history, this.tables, catalog))
			.filter((bookkeeping) -> bookkeeping.lastRun() != null);
		return recorded.isEmpty() ? new State(List.of(), List.of())
				: new State(new ChangeRecords(dialect, this.tables).standing(connection),
						new RunReader(dialect, this.tables).newest(connection, Integer.MAX_VALUE));
	}

	/**
	 * What the history says.
	 *
	 * @param standing what was applied and not undone, the newest first
	 * @param runs all runs, the newest first
	 */
	private record State(List<AppliedChange> standing, List<RunDetails> runs) {

		/**
		 * Return what leads to a goal, and before that what an earlier downgrade was at
		 * when it died.
		 */
		List<AppliedChange> changes(DowngradeTarget goal) {
			Set<AppliedChange> changes = new LinkedHashSet<>(
					this.standing.stream().filter((change) -> change.state().equals(AppliedChange.UNDOING)).toList());
			changes.addAll(new DowngradePlanner(this.standing, this.runs).changes(goal));
			return List.copyOf(changes);
		}

		/**
		 * Return the id of a downgrade that did its work and did not come to say so.
		 */
		Optional<String> unrecorded() {
			return this.runs.stream()
				.map(RunDetails::run)
				.findFirst()
				.filter((newest) -> newest.kind().equals("downgrade"))
				.filter((newest) -> newest.outcome().equals("running") || newest.outcome().equals("died"))
				.map(RunRecord::id);
		}

		String from() {
			return DowngradePlanner.revision(this.standing);
		}

		String to(List<AppliedChange> undone) {
			List<AppliedChange> left = new ArrayList<>(this.standing);
			left.removeAll(undone);
			return DowngradePlanner.revision(left);
		}

	}

}
