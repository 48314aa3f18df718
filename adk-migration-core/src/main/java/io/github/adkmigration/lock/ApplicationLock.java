package io.github.adkmigration.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;

/**
 * The lock of an application's own provider, around one of the database. The provider
 * keeps others out; only the lock of the database can prove itself within the transaction
 * that is about to be committed.
 */
final class ApplicationLock implements LockKind {

	private final LockProvider provider;

	private final String name;

	private final LockKind inner;

	private final Duration lease;

	ApplicationLock(LockProvider provider, String name, LockKind inner, Duration lease) {
		this.provider = provider;
		this.name = name;
		this.inner = inner;
		this.lease = lease;
	}

	@Override
	public Optional<SimpleLock> lock(LockConfiguration configuration) {
		Optional<SimpleLock> acquired = this.provider
			.lock(new LockConfiguration(Instant.now(), this.name, this.lease, Duration.ZERO));
		Optional<SimpleLock> outer = acquired.flatMap(this::extend);
		if (outer.isEmpty()) {
			return Optional.empty();
		}
		boolean locked = false;
		try {
			Optional<SimpleLock> proven = this.inner.lock(configuration);
			locked = proven.isPresent();
			return proven.map((lock) -> new Held((ProvenLock) lock, new Heartbeat(outer.get(), this.lease, () -> {
			})));
		}
		finally {
			if (!locked) {
				outer.get().unlock();
			}
		}
	}

	/**
	 * Find out at once whether the lock can be renewed, not in the middle of a run.
	 */
	private Optional<SimpleLock> extend(SimpleLock lock) {
		try {
			return lock.extend(this.lease, Duration.ZERO);
		}
		catch (UnsupportedOperationException ex) {
			lock.unlock();
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The lock provider " + this.provider.getClass().getName()
							+ " cannot extend its locks, so it would lose them during a long run.",
					"Mark one that can, such as ShedLock's for JDBC, Redis or MongoDB, or none.", ex);
		}
	}

	@Override
	public Holder holder() {
		return new Holder("another process, by the application's own lock provider", "");
	}

	private static final class Held implements ProvenLock {

		private final ProvenLock inner;

		private final Heartbeat heartbeat;

		Held(ProvenLock inner, Heartbeat heartbeat) {
			this.inner = inner;
			this.heartbeat = heartbeat;
		}

		@Override
		public void assertHeld() {
			if (this.heartbeat.expired()) {
				throw ProvenLock.lost("of the application's own provider was not renewed in time", null);
			}
			this.inner.assertHeld();
		}

		@Override
		public boolean outlivesSession() {
			return this.inner.outlivesSession();
		}

		@Override
		public boolean needsConnections() {
			// Its provider may keep the lock in the same database.
			return true;
		}

		@Override
		public void unlock() {
			try {
				this.inner.unlock();
			}
			finally {
				this.heartbeat.close();
			}
		}

	}

}
