package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;

import io.github.adkmigration.ConnectionLoan.Work;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.failure.SqlFailures;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the work of a run and records it if it fails, as long as the record is
 * still ours to write.
 */
final class RecordedWork {

	private static final Logger logger = LoggerFactory.getLogger(RecordedWork.class);

	private RecordedWork() {
	}

	/**
	 * Carry out the work of a run, and record it if it fails.
	 * @param lock the lock of the run
	 * @param recorder the record
	 * @param run number of the run
	 * @param noun what is being done, for the text of a failure, such as
	 * {@code migration}
	 * @param doing the same as {@code migrating}
	 * @param work what to do with the connection of the lock
	 * @return what the work returns
	 * @throws MigrationException however it fails
	 */
	static <T> T carryOut(HeldLock lock, RunRecorder recorder, long run, String noun, String doing, Work<T> work) {
		try {
			return work.run(lock.connection());
		}
		catch (SQLException ex) {
			throw recorded(lock, recorder, run, SqlFailures.of(ex, doing));
		}
		catch (MigrationException ex) {
			throw recorded(lock, recorder, run, ex);
		}
		catch (RuntimeException ex) {
			throw recorded(lock, recorder, run,
					new MigrationException(
							MigrationErrorCode.FAILED, "The " + noun + " met something that it was not made for ("
									+ ex.getClass().getSimpleName() + ").",
							"Report the stack trace; starting again goes on where it stopped.", ex));
		}
	}

	private static MigrationException recorded(HeldLock lock, RunRecorder recorder, long run,
			MigrationException failure) {
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
