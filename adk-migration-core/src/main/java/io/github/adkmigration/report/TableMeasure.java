package io.github.adkmigration.report;

import io.github.adkmigration.schema.SessionTable;

/**
 * How large a table is.
 *
 * @param table which
 * @param name its name in this database
 * @param rows how many, or -1 if the database does not say
 * @param rowsCounted whether they were counted; otherwise the number is an estimate
 * @param bytes in it and its indexes, or -1 if the database does not say
 * @param bytesExact whether the database knows the bytes; otherwise they are an estimate
 * @since 0.1.0
 */
public record TableMeasure(SessionTable table, String name, long rows, boolean rowsCounted, long bytes,
		boolean bytesExact) {

	/** What stands for a number that is not known. */
	public static final long UNKNOWN = -1;

}
