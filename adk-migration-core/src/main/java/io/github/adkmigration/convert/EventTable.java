package io.github.adkmigration.convert;

import java.util.Optional;

import io.github.adkmigration.catalog.OrphanReader;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * A table of events, old or new, and the database that it stands in.
 *
 * @param dialect dialect of the database
 * @param tables the names there
 * @param sql what stands behind FROM in a statement, without an alias
 * @param base the table itself, which is the same unless its columns are called otherwise
 * @param sessions the sessions of the events as they stand in a statement
 * @param position a column that is unique and in whose order a database stores the rows,
 * empty where only the four columns of head's key are
 * @since 0.1.0
 */
public record EventTable(DatabaseDialect dialect, SessionTables tables, String sql, String base, String sessions,
		String position) {

	/**
	 * Describe a table with the columns of head's key.
	 * @param dialect dialect of the database
	 * @param tables the names there
	 * @param sql the table as it stands in a statement
	 */
	public EventTable(DatabaseDialect dialect, SessionTables tables, String sql) {
		this(dialect, tables, sql, sql, tables.sql(SessionTable.SESSIONS, dialect), "");
	}

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
	 * Return the events that are to be converted.
	 * @param dialect dialect of the database
	 * @param tables the names there
	 * @param beside the tables of a writer that calls them otherwise, if one does
	 * @return the table
	 */
	public static EventTable source(DatabaseDialect dialect, SessionTables tables, Optional<BesideTables> beside) {
		return beside.map((other) -> beside(dialect, other.names(), other)).orElseGet(() -> current(dialect, tables));
	}

	/**
	 * Return the events of a writer that calls its tables otherwise.
	 * @param dialect dialect of the database
	 * @param tables the names of the sessions to which they have to belong: those of the
	 * same writer, or those of head
	 * @param beside the tables
	 * @return the table
	 */
	public static EventTable beside(DatabaseDialect dialect, SessionTables tables, BesideTables beside) {
		String sessions = tables.equals(beside.names()) ? beside.relation(SessionTable.SESSIONS)
				: tables.sql(SessionTable.SESSIONS, dialect);
		return new EventTable(dialect, tables, beside.relation(SessionTable.EVENTS),
				beside.names().sql(SessionTable.EVENTS, dialect), sessions, beside.position());
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

	/**
	 * Return the query that has a row if the session of an event exists.
	 * @param alias the name of the table of events in the statement
	 */
	String session(String alias) {
		return OrphanReader.session(this.sessions, alias);
	}

	/**
	 * Return the condition that the session of an event exists.
	 * @param alias the name of the table of events in the statement
	 */
	String hasSession(String alias) {
		return OrphanReader.hasSession(this.sessions, alias);
	}

}
