package io.github.adkmigration.convert;

import java.time.Duration;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.ConversionEstimate;

/**
 * What it took to convert some rows.
 *
 * @param sampled how many were converted
 * @param timed how many of them count: the first ones are slowed down by a JVM that has
 * not compiled anything yet
 * @param readNanos reading those that count
 * @param convertNanos converting them
 * @param writeNanos writing them; 0 if they were not written
 * @param written whether they were written
 * @since 0.1.0
 */
public record SampleTimes(long sampled, long timed, long readNanos, long convertNanos, long writeNanos,
		boolean written) {

	/** Loading Liquibase, looking, checking and verifying, for the smallest table. */
	private static final double FIXED_SECONDS = 1.0;

	private static final double NANOS = 1e9;

	/**
	 * Estimate a whole run.
	 * @param rows how many events there are
	 * @param dialect dialect of the database
	 * @param maxRowsPerSecond the limit of the settings, 0 for none
	 * @return the estimate
	 */
	public ConversionEstimate estimate(long rows, DatabaseDialect dialect, int maxRowsPerSecond) {
		double read = this.readNanos / NANOS / this.timed;
		double convert = this.convertNanos / NANOS / this.timed;
		double write = this.written ? this.writeNanos / NANOS / this.timed : read + convert;
		double sum = read + convert + write;
		// They overlap, the more the more processors there are, but never hide the
		// longest.
		double row = (sum + Math.max(write, Math.max(read, convert))) / 2;
		double seconds = rows * row * rest(dialect) + FIXED_SECONDS;
		if (maxRowsPerSecond > 0) {
			seconds = Math.max(seconds, (double) rows / maxRowsPerSecond);
		}
		return new ConversionEstimate(Duration.ofMillis(Math.round(seconds * 1000)), this.sampled, this.written,
				Math.round(rows / seconds));
	}

	/**
	 * Return how many times as long as the copy of the sample a whole run is: keys and
	 * indexes, the write-ahead log that a temporary table does not need, and the proof
	 * that every row is accounted for. The share of the copy in a measured run on
	 * PostgreSQL; the other databases came close enough to it.
	 */
	private static double rest(DatabaseDialect dialect) {
		return switch (dialect) {
			case POSTGRESQL, SQLITE, MYSQL, MARIADB -> 1.6;
			case H2 -> 1;
		};
	}

}
