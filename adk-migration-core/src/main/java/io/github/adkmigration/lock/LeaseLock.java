package io.github.adkmigration.lock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.failure.SqlFailures;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import net.javacrumbs.shedlock.provider.sql.DatabaseProduct;
import net.javacrumbs.shedlock.support.LockException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/**
 * A row of ShedLock's table, with the database's own clock. It says who may write; its
 * time only decides when another may take it. So a holder that was stopped for longer
 * than its lease finds the name of another there, in the very transaction that it wants
 * to commit.
 */
final class LeaseLock implements LockKind {

	static final String NAME = "adk-migration";

	private static final Logger logger = LoggerFactory.getLogger(LeaseLock.class);

	private final LeaseConnections connections;

	private final @Nullable SessionLockSql session;

	private final Connection run;

	private final DatabaseDialect dialect;

	private final String table;

	private final String instance;

	private final Duration lease;

	private final LockProvider provider;

	/**
	 * Create the lock.
	 * @param connections where the lease is taken and renewed
	 * @param run the connection of the run
	 * @param dialect its dialect
	 * @param tables names of the target
	 * @param instance unique name of the run
	 * @param lease how long a holder that died keeps others out
	 * @param session the lock that a run with a trustworthy session takes, which keeps us
	 * out too, or {@code null} where there is none
	 */
	LeaseLock(LeaseConnections connections, Connection run, DatabaseDialect dialect, SessionTables tables,
			String instance, Duration lease, @Nullable SessionLockSql session) {
		this.connections = connections;
		this.run = run;
		this.dialect = dialect;
		this.table = tables.sql(BookkeepingTable.LOCK, dialect);
		this.instance = instance;
		this.lease = lease;
		this.session = session;
		JdbcTemplate jdbc = new JdbcTemplate(connections);
		if (session != null) {
			// The holder has the row to itself from the end of a batch to its commit.
			jdbc.setQueryTimeout((int) Math.max(1, Math.min(lease.toSeconds() / 3, LONGEST_WAIT_SECONDS)));
		}
		this.provider = new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
			.withJdbcTemplate(jdbc)
			.withTransactionManager(new SingleStatements())
			.withTableName(this.table)
			.withDatabaseProduct(product(dialect))
			.withLockedByValue(instance)
			.usingDbTime()
			.build());
	}

	/** ShedLock would ask the database, and not notice when that fails. */
	private static DatabaseProduct product(DatabaseDialect dialect) {
		return switch (dialect) {
			case POSTGRESQL -> DatabaseProduct.POSTGRES_SQL;
			case MYSQL -> DatabaseProduct.MY_SQL;
			case MARIADB -> DatabaseProduct.MARIA_DB;
			case H2 -> DatabaseProduct.H2;
			case SQLITE -> throw new IllegalStateException("SQLite has a lock of its own");
		};
	}

	@Override
	public Optional<SimpleLock> lock(LockConfiguration configuration) {
		try {
			if (sessionLocked()) {
				return Optional.empty();
			}
			Optional<SimpleLock> acquired = this.provider.lock(configuration);
			if (acquired.isEmpty()) {
				return acquired;
			}
			// Whoever took the session's lock meanwhile looks for our row in the same
			// way.
			if (sessionLocked()) {
				acquired.get().unlock();
				return Optional.empty();
			}
			return Optional.of(held(acquired.get()));
		}
		catch (SQLException ex) {
			throw SqlFailures.of(ex, "taking the migration lock");
		}
		catch (LockException | TransactionException | DataAccessException ex) {
			if (onlyWaited(ex)) {
				return Optional.empty();
			}
			throw failure(ex);
		}
	}

	private ProvenLock held(SimpleLock acquired) {
		try {
			this.connections.leaveRun();
		}
		catch (SQLException ex) {
			acquired.unlock();
			throw new MigrationException(MigrationErrorCode.LOCK_NOT_ACQUIRED,
					"The data source gave no second connection, which the lease of the migration lock needs beside"
							+ " that of the run.",
					"Let the connection pool hold two connections or more, or set adk.migration.user, which opens"
							+ " connections beside the pool.",
					ex);
		}
		return new Held(new Heartbeat(acquired, this.lease, this.connections::discard));
	}

	private boolean sessionLocked() throws SQLException {
		if (this.session == null) {
			return false;
		}
		try (Statement statement = this.run.createStatement();
				ResultSet row = statement.executeQuery(this.session.free())) {
			row.next();
			return !row.getBoolean(1);
		}
	}

	private static boolean onlyWaited(Throwable failure) {
		for (Throwable link = failure; link != null; link = link.getCause()) {
			if (link instanceof TransientDataAccessException) {
				return true;
			}
		}
		return false;
	}

	private static MigrationException failure(RuntimeException ex) {
		for (Throwable link = ex; link != null; link = link.getCause()) {
			if (link instanceof SQLException cause) {
				return SqlFailures.of(cause, "taking the migration lock");
			}
		}
		return new MigrationException(MigrationErrorCode.FAILED, "The migration lock could not be taken.",
				"Read the cause, repair it and start again.", ex);
	}

	@Override
	public Holder holder() {
		try (Statement statement = this.run.createStatement()) {
			if (this.session != null) {
				statement.setQueryTimeout(LONGEST_WAIT_SECONDS);
			}
			try (ResultSet row = statement.executeQuery(holderQuery(this.table))) {
				return holder(row);
			}
		}
		catch (SQLException ex) {
			return Holder.UNKNOWN;
		}
	}

	static String holderQuery(String table) {
		return "SELECT locked_by, locked_at, lock_until FROM " + table + " WHERE name = '" + NAME + "'";
	}

	static Holder holder(ResultSet row) throws SQLException {
		return row.next()
				? new Holder(row.getString(1) + " since " + row.getString(2),
						"Where that process has died, its lease ends by itself at " + row.getString(3) + ".")
				: Holder.UNKNOWN;
	}

	/** The end of a lease that begins now, in ShedLock's time. */
	private String leaseEnd() {
		long micros = this.lease.toNanos() / 1000;
		return switch (this.dialect) {
			case POSTGRESQL -> "timezone('utc', clock_timestamp()) + " + micros + " * INTERVAL '1 microsecond'";
			case MYSQL, MARIADB -> "TIMESTAMPADD(MICROSECOND, " + micros + ", UTC_TIMESTAMP(3))";
			case H2 -> "TIMESTAMPADD(MICROSECOND, " + micros + ", CURRENT_TIMESTAMP(3))";
			case SQLITE -> throw new IllegalStateException("SQLite has a lock of its own");
		};
	}

	private final class Held implements ProvenLock {

		private final Heartbeat heartbeat;

		Held(Heartbeat heartbeat) {
			this.heartbeat = heartbeat;
		}

		/**
		 * Write the row that nobody else can take until our transaction ends, or learn
		 * that somebody has taken it. The heartbeat waits meanwhile, so this renews too.
		 */
		@Override
		public void assertHeld() {
			if (this.heartbeat.lost()) {
				throw ProvenLock.lost("ran out and could not be renewed", null);
			}
			LeaseLock lock = LeaseLock.this;
			try (PreparedStatement update = lock.run.prepareStatement(
					"UPDATE " + lock.table + " SET lock_until = " + leaseEnd() + " WHERE name = ? AND locked_by = ?")) {
				update.setString(1, NAME);
				update.setString(2, lock.instance);
				if (update.executeUpdate() == 0) {
					throw ProvenLock.lost("was taken over by another run when its lease had ended", null);
				}
			}
			catch (SQLException ex) {
				throw SqlFailures.of(ex, "making sure of the migration lock");
			}
		}

		@Override
		public boolean outlivesSession() {
			return true;
		}

		@Override
		public void unlock() {
			try {
				this.heartbeat.close();
			}
			catch (RuntimeException ex) {
				logger.warn("The migration lock could not be released and ends with its lease: {}",
						ex.getClass().getSimpleName());
			}
			finally {
				LeaseLock.this.connections.close();
			}
		}

	}

}
