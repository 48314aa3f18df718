package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that a run failed, if the record is still ours to write.
 */
final class FailedRun {

	private static final Logger logger = LoggerFactory.getLogger(FailedRun.class);

	private FailedRun() {
	}

	/**
	 * Record a failure.
	 * @param lock the lock of the run
	 * @param recorder the record
	 * @param run number of the run
	 * @param failure why it failed
	 * @return the failure to throw
	 */
	static MigrationException recorded(HeldLock lock, RunRecorder recorder, long run, MigrationException failure) {
		Connection connection = lock.connection();
		rollback(connection);
		if (failure.code() == MigrationErrorCode.LOCK_LOST) {
			// The record belongs to whoever has the lock now.
			return failure;
		}
		try {
			lock.assertHeld();
			recorder.fail(connection, run, failure.description());
		}
		catch (SQLException ex) {
			logger.warn("The failure of the run could not be recorded: {}", ex.getClass().getSimpleName());
		}
		catch (MigrationException ex) {
			if (ex.code() == MigrationErrorCode.LOCK_LOST) {
				return new MigrationException(ex.code(),
						ex.description() + " It was noticed when this failed: " + failure.description(), ex.action(),
						failure);
			}
			logger.warn("The failure of the run could not be recorded: {}", ex.description());
		}
		return failure;
	}

	private static void rollback(Connection connection) {
		try {
			if (!connection.getAutoCommit()) {
				connection.rollback();
				connection.setAutoCommit(true);
			}
		}
		catch (SQLException ex) {
			logger.debug("There is nothing to roll back any more", ex);
		}
	}

}
