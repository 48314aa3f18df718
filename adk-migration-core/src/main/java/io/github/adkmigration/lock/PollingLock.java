package io.github.adkmigration.lock;

import java.time.Duration;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a lock that can only be tried.
 */
abstract class PollingLock implements MigrationLock {

	private final Duration timeout;

	private final Duration pollInterval;

	PollingLock(Duration timeout, Duration pollInterval) {
		this.timeout = timeout;
		this.pollInterval = pollInterval;
	}

	@Override
	public final HeldLock acquire() {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		while (true) {
			HeldLock held = tryAcquire();
			if (held != null) {
				return held;
			}
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				throw notAcquired("was held by " + holder() + " for longer than " + this.timeout.toSeconds() + " s",
						null);
			}
			try {
				Thread.sleep(Math.max(1, Math.min(left, this.pollInterval.toNanos()) / 1_000_000));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw notAcquired("was not obtained because the process was asked to stop", ex);
			}
		}
	}

	private static MigrationException notAcquired(String what, @Nullable Throwable cause) {
		return new MigrationException(MigrationErrorCode.LOCK_NOT_ACQUIRED, "The migration lock " + what + ".",
				"Wait for the other run to end, or raise adk.migration.timeout, and start again.", cause);
	}

	abstract @Nullable HeldLock tryAcquire();

	abstract String holder();

}
