package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.changelog.AppliedChange;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.preflight.DowngradePreflight;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;

/**
 * Executes the stored SQL of changes that are to be undone. PostgreSQL and SQLite do all
 * of it in one transaction, but for statements that refuse one. Elsewhere each DDL
 * statement commits; there it is recorded which statement is next, and a downgrade that
 * died goes on with that one, which may have been executed already.
 *
 * @since 0.1.0
 */
public final class DowngradeExecutor {

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final SessionTables tables;

	private final UndoRecorder recorder;

	private final DowngradePreflight preflight;

	private final String changelogTable;

	private final Set<String> dropped = new HashSet<>();

	private boolean changelog;

	private boolean kept;

	/**
	 * Create an executor.
	 * @param dialect dialect of the database
	 * @param settings names and limits
	 * @param recorder told of each statement and change
	 */
	public DowngradeExecutor(DatabaseDialect dialect, MigrationSettings settings, UndoRecorder recorder) {
		this.dialect = dialect;
		this.settings = settings;
		this.tables = settings.tables();
		this.recorder = recorder;
		this.changelogTable = this.tables.sql(BookkeepingTable.CHANGELOG, dialect);
		this.preflight = new DowngradePreflight(dialect, this.tables);
	}

	/**
	 * Undo changes.
	 * @param connection a connection in auto-commit mode, used by nobody else
	 * @param changes the changes, the newest first
	 * @return what was undone
	 * @throws SQLException if a statement fails
	 */
	public List<StepReport> undo(Connection connection, List<AppliedChange> changes) throws SQLException {
		Catalog catalog = CatalogReader.read(connection, this.dialect, this.tables);
		this.changelog = catalog.table(this.tables.name(BookkeepingTable.CHANGELOG)).isPresent();
		this.kept = catalog.table(this.tables.name(BookkeepingTable.KEPT)).isPresent();
		switch (this.dialect) {
			case SQLITE -> {
				try (SqliteRenaming unused = SqliteRenaming.begin(connection)) {
					return together(connection, changes);
				}
			}
			case POSTGRESQL -> {
				return together(connection, changes);
			}
			case MYSQL, MARIADB -> {
				// Columns that hold instants are changed to DATETIME and back in one
				// zone.
				try (UtcSession unused = UtcSession.begin(connection)) {
					return oneByOne(connection, changes);
				}
			}
			case H2 -> {
				return oneByOne(connection, changes);
			}
		}
		throw new IllegalStateException("No such dialect");
	}

	private List<StepReport> together(Connection connection, List<AppliedChange> changes) throws SQLException {
		List<StepReport> undone = new ArrayList<>();
		int from = 0;
		while (from < changes.size()) {
			boolean alone = standsAlone(changes.get(from));
			int to = from + 1;
			while (to < changes.size() && standsAlone(changes.get(to)) == alone) {
				to++;
			}
			List<AppliedChange> part = changes.subList(from, to);
			undone.addAll(alone ? oneByOne(connection, part) : inTransaction(connection, part));
			from = to;
		}
		return undone;
	}

	private static boolean standsAlone(AppliedChange change) {
		return change.statements().stream().anyMatch(DatabaseDialect::standsAlone);
	}

	private List<StepReport> inTransaction(Connection connection, List<AppliedChange> changes) throws SQLException {
		connection.setAutoCommit(false);
		try {
			if (this.dialect == DatabaseDialect.POSTGRESQL && this.kept
					&& changes.stream().anyMatch(DowngradeExecutor::swaps)) {
				new PostgresTableLock(this.tables, PostgresTableLock.swapped(this.tables), this.settings.timeout())
					.acquire(connection);
			}
			List<StepReport> undone = oneByOne(connection, changes);
			connection.commit();
			return undone;
		}
		catch (SQLException | RuntimeException | Error ex) {
			TableSwap.rollback(connection, ex);
			throw ex;
		}
		finally {
			connection.setAutoCommit(true);
		}
	}

