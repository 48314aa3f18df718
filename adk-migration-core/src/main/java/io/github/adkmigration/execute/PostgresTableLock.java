package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Keeps applications out of the session tables for the swap. Whoever holds what we want
 * may want what we hold, and everybody else queues up behind a lock that is waited for:
 * so each try is shorter than the time after which PostgreSQL looks for a deadlock, which
 * an application would pay for, and between two tries the way is free.
 */
final class PostgresTableLock {

	private static final DatabaseDialect DIALECT = DatabaseDialect.POSTGRESQL;

	private static final Duration TRY = Duration.ofMillis(500);

	/** A lock time-out, ours or that of the user, and a deadlock. */
	private static final Set<String> BUSY = Set.of("55P03", "40P01");

	private final List<String> locks;

	private final String events;

	private final Duration timeout;

	/**
	 * Create a lock.
	 * @param tables names of the target
	 * @param locks the statements that take it
	 * @param timeout for how long it is tried
	 */
	PostgresTableLock(SessionTables tables, List<String> locks, Duration timeout) {
		this.locks = locks;
		this.events = tables.name(SessionTable.EVENTS);
		this.timeout = timeout;
	}

	/**
	 * Return what keeps applications out of tables whose events give their name to
	 * others.
	 */
	static List<String> swapped(SessionTables tables) {
		// The strongest lock on events at once: to ask for it later could deadlock with a
		// reader that writes.
		return List.of(written(tables),
				"LOCK TABLE " + tables.sql(SessionTable.EVENTS, DIALECT) + " IN ACCESS EXCLUSIVE MODE");
	}

	/**
	 * Return what keeps applications out of tables of other names. Nobody uses the new
	 * tables yet.
	 * @param handedOver whether the old ones are renamed, and not only read
	 */
	static List<String> beside(SessionTables fresh, BesideTables source, boolean handedOver) {
		return List.of(written(fresh), "LOCK TABLE "
				+ source.tables().stream().map((name) -> fresh.qualify(name, DIALECT)).collect(Collectors.joining(", "))
				+ " IN " + (handedOver ? "ACCESS EXCLUSIVE" : "SHARE") + " MODE");
	}

	/** An application that appends an event writes to its tables in this order. */
	private static String written(SessionTables tables) {
		return "LOCK TABLE " + Stream.of(SessionTable.APP_STATES, SessionTable.USER_STATES, SessionTable.SESSIONS)
			.map((table) -> tables.sql(table, DIALECT))
			.collect(Collectors.joining(", ")) + " IN SHARE ROW EXCLUSIVE MODE";
	}

	/**
	 * Take the locks for the transaction that begins with this.
	 * @param connection a connection not in auto-commit mode, without a transaction
	 */
	void acquire(Connection connection) throws SQLException {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		while (!tryAcquire(connection)) {
			if (System.nanoTime() > deadline) {
				throw new MigrationException(MigrationErrorCode.FAILED,
						"Other sessions kept the table " + this.events + " busy for " + this.timeout.toSeconds()
								+ " s, so that the converted events could not take its place.",
						"End long transactions on it, which pg_stat_activity lists, and start again; the conversion is kept.");
			}
			pause();
		}
	}

	private boolean tryAcquire(Connection connection) throws SQLException {
		// Nothing here may take a snapshot before the locks are held.
		try (Statement statement = connection.createStatement()) {
			String before;
			try (ResultSet row = statement.executeQuery("SHOW lock_timeout")) {
				row.next();
				before = row.getString(1);
			}
			statement.execute("SET LOCAL lock_timeout = " + TRY.toMillis());
			for (String lock : this.locks) {
				statement.execute(lock);
			}
			statement.execute("SET LOCAL lock_timeout = '" + before + "'");
			return true;
		}
		catch (SQLException ex) {
			if (!BUSY.contains(String.valueOf(ex.getSQLState()))) {
				throw ex;
			}
			connection.rollback();
			return false;
		}
	}

	private static void pause() {
		try {
			Thread.sleep(TRY.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new MigrationException(MigrationErrorCode.FAILED,
					"The process was asked to stop while it waited for the table of events.",
					"Start the migration again; it goes on where it stopped.", ex);
		}
	}

}
