package io.github.adkmigration.failure;

import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Says what an {@link SQLException} means, by its SQLSTATE and vendor code. Messages of
 * drivers are cut to their first line and never hold a URL.
 *
 * @since 0.1.0
 */
public final class SqlFailures {

	private static final int MYSQL_ACCESS_DENIED = 1045;

	private static final int MYSQL_DATABASE_ACCESS_DENIED = 1044;

	private static final int MYSQL_UNKNOWN_DATABASE = 1049;

	private static final int MYSQL_TABLE_ACCESS_DENIED = 1142;

	private static final int MYSQL_PRIVILEGE = 1227;

	private static final int SQLITE_READONLY = 8;

	private static final int H2_NOT_ENOUGH_RIGHTS = 90096;

	private static final int LONGEST_MESSAGE = 300;

	/** A driver manager repeats the URL that it has no driver for, password included. */
	private static final Pattern URL = Pattern.compile("\\bjdbc:\\S+");

	private SqlFailures() {
	}

	/**
	 * Translate an exception.
	 * @param ex what the driver threw
	 * @param doing what was being done, as in "reading the catalog"
	 * @return the failure to throw
	 */
	public static MigrationException of(SQLException ex, String doing) {
		String state = ex.getSQLState() == null ? "" : ex.getSQLState();
		int code = ex.getErrorCode();
		if (code == MYSQL_TABLE_ACCESS_DENIED || code == MYSQL_PRIVILEGE || code == MYSQL_DATABASE_ACCESS_DENIED
				|| code == H2_NOT_ENOUGH_RIGHTS || state.equals("42501") || sqliteReadOnly(ex, code)) {
			return new MigrationException(MigrationErrorCode.MISSING_RIGHTS,
					"The database user lacks a right for " + doing + ": " + firstLine(ex),
					"Grant it, or name a user that has it with adk.migration.user.", ex);
		}
		if (state.startsWith("28") || code == MYSQL_ACCESS_DENIED) {
			return new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE,
					"The database refused the user while " + doing + ".",
					"Check the user name and the password of the data source.", ex);
		}
		if (state.startsWith("08") || state.equals("3D000") || state.startsWith("57P")
				|| code == MYSQL_UNKNOWN_DATABASE) {
			return unreachable(ex, doing, ex);
		}
		return new MigrationException(MigrationErrorCode.FAILED,
				"The database reported an error while " + doing + ": " + firstLine(ex),
				"Repair the cause and start again; the run goes on where it stopped.", ex);
	}

	/**
	 * Translate an exception that kept a connection from being opened. Pools hide the
	 * reason behind a time-out, so the causes are looked at too.
	 * @param ex what the driver or the pool threw
	 * @return the failure to throw
	 */
	public static MigrationException connecting(SQLException ex) {
		SQLException deepest = ex;
		for (Throwable link = ex; link != null; link = link.getCause()) {
			if (link instanceof SQLException cause) {
				MigrationException failure = of(cause, "connecting");
				if (failure.code() != MigrationErrorCode.FAILED) {
					return failure;
				}
				deepest = cause;
			}
		}
		return unreachable(deepest, "connecting", ex);
	}

	private static MigrationException unreachable(SQLException reason, String doing, SQLException ex) {
		return new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE,
				"The database did not answer while " + doing + ": " + firstLine(reason),
				"Check that it runs and that host, port and database name (or file) of the data source are right.", ex);
	}

	private static boolean sqliteReadOnly(SQLException ex, int code) {
		return code == SQLITE_READONLY && ex.getClass().getName().toLowerCase(Locale.ROOT).contains("sqlite");
	}

	private static String firstLine(SQLException ex) {
		String message = ex.getMessage() == null ? ex.getClass().getSimpleName() : ex.getMessage();
		String line = URL.matcher(message.lines().findFirst().orElse("")).replaceAll("the URL of the data source");
		return line.substring(0, Math.min(line.length(), LONGEST_MESSAGE));
	}

}
