package io.github.adkmigration.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out how much room there is where a database keeps its tables. PostgreSQL and
 * MySQL tell nobody; MariaDB does if its plugin {@code disks} is installed and the user
 * may use it.
 *
 * @since 0.1.0
 */
public final class FreeSpaceReader {

	private static final Logger logger = LoggerFactory.getLogger(FreeSpaceReader.class);

	/** The longest path that the data directory is below is where it is mounted. */
	private static final String MARIADB = "SELECT Available * 1024 FROM information_schema.disks"
			+ " WHERE LEFT(@@datadir, CHAR_LENGTH(Path)) = Path ORDER BY CHAR_LENGTH(Path) DESC LIMIT 1";

	private FreeSpaceReader() {
	}

	/**
	 * Read the free space.
	 * @param connection a connection in auto-commit mode
	 * @param dialect its dialect
	 * @return bytes, empty if the database does not say
	 * @throws SQLException if SQLite does not say where its file is
	 */
	public static OptionalLong read(Connection connection, DatabaseDialect dialect) throws SQLException {
		return switch (dialect) {
			case SQLITE -> sqlite(connection);
			case MARIADB -> mariadb(connection);
			case POSTGRESQL, MYSQL, H2 -> OptionalLong.empty();
		};
	}

	private static OptionalLong sqlite(Connection connection) throws SQLException {
		Optional<Path> file = SqliteFile.of(connection);
		if (file.isEmpty()) {
			return OptionalLong.empty();
		}
		try {
			return OptionalLong.of(Files.getFileStore(file.get()).getUsableSpace());
		}
		catch (IOException ex) {
			logger.debug("The file system does not say how much room it has: {}", ex.getClass().getSimpleName());
			return OptionalLong.empty();
		}
	}

	private static OptionalLong mariadb(Connection connection) {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(MARIADB)) {
			return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
		}
		catch (SQLException ex) {
			logger.debug("The server does not say how much room it has: {}", ex.getClass().getSimpleName());
			return OptionalLong.empty();
		}
	}

}
