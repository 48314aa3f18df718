package io.github.adkmigration.convert;

import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Reads the next page on a thread and a connection of its own while those before are
 * converted and written. Holds two pages at most.
 */
final class ReadAhead implements EventReader {

	private static final long LONGEST_END_MILLIS = 5000;

	private final EventReader reader;

	private final BlockingQueue<Read> ready = new ArrayBlockingQueue<>(2);

	// SQLite commits only when nobody reads; a fair lock keeps either from waiting for
	// more than one turn of the other.
	private final ReentrantLock turn = new ReentrantLock(true);

	private final Thread thread;

	private ReadAhead(EventReader reader) {
		this.reader = reader;
		this.thread = new Thread(this::readAll, "adk-migration-read");
		this.thread.setDaemon(true);
	}

	/**
	 * Begin to read.
	 * @param reader reads on a connection that nobody else uses
	 */
	static ReadAhead of(EventReader reader) {
		ReadAhead ahead = new ReadAhead(reader);
		ahead.thread.start();
		return ahead;
	}

	private void readAll() {
		try {
			Read next;
			do {
				next = read();
				this.ready.put(next);
			}
			while (next.page() != null);
		}
		catch (InterruptedException ex) {
			// Nobody wants the rest.
			Thread.currentThread().interrupt();
		}
	}

	private Read read() throws InterruptedException {
		this.turn.lockInterruptibly();
		try {
			return new Read(this.reader.next(), null);
		}
		catch (SQLException | RuntimeException | Error ex) {
			return new Read(null, ex);
		}
		finally {
			this.turn.unlock();
		}
	}

	@Override
	public @Nullable SourcePage next() throws SQLException {
		Read next;
		try {
			next = this.ready.take();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw ShadowCopy.interrupted(ex);
		}
		if (next.failure() instanceof SQLException ex) {
			throw ex;
		}
		if (next.failure() instanceof RuntimeException ex) {
			throw ex;
		}
		if (next.failure() instanceof Error ex) {
			throw ex;
		}
		return next.page();
	}

	@Override
	public void pausing(Work work) throws SQLException {
		this.turn.lock();
		try {
			work.run();
		}
		finally {
			this.turn.unlock();
		}
	}

	@Override
	public void close() {
		this.thread.interrupt();
		try {
			this.thread.join(LONGEST_END_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * The outcome of one turn.
	 *
	 * @param page what was read, or {@code null} at the end
	 * @param failure what went wrong, if something did
	 */
	private record Read(@Nullable SourcePage page, @Nullable Throwable failure) {
	}

}
