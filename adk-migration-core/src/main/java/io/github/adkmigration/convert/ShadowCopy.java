package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.adkmigration.convert.CheckpointStore.Checkpoint;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.failure.SqlFailures;
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

	private static final int IN_FLIGHT = 3;

	/** After how many bytes a batch ends that has not enough rows. */
	private static final int BATCH_BYTES = 8 << 20;

	/** How often a batch is written that the database breaks off for others. */
	private static final int MOST_TRIES = 10;

	private static final Logger logger = LoggerFactory.getLogger(ShadowCopy.class);

	private final Conversion conversion;

	private final CheckpointStore checkpoints;

	private final SetAsideWriter setAside;

	private final EventWriter writer;

	private final String step;

	private final GuardedListener listener;

	private long batchRows;

	private long batchBytes;

	/** Whether the connection only writes, so that a page may still be on its way. */
	private boolean writesOnly;

	private final List<ConvertedPage> noted = new ArrayList<>();

	ShadowCopy(Conversion conversion, String step, GuardedListener listener) {
		this.conversion = conversion;
		this.checkpoints = new CheckpointStore(conversion.dialect(), conversion.tables(), CheckpointStore.EVENTS);
		this.setAside = new SetAsideWriter(conversion.dialect(), conversion.tables());
		this.writer = conversion.writer();
		this.step = step;
		this.listener = listener;
	}

	/**
	 * Copy what has not been copied.
	 * @param connection a connection in auto-commit mode, used by nobody else
	 * @param second another connection in auto-commit mode to the same database, to read
	 * ahead on; without one the first does both in turns
	 * @return what became of the rows, those of earlier attempts included
	 * @throws SQLException if a statement fails
	 */
	public RowCounts run(Connection connection, Optional<Connection> second) throws SQLException {
		try (ForeignKeyChecks checks = ForeignKeyChecks.suspend(connection, this.conversion.dialect())) {
			Checkpoint checkpoint = resume(connection);
			this.writesOnly = second.isPresent();
			ProgressMeter meter = ProgressMeter.begin(second.orElse(connection), this.step, this.listener,
					this.conversion.events() + " e", checkpoint.counts());
			this.checkpoints.attempt(connection, meter.total());
			Pace pace = new Pace(this.conversion.maxRowsPerSecond(), this.checkpoints);
			int tries = MOST_TRIES;
			while (true) {
				try (EventReader reader = reader(connection, second, checkpoint.lastKey())) {
					return copy(connection, reader, checkpoint, meter, pace);
				}
				catch (SQLException ex) {
					// Where deletions cascade into the new table, an application and a
					// batch may wait for each other.
					if (!SqlFailures.victim(ex) || --tries == 0) {
						throw ex;
					}
					logger.info("The database broke off a batch for another transaction; it is written again");
				}
				Checkpoint reached = resume(connection);
				tries = reached.equals(checkpoint) ? tries : MOST_TRIES;
				checkpoint = reached;
			}
		}
	}

	private EventReader reader(Connection connection, Optional<Connection> second, @Nullable String after)
			throws SQLException {
		return second.isPresent() ? ReadAhead.of(this.conversion.reader(second.get(), after))
				: this.conversion.reader(connection, after);
	}

	private RowCounts copy(Connection connection, EventReader reader, Checkpoint begin, ProgressMeter meter, Pace pace)
			throws SQLException {
		Checkpoint checkpoint = begin;
		ExecutorService threads = Executors.newFixedThreadPool(
				Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() - 1)), ShadowCopy::daemon);
		ArrayDeque<Future<ConvertedPage>> inFlight = new ArrayDeque<>();
		try {
			SourcePage page = reader.next();
			while (page != null || !inFlight.isEmpty()) {
				if (page != null) {
					SourcePage toConvert = page;
					inFlight.add(threads.submit(() -> this.conversion.converter().convert(toConvert)));
				}
				if (page == null || inFlight.size() >= IN_FLIGHT) {
					if (connection.getAutoCommit()) {
						begin(connection);
					}
					checkpoint = write(connection, converted(inFlight.remove()), checkpoint);
					if (this.batchRows >= this.conversion.batchSize() || this.batchBytes >= BATCH_BYTES) {
						commit(connection, reader, checkpoint, meter);
						long paused = pace.next(connection, this.batchRows);
						if (paused > 0) {
							meter.paused(paused, checkpoint.counts());
						}
					}
				}
				meter.at(checkpoint.counts());
				page = page == null ? null : reader.next();
			}
			if (!connection.getAutoCommit()) {
				commit(connection, reader, checkpoint, meter);
			}
			meter.end(checkpoint.counts());
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
			statement.executeUpdate("DELETE FROM " + this.conversion.target());
		}
		this.setAside.clear(connection);
		this.checkpoints.start(connection, this.conversion.id());
		return new Checkpoint(null, RowCounts.NONE);
	}

	private void begin(Connection connection) throws SQLException {
		connection.setAutoCommit(false);
		this.batchRows = 0;
		this.batchBytes = 0;
	}

	private Checkpoint write(Connection connection, ConvertedPage page, Checkpoint before) throws SQLException {
		if (this.writesOnly) {
			this.writer.hand(connection, page.events());
			if (page.hasNotes()) {
				this.noted.add(page.withoutEvents());
			}
		}
		else {
			this.writer.write(connection, page.events());
			this.setAside.write(connection, page);
		}
		this.batchRows += page.counts().read();
		this.batchBytes += page.bytes();
		return new Checkpoint(page.lastKey(), before.counts().plus(page.counts()));
	}

	private void commit(Connection connection, EventReader reader, Checkpoint checkpoint, ProgressMeter meter)
			throws SQLException {
		this.writer.finish();
		for (ConvertedPage page : this.noted) {
			this.setAside.write(connection, page);
		}
		this.noted.clear();
		this.checkpoints.update(connection, checkpoint, Math.round(meter.rate(checkpoint.counts())));
		if (this.conversion.dialect() == DatabaseDialect.SQLITE) {
			reader.pausing(connection::commit);
		}
		else {
			connection.commit();
		}
		connection.setAutoCommit(true);
	}

	private void rollback(Connection connection, Throwable cause) {
		this.noted.clear();
		try {
			this.writer.abandon();
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
		undo(connection, cause);
	}

	static void undo(Connection connection, Throwable cause) {
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

	private static ConvertedPage converted(Future<ConvertedPage> future) {
		try {
			return future.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw interrupted(ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A page could not be converted", ex.getCause());
		}
	}

	static MigrationException interrupted(@Nullable Throwable cause) {
		return new MigrationException(MigrationErrorCode.FAILED, "The process was asked to stop during the conversion.",
				"Start the migration again; it goes on where it stopped.", cause);
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "adk-migration-convert");
		thread.setDaemon(true);
		return thread;
	}

}