	private List<StepReport> oneByOne(Connection connection, List<AppliedChange> changes) throws SQLException {
		List<StepReport> undone = new ArrayList<>();
		for (AppliedChange change : changes) {
			long begun = System.nanoTime();
			undo(connection, change);
			forget(connection, change);
			this.recorder.undone(connection, change);
			undone.add(new StepReport(change.changeset(),
					"Undo " + change.changeset() + " of revision " + change.revision(),
					Duration.ofNanos(System.nanoTime() - begun)));
		}
		return undone;
	}

	private void undo(Connection connection, AppliedChange change) throws SQLException {
		List<String> statements = change.statements();
		boolean uncertain = change.state().equals(AppliedChange.BEGUN) && !remembered(connection, change);
		// A run that died before the first rename, or a downgrade that died behind the
		// last, has left nothing but rows in new tables.
		boolean rowsOnly = !this.kept && swaps(change) && (uncertain || change.state().equals(AppliedChange.UNDOING))
				&& statements.stream().anyMatch(this::renamesKept);
		if (uncertain && transactional() && !swaps(change) && !standsAlone(change)) {
			// Liquibase's row would be there, since it is part of the same transaction.
			statements = List.of();
		}
		int first = change.undoing();
		for (int i = first; i < statements.size(); i++) {
			if (rowsOnly && !undoesRows(statements.get(i))) {
				continue;
			}
			this.recorder.undoing(connection, change, i);
			boolean repeated = i == first && change.state().equals(AppliedChange.UNDOING);
			execute(connection, statements.get(i), uncertain || repeated);
		}
	}

	private void execute(Connection connection, String sql, boolean mayBeDone) throws SQLException {
		if (sql.regionMatches(true, 0, "DROP ", 0, "DROP ".length())) {
			if (!this.dropped.add(sql)) {
				// Somebody had dropped it, and a later run had made it again.
				return;
			}
			this.preflight.check(connection, sql);
		}
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			if (!mayBeDone || !UndoneAlready.says(ex)) {
				throw ex;
			}
		}
	}

	private boolean remembered(Connection connection, AppliedChange change) throws SQLException {
		if (!this.changelog) {
			return false;
		}
		try (PreparedStatement select = connection
			.prepareStatement("SELECT count(*) FROM " + this.changelogTable + " WHERE id = ?")) {
			select.setString(1, change.changeset());
			try (ResultSet row = select.executeQuery()) {
				row.next();
				return row.getLong(1) > 0;
			}
		}
	}

	/**
	 * Let Liquibase forget the change, which it would else call applied.
	 */
	private void forget(Connection connection, AppliedChange change) throws SQLException {
		if (!this.changelog) {
			return;
		}
		try (PreparedStatement delete = connection
			.prepareStatement("DELETE FROM " + this.changelogTable + " WHERE id = ?")) {
			delete.setString(1, change.changeset());
			delete.executeUpdate();
		}
	}

	private boolean transactional() {
		return this.dialect == DatabaseDialect.POSTGRESQL || this.dialect == DatabaseDialect.SQLITE;
	}

	private boolean renamesKept(String statement) {
		return statement.contains(this.dialect.quote(this.tables.name(BookkeepingTable.KEPT)));
	}

	/** Of the new tables, which are put aside, and of the states that ADK reads. */
	private boolean undoesRows(String statement) {
		return statement.startsWith("DELETE FROM ")
				|| Stream.of(SessionTable.SESSIONS, SessionTable.APP_STATES, SessionTable.USER_STATES)
					.map((table) -> this.tables.sql(BookkeepingTable.shadow(table), this.dialect))
					.anyMatch((fresh) -> statement.startsWith("ALTER TABLE " + fresh + " RENAME TO "));
	}

	private static boolean swaps(AppliedChange change) {
		return change.changeset().equals(MigrationStep.Swap.ID);
	}

}
