package io.github.adkmigration.failure;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says what an {@link SQLException} means, by its SQLSTATE and vendor code. Messages of
 * drivers are cut to their first line and never hold a URL.
 *
 * @since 0.1.0
 */
public final class SqlFailures {

	private static final int MYSQL_ACCESS_DENIED = 1045;

	/**
	 * Of MySQL those for a database, for a table and for what only an administrator may,
	 * and that of H2.
	 */
	private static final Set<Integer> RIGHTS = Set.of(1044, 1142, 1227, 90096);

	/** An unknown database, a statement that was killed and a session that was. */
	private static final Set<Integer> MYSQL_GONE = Set.of(1049, 1317, 1927);

	/** Lock wait, execution time of a SELECT, and MariaDB's for any statement. */
	private static final Set<Integer> MYSQL_TIME_OUT = Set.of(1205, 3024, 1969);

	/** A full disk, a full table, and MySQL's for a table that is being made. */
	private static final Set<Integer> MYSQL_FULL = Set.of(1021, 1114, 3675);

	/** A write to a file and a storage engine, which fail for other reasons too. */
	private static final Set<Integer> MYSQL_WRITE = Set.of(3, 1026, 1030);

	/** The operating system's number for a full disk, in MariaDB's words. */
	private static final Pattern NO_SPACE = Pattern.compile("(Errcode:|errno:|error) 28\\b");

	/** A time-out of a statement, and one of a lock. */
	private static final Set<String> POSTGRESQL_TIME_OUT = Set.of("57014", "55P03");

	/** A transaction rolled back, of any database, and PostgreSQL's deadlock. */
	private static final Set<String> VICTIM = Set.of("40001", "40P01");

	/** A statement, and the result of a function. */
	private static final Set<Integer> MYSQL_TOO_LARGE = Set.of(1153, 1301);

	private static final int MYSQL_DEADLOCK = 1213;

	private static final String POSTGRESQL_FULL = "53100";

	private static final int SQLITE_BUSY = 5;

	private static final int SQLITE_READONLY = 8;

	private static final int SQLITE_FULL = 13;

	/** The extended codes of SQLite hold it in their last byte. */
	private static final int SQLITE_PRIMARY_CODE = 0xff;

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
		if (lacksRight(ex)) {
			return new MigrationException(MigrationErrorCode.MISSING_RIGHTS,
					"The database user lacks a right for " + doing + ": " + firstLine(ex),
					"Grant it, or name a user that has it with adk.migration.user.", ex);
		}
		if (refused(ex)) {
			return new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE,
					"The database refused the user while " + doing + ".",
					"Check the user name and the password of the data source.", ex);
		}
		if (tooLarge(ex)) {
			return new MigrationException(MigrationErrorCode.FAILED,
					"Something larger than max_allowed_packet was to be sent or read while " + doing + ": "
							+ firstLine(ex),
					"Raise max_allowed_packet on the server, and maxAllowedPacket in the URL if it is set there, to twice"
							+ " the size of the largest row, and start again; the run goes on where it stopped.",
					ex);
		}
		if (gone(ex)) {
			return new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE,
					"The database did not answer while " + doing + ": " + firstLine(ex),
					"Check that it runs and what ends its connections, and start again; the run goes on where it stopped.",
					ex);
		}
		if (full(ex)) {
			return new MigrationException(MigrationErrorCode.FAILED,
					"The database had no space left while " + doing + ": " + firstLine(ex),
					"Make room on its disk, or raise its limit, and start again; the run goes on where it stopped.",
					ex);
		}
		if (timedOut(ex)) {
			return new MigrationException(MigrationErrorCode.FAILED,
					"A time-out of the database struck while " + doing + ": " + firstLine(ex),
					"End what holds the tables, or raise the time-out for the user of the migration, and start again;"
							+ " the run goes on where it stopped.",
					ex);
		}
		if (victim(ex)) {
			return new MigrationException(MigrationErrorCode.FAILED,
					"The database broke off a transaction of ours for another one while " + doing + ": "
							+ firstLine(ex),
					"Start again, at a time with fewer writers if it happens again; the run goes on where it stopped.",
					ex);
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
				if (gone(cause)) {
					return unreachable(cause, ex);
				}
				MigrationException failure = of(cause, "connecting");
				if (failure.code() != MigrationErrorCode.FAILED) {
					return failure;
				}
				deepest = cause;
			}
		}
		return unreachable(deepest, ex);
	}

	private static MigrationException unreachable(SQLException reason, SQLException ex) {
		return new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE,
				"The database did not answer while connecting: " + firstLine(reason),
				"Check that it runs and that host, port and database name (or file) of the data source are right.", ex);
	}

	/**
	 * Return whether the database broke off a transaction because it and another one
	 * waited for each other, or could not be put in an order. All that it did is undone,
	 * and it may be tried again at once.
	 * @param ex what the driver threw
	 * @return whether to try again
	 */
	public static boolean victim(SQLException ex) {
		return VICTIM.contains(state(ex)) || ex.getErrorCode() == MYSQL_DEADLOCK;
	}

	private static boolean lacksRight(SQLException ex) {
		return RIGHTS.contains(ex.getErrorCode()) || state(ex).equals("42501") || sqlite(ex, SQLITE_READONLY);
	}

	private static boolean refused(SQLException ex) {
		return state(ex).startsWith("28") || ex.getErrorCode() == MYSQL_ACCESS_DENIED;
	}

	private static boolean gone(SQLException ex) {
		return state(ex).startsWith("08") || state(ex).startsWith("57P") || state(ex).equals("3D000")
				|| MYSQL_GONE.contains(ex.getErrorCode());
	}

	/** The server says so by its code, both drivers by a class of their own. */
	private static boolean tooLarge(SQLException ex) {
		Throwable cause = ex.getCause();
		return MYSQL_TOO_LARGE.contains(ex.getErrorCode())
				|| ex.getClass().getSimpleName().equals("PacketTooBigException")
				|| cause != null && cause.getClass().getSimpleName().equals("MaxAllowedPacketException");
	}

	private static boolean full(SQLException ex) {
		return state(ex).equals(POSTGRESQL_FULL) || MYSQL_FULL.contains(ex.getErrorCode()) || sqlite(ex, SQLITE_FULL)
				|| (MYSQL_WRITE.contains(ex.getErrorCode()) && NO_SPACE.matcher(firstLine(ex)).find());
	}

	private static boolean timedOut(SQLException ex) {
		return POSTGRESQL_TIME_OUT.contains(state(ex)) || MYSQL_TIME_OUT.contains(ex.getErrorCode())
				|| sqlite(ex, SQLITE_BUSY);
	}

	private static String state(SQLException ex) {
		return ex.getSQLState() == null ? "" : ex.getSQLState();
	}

	private static boolean sqlite(SQLException ex, int code) {
		return (ex.getErrorCode() & SQLITE_PRIMARY_CODE) == code
				&& ex.getClass().getName().toLowerCase(Locale.ROOT).contains("sqlite");
	}

	private static String firstLine(SQLException ex) {
		String message = ex.getMessage() == null ? ex.getClass().getSimpleName() : ex.getMessage();
		String line = URL.matcher(message.lines().findFirst().orElse("")).replaceAll("the URL of the data source");
		return line.substring(0, Math.min(line.length(), LONGEST_MESSAGE));
	}

}
