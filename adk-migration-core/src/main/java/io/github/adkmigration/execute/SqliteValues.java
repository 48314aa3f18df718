package io.github.adkmigration.execute;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.LayoutFamily;

/**
 * Says in SQL what a value of the sessions and states of another layout is in head, whose
 * times are texts in UTC with six digits, and back.
 */
final class SqliteValues {

	private static final DatabaseDialect DIALECT = DatabaseDialect.SQLITE;

	/** What a time is that nobody has set. */
	private static final String NEVER = "'1970-01-01 00:00:00.000000'";

	private final LayoutFamily source;

	SqliteValues(LayoutFamily source) {
		this.source = source;
	}

	/**
	 * Return what stands in head for a column of the old table.
	 * @param column the column
	 * @param qualifier what stands before its name
	 */
	String toHead(Catalog.Column column, String qualifier) {
		String quoted = qualifier + DIALECT.quote(column.name());
		if (this.source == LayoutFamily.GO) {
			return time(column) ? fromGo(quoted)
					: column.name().equals("state") ? "COALESCE(" + quoted + ", '{}')" : quoted;
		}
		if (this.source == LayoutFamily.JS) {
			return time(column) ? fromMillis(quoted) : column.name().equals("state") ? lasting(quoted) : quoted;
		}
		if (this.source == LayoutFamily.HYBRID) {
			return time(column) ? "CASE WHEN " + quoted + " IS NULL THEN " + NEVER + " ELSE " + fromAny(quoted) + " END"
					: column.name().equals("state") ? "COALESCE(" + quoted + ", '{}')" : quoted;
		}
		return time(column) ? fromAny(quoted) : quoted;
	}

	/**
	 * Return what stands in the old table for a column of head, whose table is called
	 * {@code n}.
	 * @param column the column of the old table
	 */
	String toSource(Catalog.Column column) {
		String quoted = "n." + DIALECT.quote(column.name());
		if (!time(column)) {
			return quoted;
		}
		if (this.source == LayoutFamily.GO) {
			return quoted + " || '+00:00'";
		}
		if (this.source == LayoutFamily.JS) {
			return "CAST(strftime('%s', substr(" + quoted + ", 1, 19)) AS INTEGER) * 1000 + CAST(substr(" + quoted
					+ " || '.000', 21, 3) AS INTEGER)";
		}
		return column.type().equals("real") ? "CAST(strftime('%s', substr(" + quoted
				+ ", 1, 19)) AS INTEGER) + CAST('0' || substr(" + quoted + ", 20) AS REAL)" : quoted;
	}

	private static boolean time(Catalog.Column column) {
		return column.name().equals("create_time") || column.name().equals("update_time");
	}

	/**
	 * What adk-python writes, and what others write into its tables, each row by its own
	 * kind.
	 */
	private static String fromAny(String quoted) {
		return "CASE WHEN typeof(" + quoted + ") = 'text' THEN " + fromGo(quoted) + " WHEN " + quoted
				+ " >= 100000000000 THEN " + fromMillis(quoted) + " ELSE " + fromSeconds(quoted) + " END";
	}

	/**
	 * Times of SqliteSessionService are numbers, in seconds since 1970.
	 */
	private static String fromSeconds(String quoted) {
		return fromNumber(quoted, quoted + " * 1000000", 1_000_000, "%06d");
	}

	/**
	 * Times of adk-js are numbers, in milliseconds since 1970.
	 */
	private static String fromMillis(String quoted) {
		return fromNumber(quoted, quoted, 1000, "%03d000");
	}

	private static String fromNumber(String quoted, String units, int perSecond, String format) {
		String whole = "CAST(round(" + units + ") AS INTEGER)";
		// The remainder of a time before 1970 is negative.
		String fraction = "((" + whole + " % " + perSecond + " + " + perSecond + ") % " + perSecond + ")";
		return "CASE WHEN typeof(" + quoted + ") IN ('real', 'integer') THEN strftime('%Y-%m-%d %H:%M:%S', (" + whole
				+ " - " + fraction + ") / " + perSecond + ", 'unixepoch') || printf('." + format + "', " + fraction
				+ ") ELSE " + quoted + " END";
	}

	/**
	 * adk-js before 1.3.0 kept keys that were meant for one call. A patch with null
	 * removes them and nothing else.
	 */
	private static String lasting(String quoted) {
		String temporary = " FROM json_each(" + quoted + ") WHERE substr(key, 1, 5) = 'temp:'";
		return "CASE WHEN NOT json_valid(" + quoted + ") THEN " + quoted + " WHEN EXISTS (SELECT 1" + temporary
				+ ") THEN json_patch(" + quoted + ", (SELECT json_group_object(key, NULL)" + temporary + ")) ELSE "
				+ quoted + " END";
	}

	/**
	 * Times of adk-go are texts that end in an offset. A time that it has not set is in
	 * the year 1.
	 */
	private static String fromGo(String quoted) {
		String instant = "strftime('%Y-%m-%d %H:%M:%S', substr(" + quoted + ", 1, 19) || substr(" + quoted + ", -6))"
				+ " || '.' || substr(substr(" + quoted + ", 21, max(length(" + quoted
				+ ") - 26, 0)) || '000000', 1, 6)";
		return "CASE WHEN " + quoted + " IS NULL OR substr(" + quoted + ", 1, 4) = '0001' THEN " + NEVER + " WHEN "
				+ quoted + " GLOB '*[+-][0-9][0-9]:[0-9][0-9]' THEN " + instant + " ELSE " + quoted + " END";
	}

}
