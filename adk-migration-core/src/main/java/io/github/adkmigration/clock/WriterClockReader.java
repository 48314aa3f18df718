package io.github.adkmigration.clock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Reads what the rows of a V0 database say of the writer's clock: one aggregation per
 * session and one list of hours, both done by the database and streamed.
 *
 * @since 0.1.0
 */
public final class WriterClockReader {

	private static final long HOUR = 3_600_000_000L;

	private WriterClockReader() {
	}

	/**
	 * Read the evidence. Nothing is written and no transaction is begun or ended. On
	 * PostgreSQL they are streamed in a transaction of their own unless one is open.
	 * @param connection a connection to the database
	 * @param dialect its dialect
	 * @param tables the names of the tables, which have V0's columns
	 * @return the evidence
	 * @throws SQLException if the database refuses a query
	 */
	public static WriterClockEvidence read(Connection connection, DatabaseDialect dialect, SessionTables tables)
			throws SQLException {
		return read(connection, dialect, tables, tables.sql(SessionTable.EVENTS, dialect));
	}

	/**
	 * Read the evidence of another table of events, such as a kept one.
	 * @param connection a connection to the database
	 * @param dialect its dialect
	 * @param tables the names of the tables
	 * @param events the table of events as it stands in a statement
	 * @return the evidence
	 * @throws SQLException if the database refuses a query
	 */
	public static WriterClockEvidence read(Connection connection, DatabaseDialect dialect, SessionTables tables,
			String events) throws SQLException {
		WallClockSql sql = new WallClockSql(dialect);
		SightingCollector sightings = new SightingCollector(dialect == DatabaseDialect.SQLITE);
		Samples samples = new Samples();
		try (ReadTransaction reading = ReadTransaction.begin(connection);
				PreparedStatement statement = sql.stream(connection, perSession(sql, tables, events));
				ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				long first = sql.read(rows, 3);
				long last = sql.read(rows, 4);
				if (first != StoredTimes.NONE && last != StoredTimes.NONE) {
					sightings.add(sql.read(rows, 1), sql.read(rows, 2), first, last);
					samples.add(first, last);
				}
			}
		}
		long[] hours = hours(connection, sql, events);
		if (samples.times.isEmpty() && hours.length > 0) {
			samples.add(hours[0] * HOUR, hours[hours.length - 1] * HOUR);
		}
		return new WriterClockEvidence(dialect == DatabaseDialect.SQLITE, sightings.sightings(), sightings.bounds(),
				hours, List.copyOf(samples.times));
	}

	private static String perSession(WallClockSql sql, SessionTables tables, String events) {
		DatabaseDialect dialect = sql.dialect();
		String app = dialect.quote("app_name");
		String user = dialect.quote("user_id");
		String session = dialect.quote("session_id");
		String key = app + ", " + user + ", " + session;
		return "SELECT " + sql.time("s." + dialect.quote("create_time")) + ", "
				+ sql.time("s." + dialect.quote("update_time")) + ", " + sql.time("e.first_time") + ", "
				+ sql.time("e.last_time") + " FROM (SELECT " + key + ", min(" + sql.timestamp()
				+ ") AS first_time, max(" + sql.timestamp() + ") AS last_time FROM " + events + " WHERE "
				+ sql.isNaive() + " GROUP BY " + key + ") e JOIN " + tables.sql(SessionTable.SESSIONS, dialect)
				+ " s ON s." + app + " = e." + app + " AND s." + user + " = e." + user + " AND s." + dialect.quote("id")
				+ " = e." + session;
	}

	private static long[] hours(Connection connection, WallClockSql sql, String events) throws SQLException {
		String query = "SELECT " + sql.hourStart("h.hour") + " FROM (SELECT DISTINCT " + sql.hour() + " AS hour FROM "
				+ events + " WHERE " + sql.isNaive() + ") h";
		long[] hours = new long[1024];
		int count = 0;
		try (PreparedStatement statement = sql.stream(connection, query); ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				long wallMicros = sql.read(rows, 1);
				if (wallMicros == StoredTimes.NONE) {
					continue;
				}
				if (count == hours.length) {
					hours = Arrays.copyOf(hours, 2 * count);
				}
				hours[count++] = Math.floorDiv(wallMicros, HOUR);
			}
		}
		long[] found = Arrays.copyOf(hours, count);
		Arrays.sort(found);
		return found;
	}

	/** The oldest and the newest time, and the first other one that was seen. */
	private static final class Samples {

		private static final int MOST = 3;

		private final TreeSet<Long> times = new TreeSet<>();

		void add(long first, long last) {
			add(first);
			add(last);
		}

		private void add(long time) {
			if (this.times.size() < MOST || time < this.times.first() || time > this.times.last()) {
				this.times.add(time);
			}
			if (this.times.size() > MOST) {
				this.times.remove(time == this.times.first() ? this.times.higher(time) : this.times.lower(time));
			}
		}

	}

}
