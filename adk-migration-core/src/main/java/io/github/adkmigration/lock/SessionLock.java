package io.github.adkmigration.lock;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Optional;

import io.github.adkmigration.failure.SqlFailures;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock of the server that belongs to the very session that does the work: when the
 * session ends, for whatever reason, both end together, and the server gives the lock to
 * the next.
 */
final class SessionLock implements LockKind {

	private static final Logger logger = LoggerFactory.getLogger(SessionLock.class);

	private final Connection connection;

	private final SessionLockSql sql;

	SessionLock(Connection connection, SessionLockSql sql) {
		this.connection = connection;
		this.sql = sql;
	}

	@Override
	public Optional<SimpleLock> lock(LockConfiguration configuration) {
		try {
			return ask(this.sql.acquire()) ? Optional.ofNullable(unlessLeased(new Held())) : Optional.empty();
		}
		catch (SQLTimeoutException ex) {
			// A holder with a lease has the tables of MySQL to itself while it swaps.
			return Optional.empty();
		}
		catch (SQLException ex) {
			throw SqlFailures.of(ex, "taking the migration lock");
		}
	}

	/**
	 * Give the lock back if somebody got a lease between the look at it and the lock.
	 * Whoever has a lease looks for us in the same way.
	 */
	private @Nullable Held unlessLeased(Held held) throws SQLException {
		boolean alone = false;
		try {
			alone = !ask(this.sql.leased());
			return alone ? held : null;
		}
		finally {
			if (!alone) {
				held.unlock();
			}
		}
	}

	@Override
	public Holder holder() {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery(this.sql.holder())) {
			if (!row.next()) {
				return leaseHolder();
			}
			String session = row.getString(1);
			String about = row.getString(2);
			String host = row.getString(3);
			return new Holder(
					"session " + session + " of the server" + (host == null ? "" : " from host " + host)
							+ (about == null || about.isEmpty() ? "" : " (" + about + ")"),
					"If it hangs, end it with " + String.format(this.sql.end(), session) + ".");
		}
		catch (SQLException ex) {
			return Holder.UNKNOWN;
		}
	}

	/** A run that cannot trust its session keeps us out by a lease. */
	private Holder leaseHolder() throws SQLException {
		if (!ask(this.sql.leased())) {
			return Holder.UNKNOWN;
		}
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery(this.sql.leaseHolder())) {
			return LeaseLock.holder(row);
		}
	}

	private boolean ask(String query) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setQueryTimeout(LONGEST_WAIT_SECONDS);
			try (ResultSet row = statement.executeQuery(query)) {
				return row.next() && row.getBoolean(1);
			}
		}
	}

	private final class Held implements ProvenLock {

		@Override
		public void assertHeld() {
			boolean held;
			try {
				held = ask(SessionLock.this.sql.held());
			}
			catch (SQLException ex) {
				if (sessionEnded(ex)) {
					throw ProvenLock.lost("ended with the session of the run, which the database no longer answers",
							ex);
				}
				throw SqlFailures.of(ex, "making sure of the migration lock");
			}
			if (!held) {
				throw ProvenLock.lost("is not held by the session in use, which is not the one that took it", null);
			}
		}

		private static boolean sessionEnded(SQLException ex) {
			String state = String.valueOf(ex.getSQLState());
			return ex instanceof SQLNonTransientConnectionException || ex instanceof SQLRecoverableException
					|| state.startsWith("08") || state.startsWith("57P") || state.equals("25P03");
		}

		@Override
		public void unlock() {
			Connection session = SessionLock.this.connection;
			boolean released = false;
			try {
				if (!session.getAutoCommit()) {
					session.rollback();
					session.setAutoCommit(true);
				}
				// A session that has the lock twice keeps it after one release.
				released = ask(SessionLock.this.sql.release()) && !ask(SessionLock.this.sql.held());
			}
			catch (SQLException ex) {
				logger.debug("The session that held the migration lock has ended", ex);
			}
			if (!released) {
				abort(session);
			}
		}

		/** A pool must not get back a session that may still hold the lock. */
		private void abort(Connection session) {
			try {
				session.abort(Runnable::run);
			}
			catch (SQLException ex) {
				logger.warn("The session of the run could not be ended: {}", ex.getClass().getSimpleName());
			}
		}

	}

}
