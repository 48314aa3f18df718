package io.github.adkmigration;

import java.sql.Connection;
import java.sql.SQLException;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.failure.SqlFailures;
import io.github.adkmigration.history.RefusedRunRecorder;
import io.github.adkmigration.lock.Instance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has it recorded if a verb is refused before its run begins, where there is a record: a
 * database that was never migrated, or that may not be written, stays as it is.
 *
 * @param <T> what the verb reports
 * @param target what it works on
 * @param doing what it does, for the text of a failure
 * @param verb the verb
 */
record RecordedRefusal<T>(Target target, String doing, Verb<T> verb) implements Verb<T> {

	private static final Logger logger = LoggerFactory.getLogger(RecordedRefusal.class);

	@Override
	public T run(Connection connection, long begun) throws SQLException {
		try {
			return this.verb.run(connection, begun);
		}
		catch (MigrationException ex) {
			throw recorded(connection, ex);
		}
		catch (SQLException ex) {
			throw recorded(connection, SqlFailures.of(ex, this.doing));
		}
		catch (RuntimeException ex) {
			throw recorded(connection, MigrationException.unforeseen("call", ex));
		}
	}

	private MigrationException recorded(Connection connection, MigrationException failure) {
		// Some embedded databases close their file when the thread that uses it is
		// interrupted.
		if (this.target.watch().running() || Thread.currentThread().isInterrupted()) {
			return failure;
		}
		try {
			RecordedWork.rollback(connection);
			new RefusedRunRecorder(DatabaseDialect.of(connection), this.target.tables()).record(connection,
					this.target.watch().kind(), this.target.settings().origin(), Instance.create(), failure);
		}
		catch (SQLException | MigrationException ex) {
			logger.debug("The refusal could not be recorded: {}", ex.getClass().getSimpleName());
		}
		return failure;
	}

}
