package io.github.adkmigration.lock;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;

/**
 * The lock of SQLite databases in memory, which belong to this process alone. One for all
 * of them, since connections that share such a database cannot be told from others.
 */
final class MemoryLock implements LockKind {

	private static final AtomicBoolean HELD = new AtomicBoolean();

	@Override
	public Optional<SimpleLock> lock(LockConfiguration configuration) {
		return HELD.compareAndSet(false, true) ? Optional.of(new Held()) : Optional.empty();
	}

	@Override
	public Holder holder() {
		return new Holder("another thread of this process", "");
	}

	private static final class Held implements ProvenLock {

		@Override
		public void assertHeld() {
			// Only its holder can release it.
		}

		@Override
		public void unlock() {
			HELD.set(false);
		}

	}

}
