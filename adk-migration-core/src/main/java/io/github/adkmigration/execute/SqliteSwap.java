package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * The swap in one transaction, together with the other tables where their columns are not
 * head's: SQLite cannot change a column, so such a table is made anew beside the old one,
 * which is kept. Renaming follows the old rules (legacy_alter_table), under which keys,
 * views and triggers go on to mean a table by its name.
 */
final class SqliteSwap implements TableSwap {

	private static final DatabaseDialect DIALECT = DatabaseDialect.SQLITE;

	private final SessionTables tables;

	private final SessionTables fresh;

	private final Catalog catalog;

	private final LayoutFamily source;

	private final BundledChangelog changelog;

	private final List<SessionTable> rebuilt;

	private final boolean indexed;

	private final Optional<BesideSwap> beside;

	private final int sinceNumber;

	SqliteSwap(SessionTables tables, Catalog catalog, MigrationStep.Swap step, int sinceNumber) {
		this.tables = tables;
		this.catalog = catalog;
		this.source = step.source();
		this.changelog = step.changelog();
		this.rebuilt = step.rebuilt();
		this.indexed = step.indexed();
		this.fresh = step.fresh();
		this.beside = BesideSwap.of(DIALECT, tables, step, sinceNumber);
		this.sinceNumber = sinceNumber;
	}

	@Override
	public Swapped swap(Connection connection, LockedWork work) throws SQLException {
		try (SqliteRenaming unused = SqliteRenaming.begin(connection)) {
			return transaction(connection, work);
		}
	}

	private Swapped transaction(Connection connection, LockedWork work) throws SQLException {
		connection.setAutoCommit(false);
		try {
			SqlScript script = new SqlScript(connection);
			// A write is what makes SQLite keep other writers out.
			try (Statement statement = connection.createStatement()) {
				statement.executeUpdate(
						"UPDATE " + this.tables.sql(BookkeepingTable.CHECKPOINT, DIALECT) + " SET name = name");
			}
			RowCounts counts = work.reconcile(connection);
			script.execute(changes(SqliteFacts.read(connection, this.tables, this.rebuilt, this.changelog),
					stateRows().at(StateRows.now(script, DIALECT))));
			checkForeignKey(script);
			work.swapping(connection, script.changeset(this.changelog.get("0001_swap"), List.of()));
			work.swapped(connection);
			connection.commit();
			return new Swapped(counts, this.beside.isPresent() ? this.beside.get().kept()
					: Stream.concat(Stream.of(BookkeepingTable.KEPT), this.rebuilt.stream().map(BookkeepingTable::kept))
						.map(this.tables::name)
						.toList());
		}
		catch (SQLException | RuntimeException | Error ex) {
			TableSwap.rollback(connection, ex);
			throw ex;
		}
		finally {
			connection.setAutoCommit(true);
		}
	}

	/**
	 * Look up the session of every new event along the index, which says the same as
	 * foreign_key_check(events) in a fraction of its time. Here nobody can delete a
	 * session meanwhile, and a failure leaves everything as it was.
	 */
	private void checkForeignKey(SqlScript script) throws SQLException {
		String strays = script
			.strings("SELECT count(*) FROM " + this.tables.sql(SessionTable.EVENTS, DIALECT)
					+ " e WHERE NOT EXISTS (SELECT 1 FROM " + this.tables.sql(SessionTable.SESSIONS, DIALECT)
					+ " s WHERE s.app_name = e.app_name AND s.user_id = e.user_id AND s.id = e.session_id)")
			.get(0);
		if (!strays.equals("0")) {
			throw new MigrationException(MigrationErrorCode.VERIFICATION_FAILED,
					strays + " converted events have no session.",
					"Keep the database as it is, the old events are unchanged, and report this number.");
		}
	}

	/**
	 * Return the rows that newer writers expect.
	 */
	StateRows stateRows() {
		return new StateRows(DIALECT, this.fresh, this.changelog);
	}

	/**
	 * Return what is executed after the rows are accounted for.
	 * @param facts what is known of the tables
	 * @param stateRows what creates the state rows
	 */
	List<Change> changes(SqliteFacts facts, List<Change> stateRows) {
		List<Change> changes = new ArrayList<>(
				this.beside.isPresent() ? BesideSwap.withoutUndoing(stateRows) : stateRows);
		// Index names are unique in the file, and an index can be made again at any time.
		facts.indexes().forEach((index) -> changes.add(index.drop()));
		if (this.beside.isPresent()) {
			changes.addAll(this.beside.get().followedByKeys());
		}
		else {
			changes.add(Change.of(this.changelog.get("0001_keep_events")));
		}
		SqliteRebuild rebuild = new SqliteRebuild(this.tables, this.catalog, this.source, this.changelog,
				this.sinceNumber);
		for (SessionTable table : this.rebuilt) {
			changes.addAll(rebuild.changes(table, facts.attached().getOrDefault(table, List.of())));
		}
		changes.add(Change.of(this.changelog.get("0001_swap")));
		// Its name is unique in the file, and adk-python may have made it since.
		changes
			.add(Change.undoneBy(List.of("DROP INDEX IF EXISTS " + DIALECT.quote(this.tables.supersededIndexName()))));
		if (this.indexed) {
			changes.add(Change.of(this.changelog.get("0002_events_index")));
		}
		if (!facts.marked()) {
			changes.add(Change.of(this.changelog.get("0001_metadata")));
		}
		if (!facts.versioned()) {
			changes.add(Change.of(this.changelog.get("0001_schema_version")));
		}
		return changes;
	}

}
