package io.github.adkmigration.clock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of repeated hours, with their neighbours of the six hours before and
 * after, and decides which were in the second pass.
 *
 * <p>
 * The order of the conversation is the order of insertion where the database keeps one:
 * rowid on SQLite, ctid on PostgreSQL. MySQL and MariaDB keep none; there it is time and
 * id, with each invocation in one piece. On SQLite {@code update_time} says in which pass
 * the newest event was, where it holds that event's time.
 *
 * @since 0.1.0
 */
public final class OverlapReader {

	/** The most second-pass events that are told apart; about 20 MB. */
	public static final int LIMIT = 100_000;

	private static final long HOUR = 3_600_000_000L;

	private final Connection connection;

	private final WallClockSql sql;

	private final SessionTables tables;

	private final String events;

	private final LocalZone zone;

	private final Set<RowKey> secondPass = new HashSet<>();

	private long repeated;

	private long unresolved;

	private OverlapReader(Connection connection, DatabaseDialect dialect, SessionTables tables, String events,
			LocalZone zone) {
		this.connection = connection;
		this.sql = new WallClockSql(dialect);
		this.tables = tables;
		this.events = events;
		this.zone = zone;
	}

	/**
	 * Resolve all repeated hours that hold events. Nothing is written. A session with
	 * more than {@link #LIMIT} events around one repeated hour, and every one after that
	 * many second-pass events were found, counts as first pass and as unresolved.
	 * @param connection a connection to the database
	 * @param dialect its dialect
	 * @param tables the names of the tables
	 * @param zone the writer's zone
	 * @param utcSince from when on rows hold UTC, or {@code null} for never
	 * @param evidence what {@link WriterClockReader} read of the same rows
	 * @return which events were in the second pass
	 * @throws SQLException if the database refuses a query
	 */
	public static OverlapResolution read(Connection connection, DatabaseDialect dialect, SessionTables tables,
			LocalZone zone, @Nullable Instant utcSince, WriterClockEvidence evidence) throws SQLException {
		return read(connection, dialect, tables, tables.sql(SessionTable.EVENTS, dialect), zone, utcSince, evidence);
	}

	/**
	 * Resolve all repeated hours of another table of events, such as a kept one.
	 * @param connection a connection to the database
	 * @param dialect its dialect
	 * @param tables the names of the tables
	 * @param events the table of events as it stands in a statement
	 * @param zone the writer's zone
	 * @param utcSince from when on rows hold UTC, or {@code null} for never
	 * @param evidence what {@link WriterClockReader} read of the same rows
	 * @return which events were in the second pass
	 * @throws SQLException if the database refuses a query
	 */
	public static OverlapResolution read(Connection connection, DatabaseDialect dialect, SessionTables tables,
			String events, LocalZone zone, @Nullable Instant utcSince, WriterClockEvidence evidence)
			throws SQLException {
		long[] hours = evidence.eventHours();
		if (hours.length == 0) {
			return OverlapResolution.NONE;
		}
		long since = utcSince == null ? Long.MAX_VALUE : LocalTimes.micros(utcSince);
		OverlapReader reader = new OverlapReader(connection, dialect, tables, events, zone);
		List<long[]> ranges = zone.repeated(hours[0] * HOUR, (hours[hours.length - 1] + 1) * HOUR)
			.stream()
			.filter((range) -> range[0] < since && holdsEvents(hours, range))
			.toList();
		if (!ranges.isEmpty()) {
			try (ReadTransaction reading = ReadTransaction.begin(connection)) {
				reader.read(ranges, since);
			}
		}
		return new OverlapResolution(reader.secondPass, reader.repeated, reader.unresolved);
	}

	private static boolean holdsEvents(long[] hours, long[] range) {
		for (long hour : hours) {
			if (hour * HOUR < range[1] && (hour + 1) * HOUR > range[0]) {
				return true;
			}
		}
		return false;
	}

