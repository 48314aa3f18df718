package io.github.adkmigration.session.jdbc;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.sessions.SessionException;
import com.google.adk.sessions.State;
import org.jspecify.annotations.Nullable;

/**
 * State, or a change of it, divided among the application, the user and the session. The
 * keys are without prefix, as in the tables.
 *
 * @param app what all users of the application share
 * @param user what all sessions of the user share
 * @param session what belongs to the session alone
 */
record StateScopes(ObjectNode app, ObjectNode user, ObjectNode session) {

	/**
	 * Divide a state as every ADK does. Temporary keys are in none of the parts.
	 */
	static StateScopes divide(JsonNode state) {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		StateScopes scopes = new StateScopes(nodes.objectNode(), nodes.objectNode(), nodes.objectNode());
		state.properties().forEach((entry) -> scopes.put(entry.getKey(), entry.getValue()));
		return scopes;
	}

	private void put(String key, JsonNode value) {
		if (key.startsWith(State.APP_PREFIX)) {
			this.app.set(key.substring(State.APP_PREFIX.length()), value);
		}
		else if (key.startsWith(State.USER_PREFIX)) {
			this.user.set(key.substring(State.USER_PREFIX.length()), value);
		}
		else if (!key.startsWith(State.TEMP_PREFIX)) {
			this.session.set(key, value);
		}
	}

	/**
	 * Return the state that google-adk gives a new session.
	 * @throws SessionException if a value has no JSON form
	 */
	static StateScopes ofInitial(@Nullable Map<String, Object> state) {
		if (state == null) {
			return divide(JsonNodeFactory.instance.objectNode());
		}
		// Temporary values need not have a JSON form, so they go before the tree is made.
		Map<String, Object> kept = new HashMap<>(state);
		kept.keySet().removeIf((key) -> key.startsWith(State.TEMP_PREFIX));
		try {
			return divide(ModelKeys.storable(ModelMapper.toTree(kept)));
		}
		catch (IllegalArgumentException ex) {
			throw new SessionException("The initial state holds a value that has no JSON form.", ex);
		}
	}

	/**
	 * Return a part of the stored state after a change. The merge is shallow;
	 * {@code null} is a key that was removed.
	 */
	static ObjectNode merge(@Nullable ObjectNode stored, ObjectNode delta) {
		// Not a deep copy: neither side is ever changed below its keys.
		ObjectNode merged = JsonNodeFactory.instance.objectNode();
		if (stored != null) {
			merged.setAll(stored);
		}
		delta.properties().forEach((entry) -> {
			if (entry.getValue().isNull()) {
				merged.remove(entry.getKey());
			}
			else {
				merged.set(entry.getKey(), entry.getValue());
			}
		});
		return merged;
	}

	/**
	 * Return the three parts as one map, with their prefixes. A key without value is left
	 * out: the map of a session has no {@code null}.
	 */
	ConcurrentMap<String, Object> toMap() {
		ConcurrentMap<String, Object> state = new ConcurrentHashMap<>();
		putAll(state, "", this.session);
		putAll(state, State.APP_PREFIX, this.app);
		putAll(state, State.USER_PREFIX, this.user);
		return state;
	}

	private static void putAll(Map<String, Object> state, String prefix, ObjectNode part) {
		for (Map.Entry<String, JsonNode> entry : part.properties()) {
			if (!entry.getValue().isNull()) {
				state.put(prefix + entry.getKey(), toObject(entry.getValue()));
			}
		}
	}

	private static Object toObject(JsonNode value) {
		try {
			return ModelMapper.fromTree(value, Object.class);
		}
		catch (JsonProcessingException ex) {
			throw new SessionException("The state holds a value that cannot be read.");
		}
	}

}
