package io.github.adkmigration.convert;

import java.util.Optional;

import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Where rows of sessions and states are: one of the two databases of a copy, or one of
 * the two sets of tables of one database.
 *
 * @param dialect its dialect
 * @param tables what the tables are called there
 * @param beside the tables of a writer that calls them otherwise, if they are meant
 * @since 0.1.0
 */
public record Side(DatabaseDialect dialect, SessionTables tables, Optional<BesideTables> beside) {

	/**
	 * Describe tables under the names of head.
	 * @param dialect their dialect
	 * @param tables what they are called
	 */
	public Side(DatabaseDialect dialect, SessionTables tables) {
		this(dialect, tables, Optional.empty());
	}

	/**
	 * Return what stands behind FROM for a table, without an alias.
	 */
	String sql(SessionTable table) {
		return this.beside.map((other) -> other.relation(table)).orElseGet(() -> this.tables.sql(table, this.dialect));
	}

	/**
	 * Return the name for people.
	 */
	String name(SessionTable table) {
		return this.beside.map((other) -> other.names().name(table)).orElseGet(() -> this.tables.name(table));
	}

}