	private void read(List<long[]> ranges, long since) throws SQLException {
		RowKey open = null;
		List<RepeatedHour> session = List.of();
		long rowsOfSession = 0;
		try (PreparedStatement statement = this.sql.stream(this.connection, query(ranges, since));
				ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				RowKey key = new RowKey(text(rows, 1), text(rows, 2), text(rows, 3), text(rows, 4));
				long wallMicros = this.sql.read(rows, 6);
				if (wallMicros == StoredTimes.NONE) {
					continue;
				}
				if (open == null || !open.sameSession(key)) {
					resolve(session);
					session = ranges.stream().map((range) -> new RepeatedHour(range[0], range[1])).toList();
					rowsOfSession = 0;
				}
				open = key;
				if (++rowsOfSession > LIMIT) {
					this.unresolved++;
					continue;
				}
				RepeatedHour.Row row = new RepeatedHour.Row(key, wallMicros, text(rows, 5));
				session.forEach((hour) -> hour.add(row));
			}
		}
		resolve(session);
	}

	private static String text(ResultSet rows, int column) throws SQLException {
		String value = rows.getString(column);
		return value == null ? "" : value;
	}

	private String query(List<long[]> ranges, long since) {
		DatabaseDialect dialect = this.sql.dialect();
		String session = dialect.quote("app_name") + ", " + dialect.quote("user_id") + ", "
				+ dialect.quote("session_id");
		String windows = ranges.stream()
			.map((range) -> this.sql.timestamp() + " >= " + this.sql.literal(range[0] - RepeatedHour.NEIGHBOURS)
					+ " AND " + this.sql.timestamp() + " < "
					+ this.sql.literal(Math.min(range[1] + RepeatedHour.NEIGHBOURS, since)))
			.collect(Collectors.joining(" OR "));
		return "SELECT " + dialect.quote("id") + ", " + session + ", " + dialect.quote("invocation_id") + ", "
				+ this.sql.time(this.sql.timestamp()) + " FROM " + this.events + " WHERE (" + windows + ") AND "
				+ this.sql.isNaive() + " ORDER BY " + session + ", " + this.sql.arrival();
	}

	private void resolve(List<RepeatedHour> session) throws SQLException {
		for (RepeatedHour hour : session) {
			if (hour.size() > 0) {
				resolve(hour);
			}
		}
	}

	private void resolve(RepeatedHour hour) throws SQLException {
		this.repeated += hour.size();
		if (!this.sql.keepsArrival()) {
			hour.orderByInvocation();
		}
		List<RepeatedHour.Row> second = hour.secondPass(newestIsSecond(hour.newest()));
		if (this.secondPass.size() + second.size() > LIMIT) {
			this.unresolved += hour.size();
			return;
		}
		second.forEach((row) -> this.secondPass.add(row.key()));
	}

	private @Nullable Boolean newestIsSecond(RepeatedHour.@Nullable Row newest) throws SQLException {
		DatabaseDialect dialect = this.sql.dialect();
		if (newest == null || dialect != DatabaseDialect.SQLITE) {
			return null;
		}
		String query = "SELECT " + dialect.quote("update_time") + " FROM "
				+ this.tables.sql(SessionTable.SESSIONS, dialect) + " WHERE " + dialect.quote("app_name") + " = ? AND "
				+ dialect.quote("user_id") + " = ? AND " + dialect.quote("id") + " = ?";
		try (PreparedStatement statement = this.connection.prepareStatement(query)) {
			statement.setString(1, newest.key().app());
			statement.setString(2, newest.key().user());
			statement.setString(3, newest.key().session());
			try (ResultSet rows = statement.executeQuery()) {
				if (!rows.next()) {
					return null;
				}
				long updated = this.sql.read(rows, 1);
				if (updated == this.zone.epochMicros(newest.wallMicros(), true)) {
					return true;
				}
				return updated == this.zone.epochMicros(newest.wallMicros(), false) ? false : null;
			}
		}
	}

}
