package io.github.adkmigration.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationStep;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * What a swap does otherwise where the tables of the source have other names. They stay
 * as they are, unless the target wants one of their names: then all of them are kept
 * under others, and the new tables get theirs.
 */
final class BesideSwap {

	private static final List<SessionTable> FILLED = List.of(SessionTable.SESSIONS, SessionTable.APP_STATES,
			SessionTable.USER_STATES);

	private static final String LEGACY = "PRAGMA legacy_alter_table = ON";

	private static final String MODERN = "PRAGMA legacy_alter_table = OFF";

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final SessionTables fresh;

	private final BesideTables source;

	private final int sinceNumber;

	private BesideSwap(DatabaseDialect dialect, SessionTables tables, SessionTables fresh, BesideTables source,
			int sinceNumber) {
		this.dialect = dialect;
		this.tables = tables;
		this.fresh = fresh;
		this.source = source;
		this.sinceNumber = sinceNumber;
	}

	static Optional<BesideSwap> of(DatabaseDialect dialect, SessionTables tables, MigrationStep.Swap step,
			int sinceNumber) {
		return step.beside().map((source) -> new BesideSwap(dialect, tables, step.fresh(), source, sinceNumber));
	}

	BesideTables source() {
		return this.source;
	}

	boolean handsOver() {
		return this.source.handsOver(this.tables);
	}

	/**
	 * Return what puts the filled tables aside when the swap is undone, with whatever was
	 * written to them since. Where they have handed their names back they have those of
	 * before the swap.
	 */
	List<Change> putAside() {
		return FILLED.stream()
			.map((table) -> Change
				.undoneBy(List.of(rename(this.fresh.name(table), this.tables.name(since(table), this.sinceNumber)))))
			.toList();
	}

	/**
	 * Return what makes the way free and lets the new tables have the names, but for the
	 * events. The old events are the first, so that who finds a run dead can tell how far
	 * it came.
	 */
	List<Change> handOver() {
		List<Change> changes = new ArrayList<>();
		if (handsOver()) {
			for (SessionTable table : List.of(SessionTable.EVENTS, SessionTable.SESSIONS, SessionTable.APP_STATES,
					SessionTable.USER_STATES)) {
				if (this.source.own(table)) {
					exchange(changes, this.source.names().name(table), this.tables.name(BookkeepingTable.kept(table)));
				}
			}
			for (SessionTable table : FILLED) {
				exchange(changes, this.fresh.name(table), this.tables.name(table));
			}
		}
		return changes;
	}

	private void exchange(List<Change> changes, String from, String to) {
		if (!from.equals(to)) {
			changes.add(new Change(rename(from, to), rename(to, from)));
		}
	}

	/**
	 * Return the changes in the frame that SQLite needs. A foreign key has to mean the
	 * table that it meant before, whose name another gets.
	 */
	List<Change> followedByKeys() {
		List<Change> changes = new ArrayList<>();
		boolean framed = this.dialect == DatabaseDialect.SQLITE && handsOver();
		if (framed) {
			changes.add(new Change(MODERN, LEGACY));
		}
		changes.addAll(putAside());
		changes.addAll(handOver());
		if (framed) {
			changes.add(new Change(LEGACY, MODERN));
		}
		return changes;
	}

	/**
	 * Return the handing over, where each of the statements commits.
	 * @param named whose id they bear
	 */
	List<Changeset> handOver(Changeset named) {
		return handOver().stream()
			.map((change) -> new Changeset(named.id(), named.phase(), named.minCompatible(), named.description(), null,
					"0", change.sql(), change.undo()))
			.toList();
	}

	/**
	 * Return the names of the tables that give theirs up.
	 */
	List<String> handedOver() {
		return handsOver() ? this.source.tables() : List.of();
	}

	/**
	 * Return under which names the tables of the source are found after the swap.
	 */
	List<String> kept() {
		return handsOver() ? Stream
			.of(SessionTable.SESSIONS, SessionTable.EVENTS, SessionTable.APP_STATES, SessionTable.USER_STATES)
			.filter(this.source::own)
			.map((table) -> this.tables.name(BookkeepingTable.kept(table)))
			.toList() : this.source.tables();
	}

	/**
	 * Return whose rights on a table of the source others keep on which new one.
	 * @return what stands for the new table in a statement, by the name of the old one
	 */
	Map<String, String> inherited() {
		Map<String, String> inherited = new TreeMap<>();
		if (handsOver()) {
			for (SessionTable table : List.of(SessionTable.EVENTS, SessionTable.SESSIONS, SessionTable.APP_STATES,
					SessionTable.USER_STATES)) {
				if (this.source.own(table)) {
					inherited.put(this.source.names().name(table), this.tables.sql(table, this.dialect));
				}
			}
		}
		return inherited;
	}

	private String rename(String from, String to) {
		// MySQL wants the schema before both names.
		return "ALTER TABLE " + this.tables.qualify(from, this.dialect) + " RENAME TO "
				+ (this.dialect.mysqlFamily() ? this.tables.qualify(to, this.dialect) : this.dialect.quote(to));
	}

	/**
	 * Return changes that nothing undoes but the putting aside of their tables.
	 */
	static List<Change> withoutUndoing(List<Change> changes) {
		return changes.stream().map((change) -> new Change(change.sql(), List.of())).toList();
	}

	static BookkeepingTable since(SessionTable table) {
		return switch (table) {
			case SESSIONS -> BookkeepingTable.SINCE_SESSIONS;
			case APP_STATES -> BookkeepingTable.SINCE_APP_STATES;
			case USER_STATES -> BookkeepingTable.SINCE_USER_STATES;
			case EVENTS, METADATA -> throw new IllegalStateException("The table is never put aside with the others");
		};
	}

}
