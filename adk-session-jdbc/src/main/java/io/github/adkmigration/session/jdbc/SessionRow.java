package io.github.adkmigration.session.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.events.Event;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code sessions} and the states that it shares.
 *
 * @param updateTime time of the last change
 * @param state the session's own part of the state
 * @param appState the application's part, or {@code null} if it was not asked for or has
 * no row
 * @param userState the user's part, likewise
 */
record SessionRow(Instant updateTime, ObjectNode state, @Nullable ObjectNode appState, @Nullable ObjectNode userState) {

	/**
	 * Read a row of time and three states.
	 */
	static SessionRow of(ResultSet row, TimeColumn time, SessionKey key) throws SQLException {
		return new SessionRow(time.read(row, 1),
				JsonText.readObject(row.getString(2), "the session '" + key.id() + "'"), shared(row.getString(3)),
				shared(row.getString(4)));
	}

	static @Nullable ObjectNode shared(@Nullable String json) {
		return json == null ? null : JsonText.readObject(json, "the shared state");
	}

	Session toSession(SessionKey key, List<Event> events) {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		StateScopes scopes = new StateScopes(this.appState == null ? nodes.objectNode() : this.appState,
				this.userState == null ? nodes.objectNode() : this.userState, this.state);
		return Session.builder(key).state(scopes.toMap()).events(events).lastUpdateTime(this.updateTime).build();
	}

}
