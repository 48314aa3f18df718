package io.github.adkmigration.convert;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * Reads the old events in batches, each bounded in rows and in bytes, from where a
 * checkpoint says.
 */
interface EventReader {

	/** What the rows of a batch may take up in memory, bytes. */
	int BATCH_BYTES = 8 << 20;

	/**
	 * Read the next batch.
	 * @return the batch, or {@code null} at the end
	 */
	@Nullable SourceBatch next() throws SQLException;

}
