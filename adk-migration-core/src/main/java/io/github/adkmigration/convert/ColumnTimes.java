package io.github.adkmigration.convert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * Reads a time column without a zone having a say.
 */
final class ColumnTimes {

	private static final long MICROS = 1_000_000;

	private ColumnTimes() {
	}

	/**
	 * Return what to select so that {@link #read} can read it.
	 * @param expression the column, or what a statement makes of one
	 */
	static String select(DatabaseDialect dialect, String expression) {
		// A zero date has no place in java.time, so MySQL hands over text.
		return dialect.mysqlFamily() ? "CAST(" + expression + " AS CHAR)" : expression;
	}

	/**
	 * Return what to select of a column that may hold instants.
	 * @param zoned whether it does, on a database that would hand them over in the zone
	 * of the session
	 */
	static String select(DatabaseDialect dialect, String column, boolean zoned) {
		return zoned ? "(" + column + " AT TIME ZONE 'UTC')" : select(dialect, column);
	}

	/**
	 * Return whether a column holds instants that the database hands over in the zone of
	 * the session. MySQL's TIMESTAMP is read in a session whose zone is UTC.
	 */
	static boolean zoned(Catalog.Table table, String column) {
		return table.column(column).filter((found) -> found.type().startsWith("timestamptz")).isPresent();
	}

	/**
	 * Read a time.
	 * @return a {@link LocalDateTime}, or what a text column holds
	 */
	static @Nullable Object read(ResultSet row, int column, DatabaseDialect dialect) throws SQLException {
		return switch (dialect) {
			case POSTGRESQL, H2 -> row.getObject(column, LocalDateTime.class);
			case SQLITE, MYSQL, MARIADB -> row.getObject(column);
		};
	}

	/**
	 * Return a time without a zone as microseconds, as if it were UTC.
	 * @param time what {@link #read} returned
	 * @return {@link StoredTimes#NONE} for anything else
	 */
	static long wallMicros(@Nullable Object time) {
		if (time instanceof LocalDateTime local) {
			if (local.equals(LocalDateTime.MAX) || local.equals(LocalDateTime.MIN)) {
				return StoredTimes.NONE;
			}
			return local.toEpochSecond(ZoneOffset.UTC) * MICROS + local.getNano() / 1000;
		}
		return time instanceof String text ? StoredTimes.wallMicros(text) : StoredTimes.NONE;
	}

}
