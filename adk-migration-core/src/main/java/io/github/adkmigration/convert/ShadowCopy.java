package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.adkmigration.convert.CheckpointStore.Checkpoint;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.RowCounts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the old events into the shadow table: reads ahead and converts on other threads
 * while this one writes, each batch with its checkpoint in one transaction. A copy that
 * died goes on at its checkpoint.
 *
 * @since 0.1.0
 */
public final class ShadowCopy {

	private static final Logger logger = LoggerFactory.getLogger(ShadowCopy.class);

	private static final int IN_FLIGHT = 3;

	private static final long PROGRESS_NANOS = 10_000_000_000L;

	/** What SQLite waits for at each commit is dear; others get the file in between. */
	private static final long SQLITE_TRANSACTION_NANOS = 1_000_000_000L;

	private final Conversion conversion;

	private final CheckpointStore checkpoints;

	private final SetAsideWriter setAside;

	private final EventWriter writer;

	private final long transactionNanos;

	private long transactionBegun;

	ShadowCopy(Conversion conversion) {
		this.conversion = conversion;
		this.checkpoints = new CheckpointStore(conversion.dialect(), conversion.tables());
		this.setAside = new SetAsideWriter(conversion.dialect(), conversion.tables());
		this.writer = conversion.writer();
		this.transactionNanos = conversion.dialect() == DatabaseDialect.SQLITE ? SQLITE_TRANSACTION_NANOS : 0;
	}

	/**
	 * Copy what has not been copied.
	 * @param connection a connection in auto-commit mode, used by nobody else
	 * @return what became of the rows, those of earlier attempts included
	 * @throws SQLException if a statement fails
	 */
	public RowCounts run(Connection connection) throws SQLException {
		try (ForeignKeyChecks checks = ForeignKeyChecks.suspend(connection, this.conversion.dialect())) {
			return copy(connection);
		}
	}

	private RowCounts copy(Connection connection) throws SQLException {
		Checkpoint checkpoint = resume(connection);
		EventReader reader = this.conversion.reader(connection, checkpoint.lastKey());
		ExecutorService threads = Executors.newFixedThreadPool(
				Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() - 1)), ShadowCopy::daemon);
		ArrayDeque<Future<ConvertedBatch>> inFlight = new ArrayDeque<>();
		long nextProgress = System.nanoTime() + PROGRESS_NANOS;
		try {
			SourceBatch batch = reader.next();
			while (batch != null || !inFlight.isEmpty()) {
				if (batch != null) {
					SourceBatch toConvert = batch;
					inFlight.add(threads.submit(() -> this.conversion.converter().convert(toConvert)));
				}
				if (batch == null || inFlight.size() >= IN_FLIGHT) {
					checkpoint = write(connection, converted(inFlight.remove()), checkpoint);
				}
				if (System.nanoTime() > nextProgress) {
					logger.info("{} events read, {} converted", checkpoint.counts().read(),
							checkpoint.counts().converted());
					nextProgress = System.nanoTime() + PROGRESS_NANOS;
				}
				batch = batch == null ? null : reader.next();
			}
			commit(connection);
			return checkpoint.counts();
		}
		catch (SQLException | RuntimeException | Error ex) {
			rollback(connection, ex);
			throw ex;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private Checkpoint resume(Connection connection) throws SQLException {
		Optional<Checkpoint> found = this.checkpoints.read(connection, this.conversion.id());
		if (found.isPresent()) {
			return found.get();
		}
		// Rows that were converted in another way, with another zone for example, are
		// worthless.
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate("DELETE FROM " + this.conversion.shadow());
		}
		this.setAside.clear(connection);
		this.checkpoints.start(connection, this.conversion.id());
		return new Checkpoint(null, RowCounts.NONE);
	}

	private Checkpoint write(Connection connection, ConvertedBatch batch, Checkpoint before) throws SQLException {
		Checkpoint after = new Checkpoint(batch.lastKey(), before.counts().plus(batch.counts()));
		if (connection.getAutoCommit()) {
			connection.setAutoCommit(false);
			this.transactionBegun = System.nanoTime();
		}
		this.writer.write(connection, batch.events());
		this.setAside.write(connection, batch);
		this.checkpoints.update(connection, after);
		if (System.nanoTime() - this.transactionBegun >= this.transactionNanos) {
			commit(connection);
		}
		return after;
	}

	private static void commit(Connection connection) throws SQLException {
		if (!connection.getAutoCommit()) {
			connection.commit();
			connection.setAutoCommit(true);
		}
	}

	private static void rollback(Connection connection, Throwable cause) {
		try {
			if (!connection.getAutoCommit()) {
				connection.rollback();
				connection.setAutoCommit(true);
			}
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	private static ConvertedBatch converted(Future<ConvertedBatch> future) {
		try {
			return future.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw interrupted(ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A batch could not be converted", ex.getCause());
		}
	}

	private static MigrationException interrupted(@Nullable Throwable cause) {
		return new MigrationException(MigrationErrorCode.FAILED, "The process was asked to stop during the conversion.",
				"Start the migration again; it goes on where it stopped.", cause);
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "adk-migration-convert");
		thread.setDaemon(true);
		return thread;
	}

}
