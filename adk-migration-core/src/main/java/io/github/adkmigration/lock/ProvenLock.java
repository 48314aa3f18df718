package io.github.adkmigration.lock;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock that does not remember but asks whether it is held.
 */
interface ProvenLock extends SimpleLock {

	/**
	 * Make sure that the lock is held.
	 * @throws MigrationException with {@code LOCK_LOST} if it is not
	 */
	void assertHeld();

	/**
	 * Return whether the session of the run may go on without the lock. Then a write
	 * counts only together with {@link #assertHeld()} in one transaction.
	 */
	default boolean outlivesSession() {
		return false;
	}

	/**
	 * Return whether it is renewed on other connections than that of the run.
	 */
	default boolean needsConnections() {
		return outlivesSession();
	}

	/**
	 * Return the failure of a lock that is gone.
	 * @param how what became of it, the predicate of a sentence
	 */
	static MigrationException lost(String how, @Nullable Throwable cause) {
		return new MigrationException(MigrationErrorCode.LOCK_LOST,
				"The migration lock " + how + ", and nothing more was written.",
				"Start the migration again; it goes on where it stopped.", cause);
	}

}
