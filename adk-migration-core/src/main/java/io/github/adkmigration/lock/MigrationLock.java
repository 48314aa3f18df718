package io.github.adkmigration.lock;

import java.sql.Connection;
import java.util.Optional;

import io.github.adkmigration.failure.MigrationException;

/**
 * Lets one run at a time work on a target.
 *
 * @since 0.1.0
 */
public interface MigrationLock {

	/**
	 * Wait until the lock is free and take it.
	 * @param work tells what the holder is doing, for the failure of a wait that was too
	 * long; an empty text where nothing is known
	 * @return the held lock, to be closed by the caller
	 * @throws MigrationException with {@code LOCK_NOT_ACQUIRED} if it is not free in time
	 * or the thread is interrupted
	 */
	HeldLock acquire(HolderWork work);

	/**
	 * Take the lock if it is free.
	 * @return the held lock, to be closed by the caller; empty if somebody else has it
	 */
	Optional<HeldLock> tryAcquire();

	/**
	 * Ask who has the lock.
	 * @return what is known of the holder
	 */
	Holder holder();

	/**
	 * Who has a lock.
	 *
	 * @param name the subject of a sentence
	 * @param release what to do if it hangs, one imperative sentence, or an empty text
	 */
	record Holder(String name, String release) {
	}

	/**
	 * Knows what a holder is doing.
	 */
	@FunctionalInterface
	interface HolderWork {

		/**
		 * Describe the work.
		 * @return a part of a sentence, empty where nothing is known
		 */
		String describe();

	}

	/**
	 * A lock that this run holds.
	 */
	interface HeldLock extends AutoCloseable {

		/**
		 * Make sure that the lock is still ours. Whoever keeps it is asked, on the
		 * connection of the run; within a transaction the answer holds until its end.
		 * @throws MigrationException with {@code LOCK_LOST} if it is not
		 */
		void assertHeld();

		/**
		 * Return the connection of the run, fenced: a commit, a write outside of a
		 * transaction and a statement that commits by itself ask for the lock first, so
		 * that nobody who works on it can forget to.
		 * @return a view of the connection that the lock was made for
		 */
		Connection connection();

		/**
		 * Return whether something renews the lock on other connections of the data
		 * source, so that they must not be taken away from it.
		 * @return whether it needs them
		 */
		boolean needsConnections();

		/**
		 * Return whether {@link #assertHeld()} writes to {@code adk_migration_lock},
		 * which a {@code LOCK TABLES} must name then.
		 * @return whether it is a lease
		 */
		boolean inTable();

		/**
		 * Return which kind of lock it is and why.
		 * @return a phrase for people, for example "advisory lock (the server keeps it as
		 * long as the session of the run)"
		 */
		String description();

		@Override
		void close();

	}

}
