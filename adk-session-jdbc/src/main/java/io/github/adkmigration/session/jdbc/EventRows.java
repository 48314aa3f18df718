package io.github.adkmigration.session.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import com.google.adk.events.Event;
import com.google.adk.sessions.SessionException;
import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * Collects rows of events. Making events of their texts takes longer than reading these,
 * so two processors share it. Texts wait for that only as long as they are few.
 */
final class EventRows {

	/** Characters of JSON. Fewer are read before another thread has begun. */
	private static final int SHARED = 1 << 14;

	/** Characters of JSON. */
	private static final int MOST = 1 << 18;

	private final TimeColumn time;

	private final int first;

	/** PostgreSQL's driver gives JSON as it came, which saves making a string of it. */
	private final boolean utf8;

	private final List<Event> events = new ArrayList<>();

	private final List<Supplier<Event>> waiting = new ArrayList<>();

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
			decode();
		}
		return shown;
	}

	/**
	 * Return the events in the order of the rows, in a list that the caller may change.
	 */
	List<Event> events() {
		decode();
		return this.events;
	}

	private void decode() {
		this.events.addAll(this.size < SHARED ? decodeAlone() : decodeTogether());
		this.waiting.clear();
		this.size = 0;
	}

	private List<Event> decodeAlone() {
		return this.waiting.stream().map(Supplier::get).toList();
	}

	/** What fails on another thread arrives wrapped up, so it fails once more on this. */
	private List<Event> decodeTogether() {
		try {
			return this.waiting.parallelStream().map(Supplier::get).toList();
		}
		catch (SessionException ex) {
			return decodeAlone();
		}
	}

}
