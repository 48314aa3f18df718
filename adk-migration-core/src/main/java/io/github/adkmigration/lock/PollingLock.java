package io.github.adkmigration.lock;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a lock of any kind, which can only be tried.
 */
final class PollingLock implements MigrationLock {

	private final LockKind kind;

	private final String description;

	private final Connection connection;

	private final Duration timeout;

	private final Duration pollInterval;

	PollingLock(LockKind kind, String description, Connection connection, Duration timeout, Duration pollInterval) {
		this.kind = kind;
		this.description = description;
		this.connection = connection;
		this.timeout = timeout;
		this.pollInterval = pollInterval;
	}

	@Override
	public HeldLock acquire(HolderWork work) {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		while (true) {
			Optional<HeldLock> acquired = tryAcquire();
			if (acquired.isPresent()) {
				return acquired.get();
			}
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				throw tooLong(this.kind.holder(), work.describe());
			}
			try {
				Thread.sleep(Math.max(1, Math.min(left, this.pollInterval.toNanos()) / 1_000_000));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw notAcquired("was not obtained because the process was asked to stop", "", ex);
			}
		}
	}

	@Override
	public Optional<HeldLock> tryAcquire() {
		Optional<SimpleLock> acquired = this.kind
			.lock(new LockConfiguration(Instant.now(), LeaseLock.NAME, this.timeout, Duration.ZERO));
		return acquired.map((lock) -> new Held((ProvenLock) lock, this.description, this.connection));
	}

	@Override
	public Holder holder() {
		LockKind.Holder holder = this.kind.holder();
		return new Holder(holder.name(), holder.release());
	}

	private MigrationException tooLong(LockKind.Holder holder, String work) {
		return notAcquired(
				"was held by " + holder.name() + " for longer than " + this.timeout.toSeconds() + " s"
						+ (work.isEmpty() ? "" : "; " + work),
				holder.release().isEmpty() ? "" : " " + holder.release(), null);
	}

	private static MigrationException notAcquired(String what, String more, @Nullable Throwable cause) {
		return new MigrationException(MigrationErrorCode.LOCK_NOT_ACQUIRED, "The migration lock " + what + ".",
				"Wait for the other run to end, or raise adk.migration.timeout, and start again." + more, cause);
	}

	private static final class Held implements HeldLock {

		private final ProvenLock lock;

		private final String description;

		private final Connection connection;

		Held(ProvenLock lock, String description, Connection connection) {
			this.lock = lock;
			this.description = description;
			this.connection = FencedConnection.of(connection, lock);
		}

		@Override
		public void assertHeld() {
			this.lock.assertHeld();
		}

		@Override
		public Connection connection() {
			return this.connection;
		}

		@Override
		public boolean needsConnections() {
			return this.lock.needsConnections();
		}

		@Override
		public boolean inTable() {
			return this.lock.outlivesSession();
		}

		@Override
		public String description() {
			return this.description;
		}

		@Override
		public void close() {
			this.lock.unlock();
		}

	}

}
