package io.github.adkmigration.session.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.events.Event;
import com.google.adk.sessions.SessionException;
import com.google.adk.sessions.SessionKey;
import com.google.adk.sessions.SessionNotFoundException;
import io.github.adkmigration.dialect.DatabaseDialect;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes sessions, states and events. Each method is the body of one transaction and
 * locks in the order of adk-python: session, application, user.
 */
final class SessionWriter {

	private final JdbcTemplate jdbc;

	private final SessionSql sql;

	private final DatabaseDialect dialect;

	private final SessionReader reader;

	SessionWriter(JdbcTemplate jdbc, SessionSql sql, DatabaseDialect dialect, SessionReader reader) {
		this.jdbc = jdbc;
		this.sql = sql;
		this.dialect = dialect;
		this.reader = reader;
	}

	/**
	 * Insert a session, and what its application and its user lack.
	 * @return the complete state of the new session
	 */
	StateScopes create(SessionKey key, StateScopes initial, Instant now) {
		Object time = TimeColumn.bind(now, this.dialect);
		try {
			// First, because on SQLite the first write takes the lock.
			this.jdbc.update(this.sql.insertSession(), key.appName(), key.userId(), key.id(), json(initial.session()),
					time, time);
		}
		catch (DataAccessException ex) {
			if (Transactions.isDuplicate(ex)) {
				throw new SessionException("A session with the id '" + key.id() + "' already exists.");
			}
			throw ex;
		}
		return new StateScopes(changeAppState(key, initial.app(), time), changeUserState(key, initial.user(), time),
				initial.session());
	}

	/**
	 * Insert an event and apply its state delta.
	 * @return the time that the event was stored with
	 */
	Instant append(SessionKey key, Event event) {
		SessionRow row = lock(key)
			.orElseThrow(() -> new SessionNotFoundException("There is no session with the id '" + key.id() + "'."));
		Instant instant = afterLast(Instant.ofEpochMilli(event.timestamp()), row.updateTime());
		ObjectNode data = EventJson.encode(event, instant);
		StateScopes delta = StateScopes.divide(data.path("actions").path("state_delta"));
		Object time = TimeColumn.bind(instant, this.dialect);
		this.jdbc.update(this.sql.insertEvent(), event.id(), key.appName(), key.userId(), key.id(),
				data.path("invocation_id").asText(), time, json(data));
		if (delta.session().isEmpty()) {
			this.jdbc.update(this.sql.updateSessionTime(), time, key.appName(), key.userId(), key.id());
		}
		else {
			this.jdbc.update(this.sql.updateSession(), json(StateScopes.merge(row.state(), delta.session())), time,
					key.appName(), key.userId(), key.id());
		}
		Object now = TimeColumn.bind(Instant.now(), this.dialect);
		if (!delta.app().isEmpty()) {
			changeAppState(key, delta.app(), now);
		}
		if (!delta.user().isEmpty()) {
			changeUserState(key, delta.user(), now);
		}
		return instant;
	}

	private Optional<SessionRow> lock(SessionKey key) {
		if (this.dialect == DatabaseDialect.SQLITE) {
			this.jdbc.update(this.sql.touchSession(), SessionReader.keyOf(key).toArray());
		}
		return this.reader.find(this.sql.lockSession(), key);
	}

	/**
	 * Java's events know milliseconds, and two of one millisecond would be ordered by
	 * their random ids. So an event that falls into the millisecond of the one before it
	 * is stored a microsecond after that one: it reads back the same, and in order.
	 */
	static Instant afterLast(Instant event, Instant last) {
		Instant next = last.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
		boolean sameMillisecond = next.truncatedTo(ChronoUnit.MILLIS).equals(event);
		return sameMillisecond ? next : event;
	}

	private ObjectNode changeAppState(SessionKey key, ObjectNode delta, Object time) {
		Optional<ObjectNode> stored = this.reader
			.state(delta.isEmpty() ? this.sql.selectAppState() : this.sql.lockAppState(), key.appName());
		if (stored.isEmpty()) {
			insertShared(this.sql.insertAppState(), key.appName(), json(delta), time);
			return delta;
		}
		ObjectNode merged = StateScopes.merge(stored.get(), delta);
		if (!delta.isEmpty()) {
			this.jdbc.update(this.sql.updateAppState(), json(merged), time, key.appName());
		}
		return merged;
	}

	private ObjectNode changeUserState(SessionKey key, ObjectNode delta, Object time) {
		Optional<ObjectNode> stored = this.reader.state(
				delta.isEmpty() ? this.sql.selectUserState() : this.sql.lockUserState(), key.appName(), key.userId());
		if (stored.isEmpty()) {
			insertShared(this.sql.insertUserState(), key.appName(), key.userId(), json(delta), time);
			return delta;
		}
		ObjectNode merged = StateScopes.merge(stored.get(), delta);
		if (!delta.isEmpty()) {
			this.jdbc.update(this.sql.updateUserState(), json(merged), time, key.appName(), key.userId());
		}
		return merged;
	}

	private void insertShared(String insert, Object... values) {
		try {
			this.jdbc.update(insert, values);
		}
		catch (DataAccessException ex) {
			throw Transactions.isDuplicate(ex) ? new Transactions.LostRaceException(ex) : ex;
		}
	}

	/**
	 * Delete a session with its events. Explicitly, since SQLite follows the foreign key
	 * only where the connection was told to.
	 * @return whether the session was there
	 */
	boolean delete(SessionKey key) {
		Object[] values = SessionReader.keyOf(key).toArray();
		this.jdbc.update(this.sql.deleteEvents(), values);
		return this.jdbc.update(this.sql.deleteSession(), values) > 0;
	}

	private String json(ObjectNode tree) {
		String text = JsonText.write(tree);
		String unstorable = this.dialect.binaryJson() ? JsonText.unstorableInBinary(text) : null;
		if (unstorable != null) {
			throw new SessionException("The value contains " + unstorable + ", which " + this.dialect.id()
					+ " cannot store in a JSON column.");
		}
		return text;
	}

}
