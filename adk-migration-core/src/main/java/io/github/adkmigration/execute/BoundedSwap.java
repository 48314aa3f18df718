package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;

/**
 * A swap that gives up when others keep it from the tables for too long. MariaDB would
 * wait for a day by itself and MySQL for a year, with every application behind us in the
 * queue. A shorter time-out of the user stays.
 */
final class BoundedSwap implements TableSwap {

	private static final int LOCK_WAIT_TIME_OUT = 1205;

	private final TableSwap swap;

	private final String events;

	private final Duration timeout;

	BoundedSwap(TableSwap swap, String events, Duration timeout) {
		this.swap = swap;
		this.events = events;
		this.timeout = timeout;
	}

	@Override
	public Swapped swap(Connection connection, LockedWork work) throws SQLException {
		try (Statement statement = connection.createStatement(); SessionLimit limit = limit(statement)) {
			try {
				return this.swap.swap(connection, work);
			}
			catch (SQLException ex) {
				if (ex.getErrorCode() != LOCK_WAIT_TIME_OUT) {
					throw ex;
				}
				throw new MigrationException(MigrationErrorCode.FAILED,
						"Other sessions kept the table " + this.events + " busy for " + limit.seconds()
								+ " s, so that the converted events could not take its place.",
						"End long transactions on it, which information_schema.innodb_trx lists, and start again; the conversion is kept.",
						ex);
			}
		}
	}

	private SessionLimit limit(Statement statement) throws SQLException {
		long before;
		try (ResultSet row = statement.executeQuery("SELECT @@session.lock_wait_timeout")) {
			row.next();
			before = row.getLong(1);
		}
		SessionLimit limit = new SessionLimit(statement, before,
				Math.min(before, Math.max(1, this.timeout.toSeconds())));
		limit.set(limit.seconds());
		return limit;
	}

	/**
	 * How long the session waits for a table.
	 *
	 * @param statement to set it with
	 * @param before what it was
	 * @param seconds what it is
	 */
	private record SessionLimit(Statement statement, long before, long seconds) implements AutoCloseable {

		void set(long value) throws SQLException {
			this.statement.execute("SET SESSION lock_wait_timeout = " + value);
		}

		@Override
		public void close() throws SQLException {
			set(this.before);
		}

	}

}
