package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import io.github.adkmigration.catalog.SqliteFile;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.execute.SqliteBackup;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.report.Backup;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.settings.MigrationSettings;

/**
 * Decides whether a run makes a backup: of a SQLite file that holds ADK's tables, unless
 * an earlier run that did not reach its end has made one, which shows the database as it
 * was before the first of them.
 */
final class FirstBackup {

	private FirstBackup() {
	}

	static Optional<Backup> of(Connection connection, DatabaseDialect dialect, MigrationSettings settings,
			MigrationPlan plan, RunHistory history) throws SQLException {
		Optional<SqliteBackup> backup = backup(connection, dialect, settings, plan);
		if (backup.isEmpty()) {
			return Optional.empty();
		}
		Optional<Backup> earlier = earlier(connection, history).flatMap(backup.get()::find);
		return earlier.isPresent() ? earlier : Optional.of(backup.get().write(connection));
	}

	/**
	 * Return whether a run would write one.
	 */
	static boolean wanted(Connection connection, DatabaseDialect dialect, MigrationSettings settings,
			MigrationPlan plan, RunHistory history) throws SQLException {
		Optional<SqliteBackup> backup = backup(connection, dialect, settings, plan);
		return backup.isPresent() && earlier(connection, history).flatMap(backup.get()::find).isEmpty();
	}

	private static Optional<SqliteBackup> backup(Connection connection, DatabaseDialect dialect,
			MigrationSettings settings, MigrationPlan plan) throws SQLException {
		return dialect == DatabaseDialect.SQLITE && settings.sqliteBackup()
				&& plan.detected() instanceof DetectedSchema.Known
						? SqliteFile.of(connection).map((file) -> new SqliteBackup(file, settings.tables().prefix()))
						: Optional.empty();
	}

	private static Optional<String> earlier(Connection connection, RunHistory history) {
		try {
			return history.unfinishedBackup(connection);
		}
		catch (SQLException ex) {
			// There is no record yet.
			return Optional.empty();
		}
	}

}
