package io.github.adkmigration.lock;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import net.javacrumbs.shedlock.core.SimpleLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a lock of ShedLock from a thread of its own, because a single statement on a
 * large table may last longer than its lease. A renewal that fails, or that had to wait
 * for too long, is tried again soon; only one that is refused means that the lock is
 * lost.
 */
final class Heartbeat implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Heartbeat.class);

	private static final int BEATS_PER_LEASE = 3;

	private static final int RETRIES_PER_LEASE = 30;

	private final Duration lease;

	private final Runnable afterFailure;

	private final ScheduledThreadPoolExecutor thread;

	private SimpleLock lock;

	private volatile long renewedAt;

	// Read without the monitor, which a renewal has while it waits for the run's own
	// transaction.
	private volatile boolean lost;

	/**
	 * Begin to renew a lock that was just taken.
	 * @param lock the lock
	 * @param lease for how long it is taken each time
	 * @param afterFailure called when a renewal failed, before the next
	 */
	Heartbeat(SimpleLock lock, Duration lease, Runnable afterFailure) {
		this.lock = lock;
		this.lease = lease;
		this.afterFailure = afterFailure;
		this.renewedAt = System.nanoTime();
		this.thread = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "adk-migration-heartbeat");
			thread.setDaemon(true);
			return thread;
		});
		this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		next(BEATS_PER_LEASE);
	}

	private void next(int perLease) {
		try {
			this.thread.schedule(this::renew, Math.max(1, this.lease.toMillis() / perLease), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The lock was released during its renewal");
		}
	}

	private synchronized void renew() {
		long asked = System.nanoTime();
		try {
			Optional<SimpleLock> extended = this.lock.extend(this.lease, Duration.ZERO);
			if (extended.isPresent()) {
				this.lock = extended.get();
				this.renewedAt = asked;
				next(BEATS_PER_LEASE);
			}
			else {
				this.lost = true;
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The lease of the migration lock could not be renewed and is tried again", ex);
			this.afterFailure.run();
			next(RETRIES_PER_LEASE);
		}
	}

	/**
	 * Return whether a renewal was refused.
	 */
	boolean lost() {
		return this.lost;
	}

	/**
	 * Return whether the last renewal is so long ago that the lock may have ended,
	 * measured by a clock that goes on while the process is stopped.
	 */
	boolean expired() {
		return this.lost || System.nanoTime() - this.renewedAt >= this.lease.toNanos();
	}

	/**
	 * Stop renewing and give the lock back.
	 */
	@Override
	public void close() {
		// An interrupt during a renewal would close the file of an H2 database.
		this.thread.shutdown();
		synchronized (this) {
			if (!this.lost) {
				this.lock.unlock();
			}
		}
	}

}
