package io.github.adkmigration.codec;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * States of writers that keep the prefix of a key, {@code app:} or {@code user:}, which
 * adk-python has in the name of the table instead.
 *
 * @since 0.1.0
 */
public final class ScopedState {

	/** What stands before the keys of an application's state. */
	public static final String APP = "app:";

	/** What stands before the keys of a user's state. */
	public static final String USER = "user:";

	private static final List<String> ELSEWHERE = List.of(APP, USER, "temp:");

	private final ObjectNode state = JsonColumnReader.TREES.createObjectNode();

	/**
	 * Read a state.
	 * @param json the column
	 * @return whether it is a JSON object
	 */
	public static boolean readable(String json) {
		return read(json) != null;
	}

	/**
	 * Return what belongs to the session itself of a state that holds all there is.
	 * @param json the column, a JSON object
	 * @return the state without keys of the application, the user and a single call
	 */
	public static String ofSession(String json) {
		ObjectNode state = read(json);
		if (state == null) {
			return json;
		}
		List<String> others = state.propertyNames()
			.stream()
			.filter((key) -> ELSEWHERE.stream().anyMatch(key::startsWith))
			.toList();
		return others.isEmpty() ? json : JsonColumnReader.TREES.writeValueAsString(state.remove(others));
	}

	/**
	 * Take over the keys of one scope, those that are there being replaced.
	 * @param json the column
	 * @param prefix the scope, which the keys lose
	 * @param all whether keys without the prefix belong to it too
	 * @return whether the column is a JSON object
	 */
	public boolean add(String json, String prefix, boolean all) {
		ObjectNode part = read(json);
		if (part == null) {
			return false;
		}
		for (Map.Entry<String, JsonNode> entry : part.properties()) {
			boolean scoped = entry.getKey().startsWith(prefix);
			if (scoped || all) {
				this.state.set(scoped ? entry.getKey().substring(prefix.length()) : entry.getKey(), entry.getValue());
			}
		}
		return true;
	}

	/**
	 * Return what was taken over.
	 * @return a JSON object
	 */
	public String toJson() {
		return JsonColumnReader.TREES.writeValueAsString(this.state);
	}

	private static @Nullable ObjectNode read(String json) {
		try {
			return JsonColumnReader.TREES.readTree(json) instanceof ObjectNode object ? object : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

}
