package io.github.adkmigration.session.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.sessions.SessionException;
import com.google.adk.sessions.SessionKey;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Creates and deletes sessions, with what their application and their user share. Each
 * method is the body of one transaction or a part of it, and locks in the order of
 * adk-python: session, application, user.
 */
final class SessionWriter {

	private final JdbcTemplate jdbc;

	private final SessionSql sql;

	private final SessionReader reader;

	private final TimeColumn time;

	private final JsonColumn json;

	private final boolean owned;

	SessionWriter(JdbcTemplate jdbc, SessionSql sql, SessionReader reader, TimeColumn time, boolean owned) {
		this.jdbc = jdbc;
		this.sql = sql;
		this.reader = reader;
		this.time = time;
		this.json = new JsonColumn(time.dialect());
		this.owned = owned;
	}

	/**
	 * Insert a session, and what its application and its user lack.
	 * @param owner value of the owner column, if there is one
	 * @return the complete state of the new session
	 */
	StateScopes create(SessionKey key, StateScopes initial, @Nullable Object owner, Instant now) {
		Object created = this.time.bind(now);
		ObjectNode own = StateScopes.merge(null, initial.session());
		List<@Nullable Object> values = new ArrayList<>();
		Collections.addAll(values, key.appName(), key.userId(), key.id(), this.json.bind(own), created, created);
		if (this.owned) {
			values.add(owner instanceof UUID id && !takesUuids() ? id.toString() : owner);
		}
		try {
			// First, because on SQLite the first write takes the lock.
			this.jdbc.update(this.sql.insertSession(), values.toArray());
		}
		catch (DataAccessException ex) {
			if (Transactions.isDuplicate(ex)) {
				throw new SessionException("A session with the id '" + key.id() + "' already exists.");
			}
			throw ex;
		}
		return new StateScopes(changeAppState(key, initial.app(), created),
				changeUserState(key, initial.user(), created), own);
	}

	private boolean takesUuids() {
		return switch (this.time.dialect()) {
			case POSTGRESQL, H2 -> true;
			case SQLITE, MYSQL, MARIADB -> false;
		};
	}

	private ObjectNode changeAppState(SessionKey key, ObjectNode delta, Object now) {
		Optional<ObjectNode> stored = delta.isEmpty() ? this.reader.state(this.sql.selectAppState(), key.appName())
				: lockAppState(key);
		ObjectNode merged = StateScopes.merge(stored.orElse(null), delta);
		if (stored.isEmpty() || !delta.isEmpty()) {
			putAppState(key, stored.isPresent(), this.json.bind(merged), now);
		}
		return merged;
	}

	private ObjectNode changeUserState(SessionKey key, ObjectNode delta, Object now) {
		Optional<ObjectNode> stored = delta.isEmpty()
				? this.reader.state(this.sql.selectUserState(), key.appName(), key.userId()) : lockUserState(key);
		ObjectNode merged = StateScopes.merge(stored.orElse(null), delta);
		if (stored.isEmpty() || !delta.isEmpty()) {
			putUserState(key, stored.isPresent(), this.json.bind(merged), now);
		}
		return merged;
	}

	Optional<ObjectNode> lockAppState(SessionKey key) {
		return this.reader.state(this.sql.lockAppState(), key.appName());
	}

	Optional<ObjectNode> lockUserState(SessionKey key) {
		return this.reader.state(this.sql.lockUserState(), key.appName(), key.userId());
	}

	/**
	 * Write the state of an application, whose row is locked if it exists.
	 */
	void putAppState(SessionKey key, boolean exists, String state, Object now) {
		if (exists) {
			this.jdbc.update(this.sql.updateAppState(), state, now, key.appName());
		}
		else {
			insertShared(this.sql.insertAppState(), key.appName(), state, now);
		}
	}

	/**
	 * Write the state of a user, whose row is locked if it exists.
	 */
	void putUserState(SessionKey key, boolean exists, String state, Object now) {
		if (exists) {
			this.jdbc.update(this.sql.updateUserState(), state, now, key.appName(), key.userId());
		}
		else {
			insertShared(this.sql.insertUserState(), key.appName(), key.userId(), state, now);
		}
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
		this.jdbc.update(this.sql.deleteEvents(), key.appName(), key.userId(), key.id());
		return this.jdbc.update(this.sql.deleteSession(), key.appName(), key.userId(), key.id()) > 0;
	}

}
