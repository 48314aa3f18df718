package io.github.adkmigration.lock;

import net.javacrumbs.shedlock.core.LockProvider;

/**
 * One way to lock. What {@link #lock} returns is a {@link ProvenLock}.
 */
interface LockKind extends LockProvider {

	/**
	 * How long a statement about a lock may wait for somebody else's transaction. The
	 * next poll tries again.
	 */
	int LONGEST_WAIT_SECONDS = 2;

	/**
	 * Ask who has the lock.
	 */
	Holder holder();

	/**
	 * Who has a lock.
	 *
	 * @param name the subject of a sentence
	 * @param release what to do if it hangs, one imperative sentence
	 */
	record Holder(String name, String release) {

		static final Holder UNKNOWN = new Holder("another process", "");

	}

}
