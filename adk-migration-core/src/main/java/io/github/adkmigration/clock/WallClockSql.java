package io.github.adkmigration.clock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * How each dialect gives a naive time as wall-clock microseconds, untouched by the zones
 * of the JVM, of the driver and of the database session.
 */
record WallClockSql(DatabaseDialect dialect) {

	private static final int ROWS_PER_ROUND_TRIP = 1000;

	String timestamp() {
		return this.dialect.quote("timestamp");
	}

	/** A condition that holds for rows with a naive time, and for hardly any other. */
	String isNaive() {
		String column = timestamp();
		return switch (this.dialect) {
			case SQLITE -> "typeof(" + column + ") = 'text' AND length(" + column + ") BETWEEN 19 AND 29 AND substr("
					+ column + ", 20, 1) IN ('', '.') AND instr(" + column + ", '+') = 0 AND instr(substr(" + column
					+ ", 20), '-') = 0";
			case POSTGRESQL -> "isfinite(" + column + ")";
			case MYSQL, MARIADB, H2 -> column + " IS NOT NULL";
		};
	}

	/** A naive time as this class reads it back. */
	String time(String expression) {
		return switch (this.dialect) {
			case SQLITE -> expression;
			case POSTGRESQL -> "(extract(epoch from " + expression + ") * 1000000)::bigint";
			case MYSQL, MARIADB -> "TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', " + expression + ")";
			case H2 -> "DATEDIFF(MICROSECOND, TIMESTAMP '1970-01-01 00:00:00', " + expression + ")";
		};
	}

	/**
	 * The wall-clock hour of the event, in a form that is cheap to make for every row.
	 */
	String hour() {
		return switch (this.dialect) {
			case SQLITE -> "substr(" + timestamp() + ", 1, 13)";
			case POSTGRESQL -> "date_trunc('hour', " + timestamp() + ")";
			case MYSQL, MARIADB ->
				"FLOOR(TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', " + timestamp() + ") / 3600) * 3600000000";
			case H2 -> "DATEDIFF(HOUR, TIMESTAMP '1970-01-01 00:00:00', " + timestamp() + ") * 3600000000";
		};
	}

	/** An {@link #hour()} as this class reads it back. */
	String hourStart(String hour) {
		return switch (this.dialect) {
			case SQLITE -> hour + " || ':00:00'";
			case POSTGRESQL -> time(hour);
			case MYSQL, MARIADB, H2 -> hour;
		};
	}

	/** A naive time for comparison with the column. */
	String literal(long wallMicros) {
		String text = LocalZone.wall(wallMicros).toString().replace('T', ' ');
		String padded = text.length() == 16 ? text + ":00" : text;
		return this.dialect == DatabaseDialect.SQLITE ? "'" + padded + "'" : "TIMESTAMP '" + padded + "'";
	}

	/** What the rows of a session are ordered by to give the order in which they came. */
	String arrival() {
		return switch (this.dialect) {
			case SQLITE -> "rowid";
			case POSTGRESQL -> "ctid";
			case MYSQL, MARIADB, H2 -> timestamp() + ", " + this.dialect.quote("id");
		};
	}

	boolean keepsArrival() {
		return this.dialect == DatabaseDialect.SQLITE || this.dialect == DatabaseDialect.POSTGRESQL;
	}

	PreparedStatement stream(Connection connection, String sql) throws SQLException {
		PreparedStatement statement = connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY,
				ResultSet.CONCUR_READ_ONLY);
		String driver = connection.getMetaData().getDriverName().toLowerCase(Locale.ROOT);
		// Connector/J keeps the whole result in memory for any other fetch size.
		statement.setFetchSize(driver.contains("mysql connector") ? Integer.MIN_VALUE : ROWS_PER_ROUND_TRIP);
		return statement;
	}

	/** Read a naive time, or on SQLite an instant as UTC. */
	long read(ResultSet rows, int column) throws SQLException {
		if (this.dialect == DatabaseDialect.SQLITE) {
			String text = rows.getString(column);
			if (text == null) {
				return StoredTimes.NONE;
			}
			long wall = StoredTimes.wallMicros(text);
			return wall != StoredTimes.NONE ? wall : StoredTimes.instantMicros(text);
		}
		long value = rows.getLong(column);
		return rows.wasNull() ? StoredTimes.NONE : value;
	}

}
