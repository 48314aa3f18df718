package io.github.adkmigration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Pauses the conversion that is going on, in whatever process, and lets it go on. It
 * hears of it between two batches; the next attempt of one that died is not paused.
 */
final class PauseSwitch {

	private final SessionTables tables;

	private final boolean paused;

	PauseSwitch(SessionTables tables, boolean paused) {
		this.tables = tables;
		this.paused = paused;
	}

	RunRecord run(Connection connection) throws SQLException {
		DatabaseDialect dialect = DatabaseDialect.of(connection);
		Optional<RunRecord> running = Bookkeeping.newestRun(connection, new RunHistory(dialect, this.tables))
			.filter((newest) -> newest.outcome().equals("running"));
		try (SqliteSession unused = SqliteSession.begin(connection, dialect)) {
			if (running.isEmpty() || !set(connection, dialect)) {
				throw new MigrationException(MigrationErrorCode.REFUSED, "No run converts events at the moment.",
						"Look at the history of the runs; nothing was changed.");
			}
		}
		return running.get();
	}

	private boolean set(Connection connection, DatabaseDialect dialect) throws SQLException {
		try (PreparedStatement update = connection
			.prepareStatement("UPDATE " + this.tables.sql(BookkeepingTable.CHECKPOINT, dialect) + " SET paused_at = "
					+ (this.paused ? dialect.utcNow() : "NULL") + " WHERE name = 'events'")) {
			return update.executeUpdate() > 0;
		}
	}

}
