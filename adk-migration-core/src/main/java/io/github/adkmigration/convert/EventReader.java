package io.github.adkmigration.convert;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * Reads the old events in pages, each bounded in rows and in bytes, from where a
 * checkpoint says.
 */
interface EventReader extends AutoCloseable {

	/** What the rows of a page may take up in memory, bytes. */
	int PAGE_BYTES = 8 << 20;

	/**
	 * Read the next page.
	 * @return the page, or {@code null} at the end
	 */
	@Nullable SourcePage next() throws SQLException;

	/**
	 * Do what would have to wait for a reader, while none reads.
	 */
	default void pausing(Work work) throws SQLException {
		work.run();
	}

	/**
	 * End the reading. The connection stays open.
	 */
	@Override
	default void close() {
	}

	/** What needs the database for itself. */
	interface Work {

		void run() throws SQLException;

	}

}
