package io.github.adkmigration.codec;

import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys of a state that are meant for one call. adk-js before 1.3.0 stored them with
 * the session.
 *
 * @since 0.1.0
 */
public final class TemporaryKeys {

	private static final String PREFIX = "temp:";

	private TemporaryKeys() {
	}

	/**
	 * Return a state without its temporary keys.
	 * @param json the state
	 * @return the same text if there are none or it is no JSON object
	 */
	public static String remove(String json) {
		if (!json.contains(PREFIX)) {
			return json;
		}
		try {
			JsonNode state = JsonColumnReader.TREES.readTree(json);
			if (state instanceof ObjectNode object) {
				List<String> temporary = object.propertyNames()
					.stream()
					.filter((key) -> key.startsWith(PREFIX))
					.toList();
				return temporary.isEmpty() ? json : JsonColumnReader.TREES.writeValueAsString(object.remove(temporary));
			}
		}
		catch (JacksonException ex) {
			return json;
		}
		return json;
	}

}
