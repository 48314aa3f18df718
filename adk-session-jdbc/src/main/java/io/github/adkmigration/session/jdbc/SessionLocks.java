package io.github.adkmigration.session.jdbc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import com.google.adk.sessions.SessionKey;

/**
 * Lets one thread of this process at a time append to a session. The parallel steps of an
 * agent share one session object: without turns, the second would find its object older
 * than the row that the first has just written.
 */
final class SessionLocks {

	private final ConcurrentMap<SessionKey, Turns> turns = new ConcurrentHashMap<>();

	<T> T inTurn(SessionKey key, Supplier<T> work) {
		Turns own = this.turns.compute(key, (unused, known) -> (known == null ? new Turns() : known).join());
		own.lock.lock();
		try {
			return work.get();
		}
		finally {
			own.lock.unlock();
			this.turns.computeIfPresent(key, (unused, known) -> known.leave() ? null : known);
		}
	}

	/** The count is changed only while the map holds its entry. */
	private static final class Turns {

		private final ReentrantLock lock = new ReentrantLock(true);

		private int waiting;

		Turns join() {
			this.waiting++;
			return this;
		}

		boolean leave() {
			this.waiting--;
			return this.waiting == 0;
		}

	}

}
