package io.github.adkmigration.lock;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.settings.MigrationSettings;

/**
 * Chooses the kind of lock for a database.
 *
 * @since 0.1.0
 */
public final class MigrationLocks {

	private MigrationLocks() {
	}

	/**
	 * Choose the lock of a target.
	 * @param dataSource where the target is; the lock uses connections of its own
	 * @param connection an open connection to the same database
	 * @param dialect its dialect
	 * @param settings names and limits
	 * @param owner unique name of this process
	 * @return the lock, not yet taken
	 * @throws SQLException if the database does not answer
	 */
	public static MigrationLock of(DataSource dataSource, Connection connection, DatabaseDialect dialect,
			MigrationSettings settings, String owner) throws SQLException {
		if (dialect == DatabaseDialect.SQLITE) {
			Path database = sqliteFile(connection);
			String name = database.getFileName() + "." + settings.tables().prefix() + "adk-migration.lock";
			return new FileLease(database.resolveSibling(name), owner, settings.timeout(), settings.pollInterval());
		}
		return new TableLease(dataSource, dialect, settings.tables(), owner, settings.timeout(),
				settings.pollInterval());
	}

	private static Path sqliteFile(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT file FROM pragma_database_list WHERE name = 'main'")) {
			String file = rows.next() ? rows.getString(1) : null;
			if (file == null || file.isEmpty()) {
				// A database in memory belongs to this process alone.
				return Path.of(System.getProperty("java.io.tmpdir"), "adk-migration-" + ProcessHandle.current().pid());
			}
			return Path.of(file).toAbsolutePath();
		}
	}

}
