package io.github.adkmigration.lock;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

/**
 * A row of ShedLock's table, with the database's own clock. The lease is renewed from a
 * thread of its own, because a single statement on a large table may last longer than it,
 * and a failed renewal is tried again as long as the lease lasts.
 */
final class TableLease extends PollingLock {

	private static final Logger logger = LoggerFactory.getLogger(TableLease.class);

	private static final String NAME = "adk-migration";

	private final LockProvider provider;

	private final JdbcTemplate jdbc;

	private final String table;

	private final Duration lease;

	TableLease(DataSource dataSource, DatabaseDialect dialect, SessionTables tables, String owner, Duration timeout,
			Duration pollInterval) {
		super(timeout, pollInterval);
		this.jdbc = new JdbcTemplate(dataSource);
		this.table = tables.sql(BookkeepingTable.LOCK, dialect);
		this.lease = timeout;
		this.provider = new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
			.withJdbcTemplate(this.jdbc)
			.withTableName(this.table)
			.withDatabaseProduct(product(dialect))
			.withLockedByValue(owner)
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
	@Nullable HeldLock tryAcquire() {
		long asked = System.nanoTime();
		try {
			return this.provider.lock(new LockConfiguration(Instant.now(), NAME, this.lease, Duration.ZERO))
				.map((acquired) -> new Held(acquired, this.lease, asked))
				.orElse(null);
		}
		catch (CannotCreateTransactionException ex) {
			throw new MigrationException(MigrationErrorCode.LOCK_NOT_ACQUIRED,
					"The data source gave no second connection, which the migration lock needs beside that of the run.",
					"Let the connection pool hold two connections or more, or set adk.migration.user, which opens"
							+ " connections beside the pool.",
					ex);
		}
		catch (LockException | TransactionException | DataAccessException ex) {
			throw failure(ex);
		}
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
	String holder() {
		try {
			return this.jdbc.queryForList("SELECT locked_by FROM " + this.table + " WHERE name = ?", String.class, NAME)
				.stream()
				.findFirst()
				.orElse("another process");
		}
		catch (DataAccessException ex) {
			return "another process";
		}
	}

	private static final class Held implements HeldLock {

		private final Duration lease;

		private final ScheduledExecutorService heartbeat;

		private SimpleLock lock;

		private long validUntil;

		private boolean lost;

		Held(SimpleLock lock, Duration lease, long asked) {
			this.lock = lock;
			this.lease = lease;
			this.validUntil = asked + lease.toNanos();
			this.heartbeat = Executors.newSingleThreadScheduledExecutor((task) -> {
				Thread thread = new Thread(task, "adk-migration-heartbeat");
				thread.setDaemon(true);
				return thread;
			});
			long period = Math.max(1, lease.toMillis() / 3);
			this.heartbeat.scheduleAtFixedRate(this::renew, period, period, TimeUnit.MILLISECONDS);
		}

		private synchronized void renew() {
			if (this.lost) {
				return;
			}
			long asked = System.nanoTime();
			try {
				Optional<SimpleLock> extended = this.lock.extend(this.lease, Duration.ZERO);
				if (extended.isPresent()) {
					this.lock = extended.get();
					this.validUntil = asked + this.lease.toNanos();
				}
				else {
					this.lost = true;
				}
			}
			catch (RuntimeException ex) {
				logger.warn("The lease of the migration lock could not be renewed and is tried again: {}",
						ex.getClass().getSimpleName());
			}
		}

		@Override
		public synchronized void assertHeld() {
			if (this.lost || System.nanoTime() - this.validUntil >= 0) {
				this.lost = true;
				throw new MigrationException(MigrationErrorCode.LOCK_LOST,
						"The lease of the migration lock ran out and nothing more was written.",
						"Start the migration again; it goes on where it stopped.");
			}
		}

		@Override
		public String kind() {
			return "table lease";
		}

		@Override
		public void close() {
			// An interrupt during a renewal would close the file of an H2 database.
			this.heartbeat.shutdown();
			synchronized (this) {
				if (!this.lost) {
					try {
						this.lock.unlock();
					}
					catch (RuntimeException ex) {
						logger.warn("The migration lock could not be released and ends with its lease: {}",
								ex.getClass().getSimpleName());
					}
				}
			}
		}

	}

}
