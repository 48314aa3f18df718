package io.github.adkmigration.clock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * Finds sessions that hold local times although these read as if they were behind the
 * change to UTC, as the last hours before it do in a zone ahead of UTC. Their
 * {@code update_time} is the instant of their newest event to the microsecond, so the
 * newer adk-python has never appended to them.
 *
 * @since 0.1.0
 */
public final class LateLocalSessions {

	private static final long SECOND = 1_000_000L;

	private LateLocalSessions() {
	}

	/**
	 * Read them.
	 * @param connection a connection to the database
	 * @param dialect its dialect
	 * @param tables the names of the tables
	 * @param events the table of events as it stands in a statement
	 * @param zone the zone of the older writer
	 * @param utcSince from when on rows hold UTC, or {@code null} for never
	 * @return their keys, each without the id of an event; not more than
	 * {@link OverlapReader#LIMIT}
	 * @throws SQLException if the database refuses the query
	 */
	public static Set<RowKey> read(Connection connection, DatabaseDialect dialect, SessionTables tables, String events,
			LocalZone zone, @Nullable Instant utcSince) throws SQLException {
		Set<RowKey> sessions = new HashSet<>();
		if (utcSince == null) {
			return sessions;
		}
		WallClockSql sql = new WallClockSql(dialect);
		try (ReadTransaction reading = ReadTransaction.begin(connection);
				PreparedStatement statement = sql.stream(connection,
						query(sql, tables, events, LocalTimes.micros(utcSince)));
				ResultSet row = statement.executeQuery()) {
			while (row.next() && sessions.size() < OverlapReader.LIMIT) {
				long updated = sql.read(row, 4);
				long last = sql.read(row, 5);
				boolean local = updated != last && last % SECOND != 0
						&& (zone.epochMicros(last, false) == updated || zone.epochMicros(last, true) == updated);
				if (local) {
					sessions.add(RowKey.ofSession(row.getString(1), row.getString(2), row.getString(3)));
				}
			}
		}
		return sessions;
	}

	private static String query(WallClockSql sql, SessionTables tables, String events, long since) {
		DatabaseDialect dialect = sql.dialect();
		String app = dialect.quote("app_name");
		String user = dialect.quote("user_id");
		String session = dialect.quote("session_id");
		String key = app + ", " + user + ", " + session;
		String last = "max(" + sql.timestamp() + ")";
		return "SELECT e." + app + ", e." + user + ", e." + session + ", "
				+ sql.time("s." + dialect.quote("update_time")) + ", " + sql.time("e.last_time") + " FROM (SELECT "
				+ key + ", " + last + " AS last_time FROM " + events + " WHERE " + sql.isNaive() + " GROUP BY " + key
				+ " HAVING " + last + " >= " + sql.literal(since) + ") e JOIN "
				+ tables.sql(SessionTable.SESSIONS, dialect) + " s ON s." + app + " = e." + app + " AND s." + user
				+ " = e." + user + " AND s." + dialect.quote("id") + " = e." + session;
	}

}
