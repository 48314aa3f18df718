package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * Reads the old events in pages, each bounded in rows and in bytes, from where a
 * checkpoint says.
 */
interface EventReader extends AutoCloseable {

	/** What the rows of a page may take up in memory, bytes. */
	int PAGE_BYTES = 8 << 20;

	/** What is on its way between two threads at a time; more only fills the heap. */
	int LARGEST_PAGE = 1000;

	/**
	 * Begin to read a table in the order in which its dialect stores it.
	 * @param after where an earlier reader ended, or {@code null}
	 */
	static EventReader of(Connection connection, EventRows rows, EventTable from, int pageSize, @Nullable String after)
			throws SQLException {
		return switch (from.dialect()) {
			case SQLITE -> new SqliteEventReader(connection, rows, from.sql(), pageSize, after);
			case POSTGRESQL -> new PostgresEventReader(connection, rows, from.sql(), from.base(), pageSize, after);
			case MYSQL, MARIADB, H2 ->
				from.position().isEmpty() ? new KeyOrderEventReader(connection, rows, from.sql(), pageSize, after)
						: new PositionEventReader(connection, rows, from, pageSize, after);
		};
	}

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
