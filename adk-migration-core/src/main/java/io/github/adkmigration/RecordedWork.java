package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import io.github.adkmigration.catalog.TableSizeReader;
import io.github.adkmigration.convert.GuardedListener;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.failure.SqlFailures;
import io.github.adkmigration.history.RunHistory;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.history.RunRecorder.NewRun;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.RunStart;
import io.github.adkmigration.report.TableSizes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a run recorded under the lock, carries out its work, and has it recorded if it
 * fails, as long as the record is still ours to write.
 */
final class RecordedWork {

	private static final Logger logger = LoggerFactory.getLogger(RecordedWork.class);

	private final Target target;

	private final HeldLock lock;

	private final DatabaseDialect dialect;

	private final RunHistory history;

	private final RunRecorder recorder;

	RecordedWork(Target target, HeldLock lock, DatabaseDialect dialect) {
		this.target = target;
		this.lock = lock;
		this.dialect = dialect;
		this.history = new RunHistory(dialect, target.tables());
		this.recorder = new RunRecorder(dialect, target.tables());
	}

	/**
	 * Carry out the work of a run.
	 * @param request what it is
	 * @param work what to do
	 * @return what the work returns
	 * @throws SQLException if it cannot be recorded that it begins
	 * @throws MigrationException however it fails
	 */
	<T> T carryOut(Request request, Work<T> work) throws SQLException {
		Connection connection = this.lock.connection();
		Optional<RunRecord> dead = this.history.newest(connection)
			.filter((newest) -> newest.outcome().equals("running"));
		String takenOver = dead.map(RunRecord::instance).orElse(null);
		long run = this.recorder.start(connection,
				new NewRun(request.kind(), request.from(), request.to(), this.target.settings().origin(),
						request.instance(), takenOver, request.backup(), this.lock.description()));
		this.target.watch()
			.started(new RunStart(request.kind(), run, request.from(), request.to(), request.instance(), takenOver,
					this.lock.description()));
		measure(TableSizes.Phase.BEFORE);
		try {
			T result = work.run(new Begun(run, dead));
			measure(TableSizes.Phase.AFTER);
			return result;
		}
		catch (SQLException ex) {
			throw recorded(run, SqlFailures.of(ex, request.doing()));
		}
		catch (MigrationException ex) {
			throw recorded(run, ex);
		}
		catch (RuntimeException ex) {
			throw recorded(run, MigrationException.unforeseen(request.noun(), ex));
		}
	}

	/**
	 * No number is worth a run, so where there is none nobody is told.
	 */
	private void measure(TableSizes.Phase phase) {
		GuardedListener listener = this.target.watch().listener();
		if (listener.measures()) {
			try {
				listener.measured(new TableSizes(phase,
						TableSizeReader.read(this.lock.connection(), this.dialect, this.target.tables())));
			}
			catch (SQLException | RuntimeException ex) {
				logger.debug("The tables could not be measured: {}", ex.getClass().getSimpleName());
			}
		}
	}

	private MigrationException recorded(long run, MigrationException failure) {
		Connection connection = this.lock.connection();
		rollback(connection);
		if (failure.code() == MigrationErrorCode.LOCK_LOST) {
			// The record belongs to whoever has the lock now.
			return failure;
		}
		try {
			this.lock.assertHeld();
			this.recorder.fail(connection, run, failure);
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

	/**
	 * Leave a transaction that a failure has left open.
	 */
	static void rollback(Connection connection) {
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

	/**
	 * What a run is.
	 *
	 * @param kind the verb, as {@link RunRecord#kind()} has it
	 * @param noun what is being done, for the text of a failure, such as
	 * {@code migration}
	 * @param doing the same as {@code migrating}
	 * @param from the state found
	 * @param to the state wanted
	 * @param instance unique name of this run
	 * @param backup name of the file to which the database was copied, or {@code null}
	 */
	record Request(String kind, String noun, String doing, String from, String to, String instance,
			@Nullable String backup) {
	}

	/**
	 * A run that stands in the record.
	 *
	 * @param number its number
	 * @param dead the run that had died before this one could do its work
	 */
	record Begun(long number, Optional<RunRecord> dead) {

		Optional<String> takeover() {
			return this.dead
				.map((run) -> "Took over from " + run.instance() + ", whose run of " + run.started() + " had died.");
		}

	}

	/** The work of a run. */
	interface Work<T> {

		T run(Begun run) throws SQLException;

	}

}
