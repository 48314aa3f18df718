package io.github.adkmigration.report;

import java.util.List;

import io.github.adkmigration.schema.SessionTable;

/**
 * How large the session tables are by the statistics of the database, which is exact in
 * bytes on PostgreSQL only.
 *
 * @param phase when it was
 * @param tables each table that exists and of which the database knows something; empty
 * on SQLite and H2
 * @since 0.1.0
 */
public record TableSizes(Phase phase, List<Size> tables) {

	public TableSizes {
		tables = List.copyOf(tables);
	}

	/** When in a run. */
	public enum Phase {

		/** Nothing of the run has been done. */
		BEFORE,

		/** All has been done. */
		AFTER

	}

	/**
	 * A table.
	 *
	 * @param table which
	 * @param rows how many, or -1 if the database does not know yet
	 * @param bytes in it and its indexes
	 */
	public record Size(SessionTable table, long rows, long bytes) {
	}

}
