package io.github.adkmigration.execute;

import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * What a swap does otherwise where the tables of the source have other names and stay as
 * they are.
 */
final class BesideSwap {

	private BesideSwap() {
	}

	/**
	 * Return what puts the filled tables aside when the swap is undone, with whatever was
	 * written to them since.
	 */
	static List<Change> putAside(DatabaseDialect dialect, SessionTables tables, int sinceNumber) {
		return List.of(putAside(SessionTable.SESSIONS, dialect, tables, sinceNumber),
				putAside(SessionTable.APP_STATES, dialect, tables, sinceNumber),
				putAside(SessionTable.USER_STATES, dialect, tables, sinceNumber));
	}

	private static Change putAside(SessionTable table, DatabaseDialect dialect, SessionTables tables, int sinceNumber) {
		String since = tables.name(since(table), sinceNumber);
		// MySQL wants the schema before both names.
		return Change.undoneBy(List.of("ALTER TABLE " + tables.sql(table, dialect) + " RENAME TO "
				+ (dialect.mysqlFamily() ? tables.qualify(since, dialect) : dialect.quote(since))));
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
