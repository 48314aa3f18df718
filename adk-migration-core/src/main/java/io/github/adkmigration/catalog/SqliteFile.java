package io.github.adkmigration.catalog;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Finds the file of a SQLite database.
 *
 * @since 0.1.0
 */
public final class SqliteFile {

	private SqliteFile() {
	}

	/**
	 * Return the file that a connection is open on.
	 * @param connection a connection to SQLite
	 * @return its absolute path; empty for a database in memory
	 * @throws SQLException if SQLite does not answer
	 */
	public static Optional<Path> of(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT file FROM pragma_database_list WHERE name = 'main'")) {
			String file = rows.next() ? rows.getString(1) : null;
			return file == null || file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file).toAbsolutePath());
		}
	}

}
