package io.github.adkmigration.convert;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * A table of events, old or new, and the database that it stands in.
 *
 * @param dialect dialect of the database
 * @param tables the names there
 * @param sql the table as it stands in a statement
 * @since 0.1.0
 */
public record EventTable(DatabaseDialect dialect, SessionTables tables, String sql) {

	/**
	 * Return the events that applications use.
	 * @param dialect dialect of the database
	 * @param tables the names there
	 * @return the table
	 */
	public static EventTable current(DatabaseDialect dialect, SessionTables tables) {
		return new EventTable(dialect, tables, tables.sql(SessionTable.EVENTS, dialect));
	}

	/**
	 * Return the new events while they are being copied.
	 * @param dialect dialect of the database
	 * @param tables the names there
	 * @return the table
	 */
	public static EventTable shadow(DatabaseDialect dialect, SessionTables tables) {
		return new EventTable(dialect, tables, tables.sql(BookkeepingTable.SHADOW, dialect));
	}

	/**
	 * Return the old events after a conversion.
	 * @param dialect dialect of the database
	 * @param tables the names there
	 * @return the table
	 */
	public static EventTable kept(DatabaseDialect dialect, SessionTables tables) {
		return new EventTable(dialect, tables, tables.sql(BookkeepingTable.KEPT, dialect));
	}

}
