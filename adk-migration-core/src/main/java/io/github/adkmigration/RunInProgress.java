package io.github.adkmigration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.lock.MigrationLock.HolderWork;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Tells whoever waited for too long what the other run is doing, by its record.
 *
 * @param connection the idle connection of the waiter
 * @param dialect its dialect
 * @param tables the names of the target
 */
record RunInProgress(Connection connection, DatabaseDialect dialect, SessionTables tables) implements HolderWork {

	@Override
	public String describe() {
		try {
			Optional<RunRecord> newest = new RunHistory(this.dialect, this.tables).newest(this.connection);
			if (newest.isEmpty() || !newest.get().outcome().equals("running")) {
				return "";
			}
			RunRecord run = newest.get();
			return "the run that " + run.instance() + " began at " + run.started() + " migrates " + run.from() + " to "
					+ run.to() + copied();
		}
		catch (SQLException ex) {
			// The holder may have the database to itself.
			return "";
		}
	}

	private String copied() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT rows_read, updated_at FROM "
						+ this.tables.sql(BookkeepingTable.CHECKPOINT, this.dialect) + " WHERE name = 'events'")) {
			return row.next()
					? " and has read " + row.getLong(1) + " events, the last at " + row.getString(2) + " (UTC)" : "";
		}
	}

}
