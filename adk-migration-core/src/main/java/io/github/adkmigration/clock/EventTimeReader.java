package io.github.adkmigration.clock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.clock.UtcColumn.Agreement;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.EventTimes;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Reads V1 events and counts those whose time column is not the instant of their JSON in
 * UTC. The database is only read, as a stream.
 *
 * @since 0.1.0
 */
public final class EventTimeReader {

	/** How many events are looked at where nobody wants to know it of all. */
	public static final long MOST = 1_000_000;

	/** A row may hold megabytes. */
	private static final int ROWS_PER_ROUND_TRIP = 50;

	private final Connection connection;

	private final WallClockSql sql;

	private final SessionTables tables;

	private final UtcColumn column;

	/**
	 * Create a reader.
	 * @param connection any connection to the database
	 * @param dialect its dialect
	 * @param tables the names of the tables
	 * @param events the table of events, which has V1's columns
	 */
	public EventTimeReader(Connection connection, DatabaseDialect dialect, SessionTables tables, Catalog.Table events) {
		this.connection = connection;
		this.sql = new WallClockSql(dialect);
		this.tables = tables;
		this.column = UtcColumn.of(dialect, events);
	}

	/**
	 * Count.
	 * @param most how many events to look at, from 1
	 * @return the counts
	 * @throws SQLException if the database refuses the query
	 */
	public EventTimes count(long most) throws SQLException {
		return read(most, false);
	}

	/**
	 * Return whether some event has another time. Nothing is read behind the first.
	 * @return whether there is one that could be set to UTC
	 * @throws SQLException if the database refuses the query
	 */
	public boolean anyOther() throws SQLException {
		return read(Long.MAX_VALUE, true).notUtc() > 0;
	}

	private EventTimes read(long most, boolean stopAtFirst) throws SQLException {
		long looked = 0;
		long notUtc = 0;
		long unreadable = 0;
		boolean complete = true;
		List<String> keys = new ArrayList<>();
		try (ReadTransaction reading = ReadTransaction.begin(this.connection);
				PreparedStatement statement = this.sql.stream(this.connection, query())) {
			if (statement.getFetchSize() > ROWS_PER_ROUND_TRIP) {
				statement.setFetchSize(ROWS_PER_ROUND_TRIP);
			}
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					if (looked == most) {
						complete = false;
						break;
					}
					looked++;
					Agreement agreement = compare(row);
					if (agreement == Agreement.OTHER) {
						notUtc++;
						if (stopAtFirst) {
							break;
						}
					}
					else if (agreement == Agreement.UNREADABLE && unreadable++ < EventTimes.MOST_KEYS) {
						keys.add(
								EventTimes.key(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
					}
				}
			}
		}
		return new EventTimes(looked, complete, notUtc, unreadable, keys);
	}

	private Agreement compare(ResultSet row) throws SQLException {
		boolean text = this.sql.dialect() == DatabaseDialect.SQLITE;
		return this.column.compare(this.column.instant(row.getString(6)), text ? row.getObject(5) : null,
				text ? StoredTimes.NONE : this.sql.read(row, 5));
	}

	private String query() {
		DatabaseDialect dialect = this.sql.dialect();
		String time = this.sql.timestamp();
		String json = dialect.quote("event_data");
		if (dialect == DatabaseDialect.POSTGRESQL) {
			time = "CASE WHEN isfinite(" + time + ") THEN " + this.sql.time(time) + " END";
			// The rest of a large event need not come over the wire.
			json = "jsonb_build_object('timestamp', CAST(" + json + " AS jsonb) -> 'timestamp')";
		}
		else if (dialect != DatabaseDialect.SQLITE) {
			time = this.sql.time(time);
		}
		return "SELECT " + dialect.quote("id") + ", " + dialect.quote("app_name") + ", " + dialect.quote("user_id")
				+ ", " + dialect.quote("session_id") + ", " + time + ", " + json + " FROM "
				+ this.tables.sql(SessionTable.EVENTS, dialect);
	}

}
