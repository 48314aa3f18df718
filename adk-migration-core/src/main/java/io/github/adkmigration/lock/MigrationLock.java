package io.github.adkmigration.lock;

import io.github.adkmigration.failure.MigrationException;

/**
 * Lets one run at a time work on a target.
 *
 * @since 0.1.0
 */
public interface MigrationLock {

	/**
	 * Wait until the lock is free and take it.
	 * @return the held lock, to be closed by the caller
	 * @throws MigrationException with {@code LOCK_NOT_ACQUIRED} if it is not free in time
	 * or the thread is interrupted
	 */
	HeldLock acquire();

	/**
	 * A lock that this process holds.
	 */
	interface HeldLock extends AutoCloseable {

		/**
		 * Make sure that the lock is still ours, before a write.
		 * @throws MigrationException with {@code LOCK_LOST} if it is not
		 */
		void assertHeld();

		/**
		 * Return what kind of lock it is.
		 * @return a phrase for people
		 */
		String kind();

		@Override
		void close();

	}

}
