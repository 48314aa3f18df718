package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * The swap under table locks, on MySQL with one atomic RENAME TABLE. Each DDL statement
 * commits; a run that dies right behind it finds the new table in place and adds what is
 * missing.
 */
final class MysqlSwap implements TableSwap {

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final SessionTables fresh;

	private final LayoutFamily source;

	private final BundledChangelog changelog;

	private final boolean leased;

	private final Optional<BesideSwap> beside;

	private final List<String> since;

	private final int sinceNumber;

	MysqlSwap(DatabaseDialect dialect, SessionTables tables, MigrationStep.Swap step, boolean leased,
			List<String> since, int sinceNumber) {
		this.dialect = dialect;
		this.tables = tables;
		this.source = step.source();
		this.changelog = step.changelog();
		this.sinceNumber = sinceNumber;
		this.leased = leased;
		this.since = since;
		this.fresh = step.fresh();
		this.beside = BesideSwap.of(dialect, tables, step, sinceNumber);
	}

	@Override
	public Swapped swap(Connection connection, LockedWork work) throws SQLException {
		RowCounts counts;
		// The manual wants it in this order: autocommit off, LOCK TABLES, work, COMMIT,
		// UNLOCK TABLES.
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement.execute(lock());
			try {
				counts = work.reconcile(connection);
				SqlScript script = new SqlScript(connection);
				List<Change> stateRows = stateRows().at(StateRows.now(script, this.dialect));
				script.execute(this.beside.isPresent() ? BesideSwap.withoutUndoing(stateRows) : stateRows);
				if (this.source == LayoutFamily.JS) {
					script.execute(List.of(Change.undoneBy(List.of(dropForeignKey()))));
				}
				if (this.beside.isPresent()) {
					script.execute(this.beside.get().putAside());
				}
				work.swapping(connection, script.changeset(this.changelog.get("0001_swap"), renames()));
				connection.commit();
				for (Changeset rename : renames()) {
					script.apply(rename);
				}
				statement.execute("UNLOCK TABLES");
				work.swapped(connection);
				connection.commit();
			}
			catch (SQLException | RuntimeException | Error ex) {
				TableSwap.rollback(connection, ex);
				throw ex;
			}
			finally {
				statement.execute("UNLOCK TABLES");
			}
		}
		finally {
			connection.setAutoCommit(true);
		}
		return new Swapped(counts,
				this.beside.map(BesideSwap::kept).orElseGet(() -> List.of(this.tables.name(BookkeepingTable.KEPT))));
	}

	/**
	 * Return what creates the rows that newer writers expect.
	 */
	StateRows stateRows() {
		return new StateRows(this.dialect, this.fresh, this.changelog);
	}

	/**
	 * Return what lets the key of sessions become adk-js's again, after the new events
	 * were put aside. The server has given the foreign key the name of its table.
	 */
	private String dropForeignKey() {
		String since = this.tables.name(BookkeepingTable.SINCE, this.sinceNumber);
		return "ALTER TABLE " + this.tables.qualify(since, this.dialect) + " DROP FOREIGN KEY "
				+ this.dialect.quote(since + "_ibfk_1");
	}

	/**
	 * Return what lets the tables change their places. Each of them commits.
	 */
	List<Changeset> renames() {
		if (this.beside.isPresent()) {
			List<Changeset> renames = new ArrayList<>(this.beside.get().handOver(this.changelog.get("0001_swap")));
			renames.add(this.changelog.get("0001_finish_swap"));
			return renames;
		}
		// MariaDB refuses RENAME TABLE under table locks. A run that dies between the two
		// is completed by the next.
		return this.dialect == DatabaseDialect.MARIADB
				? List.of(this.changelog.get("0001_keep_events"), this.changelog.get("0001_finish_swap"))
				: List.of(this.changelog.get("0001_swap"));
	}

	/**
	 * Return what keeps everybody out.
	 */
	String lock() {
		String events = this.tables.sql(SessionTable.EVENTS, this.dialect);
		String sessions = this.fresh.sql(SessionTable.SESSIONS, this.dialect);
		String appStates = this.fresh.sql(SessionTable.APP_STATES, this.dialect);
		String userStates = this.fresh.sql(SessionTable.USER_STATES, this.dialect);
		String shadow = this.tables.sql(BookkeepingTable.SHADOW, this.dialect);
		String quarantine = this.tables.sql(BookkeepingTable.QUARANTINE, this.dialect);
		String substitution = this.tables.sql(BookkeepingTable.SUBSTITUTION, this.dialect);
		// A lease makes sure of itself there, and nobody takes it while we swap.
		String lease = this.leased ? ", " + this.tables.sql(BookkeepingTable.LOCK, this.dialect) + " WRITE" : "";
		String run = this.tables.sql(BookkeepingTable.RUN, this.dialect);
		String step = this.tables.sql(BookkeepingTable.STEP, this.dialect);
		// Under table locks a statement may use only what is locked, by the very alias it
		// uses.
		Stream<String> written = Stream.of(shadow, shadow + " AS n", quarantine, substitution, substitution + " AS d",
				run, step, appStates, appStates + " AS a", userStates, userStates + " AS u");
		Stream<String> old = this.beside
			.map((swap) -> Stream.concat(Stream.of(sessions, sessions + " AS s"),
					swap.handedOver().stream().map((name) -> this.tables.qualify(name, this.dialect))))
			.orElseGet(() -> Stream.of(events, events + " AS e"));
		Stream<String> read = this.beside.map((swap) -> swap.source().aliases().stream())
			.orElseGet(() -> Stream.of(sessions, sessions + " AS s"));
		return "LOCK TABLES " + Stream
			.concat(Stream.concat(old, written).map((table) -> table + " WRITE"),
					Stream.concat(read, this.since.stream().map((table) -> table + " AS w"))
						.map((table) -> table + " READ"))
			.collect(Collectors.joining(", ")) + lease;
	}

}
