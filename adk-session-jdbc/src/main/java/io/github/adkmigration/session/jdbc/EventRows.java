package io.github.adkmigration.session.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

import com.google.adk.events.Event;
import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows of events. Making events of their texts takes a third of the time that
 * the database needs for the rows, so another thread does it while more of them come.
 */
final class EventRows {

	/** Characters of JSON that wait at most. Fewer are not worth another thread. */
	private static final int MOST = 1 << 18;

	private final TimeColumn time;

	private final int first;

	/** PostgreSQL's driver gives JSON as it came, which saves making a string of it. */
	private final boolean utf8;

	private final List<FutureTask<List<Event>>> parts = new ArrayList<>();

	private List<Supplier<Event>> waiting = new ArrayList<>();

	private @Nullable FutureTask<List<Event>> elsewhere;

	private long size;

	/**
	 * Begin without rows.
	 * @param time the time column of events
	 * @param first number of the column with the time, which is followed by id,
	 * invocation id and data
	 */
	EventRows(TimeColumn time, int first) {
		this.time = time;
		this.first = first;
		this.utf8 = time.dialect() == DatabaseDialect.POSTGRESQL;
	}

	/**
	 * Add a row.
	 * @return what its time column shows
	 */
	LocalDateTime add(ResultSet row) throws SQLException {
		LocalDateTime shown = this.time.readShown(row, this.first);
		String id = row.getString(this.first + 1);
		String invocationId = row.getString(this.first + 2);
		Instant time = this.time.instant(shown);
		if (this.utf8) {
			byte[] data = row.getBytes(this.first + 3);
			this.size += data == null ? 0 : data.length;
			this.waiting.add(() -> EventJson.decodeUtf8(data, id, invocationId, time));
		}
		else {
			String data = row.getString(this.first + 3);
			this.size += data == null ? 0 : data.length();
			this.waiting.add(() -> EventJson.decode(data, id, invocationId, time));
		}
		if (this.size > MOST) {
			decodeMeanwhile();
		}
		return shown;
	}

	/**
	 * Have the rows so far decoded on another thread. One that is still busy with earlier
	 * rows gets no more, so that texts do not pile up.
	 */
	void decodeMeanwhile() {
		FutureTask<List<Event>> part = part();
		if (this.elsewhere == null || this.elsewhere.isDone()) {
			this.elsewhere = part;
			ForkJoinPool.commonPool().execute(part);
		}
		else {
			part.run();
		}
	}

	private FutureTask<List<Event>> part() {
		List<Supplier<Event>> rows = this.waiting;
		FutureTask<List<Event>> part = new FutureTask<>(() -> rows.stream().map(Supplier::get).toList());
		this.parts.add(part);
		this.waiting = new ArrayList<>();
		this.size = 0;
		return part;
	}

	/**
	 * Return the events in the order of the rows, in a list that the caller may change.
	 * @throws SessionException for the first row that is no event
	 */
	List<Event> events() {
		part().run();
		List<Event> events = new ArrayList<>();
		for (FutureTask<List<Event>> part : this.parts) {
			// Only if no other thread has begun with it.
			part.run();
			events.addAll(result(part));
		}
		return events;
	}

	private static List<Event> result(FutureTask<List<Event>> part) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return part.get();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
				catch (ExecutionException ex) {
					throw ex.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(ex);
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
