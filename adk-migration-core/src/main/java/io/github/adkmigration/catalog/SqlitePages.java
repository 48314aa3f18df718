package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the file of a SQLite database is made of.
 *
 * @param used bytes that hold something, which is what a copy of the database takes
 * @param free bytes that new rows can take before the file grows
 * @since 0.1.0
 */
public record SqlitePages(long used, long free) {

	/**
	 * Read the pages of a database.
	 * @param connection a connection to SQLite
	 * @return its pages, those in its write-ahead log included
	 * @throws SQLException if SQLite does not answer
	 */
	public static SqlitePages read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT (page_count - freelist_count) * page_size, freelist_count * page_size"
							+ " FROM pragma_page_count, pragma_freelist_count, pragma_page_size")) {
			row.next();
			return new SqlitePages(row.getLong(1), row.getLong(2));
		}
	}

}
