package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keeps a copy from going faster than it may, and from going on while somebody has paused
 * it. Asked between two batches, when nothing is open.
 */
final class Pace {

	private static final double NANOS = 1e9;

	/** How soon a copy that was told to go on does so. */
	private static final long LOOK_MILLIS = 250;

	private final int maxRowsPerSecond;

	private final CheckpointStore checkpoints;

	private final long begun = System.nanoTime();

	private long rows;

	private long idle;

	/**
	 * Begin to measure.
	 * @param maxRowsPerSecond 0 for as many as possible
	 * @param checkpoints where a pause is asked for
	 */
	Pace(int maxRowsPerSecond, CheckpointStore checkpoints) {
		this.maxRowsPerSecond = maxRowsPerSecond;
		this.checkpoints = checkpoints;
	}

	/**
	 * Wait until the next batch may begin.
	 * @param connection a connection in auto-commit mode
	 * @param batchRows rows of the batch that was committed
	 * @return how long it was paused meanwhile, nanoseconds
	 */
	long next(Connection connection, long batchRows) throws SQLException {
		this.rows += batchRows;
		if (this.maxRowsPerSecond > 0) {
			long due = this.begun + this.idle + (long) (this.rows / (double) this.maxRowsPerSecond * NANOS);
			sleep((due - System.nanoTime()) / 1_000_000);
		}
		if (!this.checkpoints.paused(connection)) {
			return 0;
		}
		long paused = System.nanoTime();
		do {
			sleep(LOOK_MILLIS);
		}
		while (this.checkpoints.paused(connection));
		long pause = System.nanoTime() - paused;
		this.idle += pause;
		return pause;
	}

	private static void sleep(long millis) {
		if (millis <= 0) {
			return;
		}
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw ShadowCopy.interrupted(ex);
		}
	}

}
