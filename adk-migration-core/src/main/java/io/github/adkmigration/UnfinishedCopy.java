package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import io.github.adkmigration.convert.CopyMarker;
import io.github.adkmigration.convert.Side;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.schema.SessionTables;

/**
 * Keeps a database that holds a part of another one from being taken for a whole one: an
 * application would write beside rows that are still to come.
 */
final class UnfinishedCopy {

	static final String TEXT = "The copy of another database into these tables has not come to its end.";

	private UnfinishedCopy() {
	}

	/**
	 * Refuse to go on after a copy that died or failed when it had written rows already.
	 */
	static void refuse(Connection connection, DatabaseDialect dialect, SessionTables tables, RunRecord newest)
			throws SQLException {
		if (newest.kind().equals("copy")) {
			Optional<MigrationException> obstacle = obstacle(connection, dialect, tables);
			if (obstacle.isPresent()) {
				throw obstacle.get();
			}
		}
	}

	/**
	 * Return what is to be done about a copy that has written rows already.
	 */
	static Optional<MigrationException> obstacle(Connection connection, DatabaseDialect dialect, SessionTables tables)
			throws SQLException {
		return new CopyMarker(new Side(dialect, tables)).unfinished(connection)
			.map((marker) -> new MigrationException(MigrationErrorCode.REFUSED, TEXT,
					"Start the same copy again, which goes on where it stopped; or give it up: delete the rows of these"
							+ " tables, of " + tables.prefix() + "adk_migration_quarantine and of " + tables.prefix()
							+ "adk_migration_checkpoint."));
	}

}
