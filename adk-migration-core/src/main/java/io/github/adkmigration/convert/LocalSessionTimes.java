package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.convert.FormerTimes.SessionTime;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Finds sessions whose {@code update_time} is local time beyond doubt: adk-python 1.20 to
 * 2.6 gave a session the time of its newest event, and off SQLite the same local one, so
 * both are equal to the microsecond. Behind the repair of the events only what they held
 * before can equal it.
 */
final class LocalSessionTimes {

	/** How many are held in memory at a time; about 30 MB. */
	static final int MOST = 100_000;

	private LocalSessionTimes() {
	}

	/**
	 * Read the next of them. What is set to UTC is not found again.
	 */
	static List<SessionTime> read(Connection connection, DatabaseDialect dialect, SessionTables tables)
			throws SQLException {
		if (dialect == DatabaseDialect.SQLITE) {
			// adk-python has always written these in UTC there.
			return List.of();
		}
		String events = tables.sql(SessionTable.EVENTS, dialect);
		String sql = "SELECT s.app_name, s.user_id, s.id, " + text(dialect, "f.former") + ", " + text(dialect, "f.utc")
				+ " FROM " + tables.sql(BookkeepingTable.FORMER_TIMES, dialect) + " f JOIN "
				+ tables.sql(SessionTable.SESSIONS, dialect)
				+ " s ON s.app_name = f.app_name AND s.user_id = f.user_id AND s.id = f.session_id"
				+ " AND s.update_time = f.former WHERE f.kind = 'event' AND NOT EXISTS (SELECT 1 FROM " + events
				+ " e WHERE e.app_name = f.app_name AND e.user_id = f.user_id AND e.session_id = f.session_id AND e."
				+ dialect.quote("timestamp") + " > f.utc) LIMIT " + MOST;
		List<SessionTime> times = new ArrayList<>();
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			while (row.next()) {
				times.add(new SessionTime(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
						row.getString(5)));
			}
		}
		return times;
	}

	private static String text(DatabaseDialect dialect, String column) {
		return dialect.mysqlFamily() ? "CAST(" + column + " AS CHAR)"
				: "to_char(" + column + ", 'YYYY-MM-DD HH24:MI:SS.US')";
	}

}
