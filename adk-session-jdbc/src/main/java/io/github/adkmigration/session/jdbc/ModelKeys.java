package io.github.adkmigration.session.jdbc;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Renames the fields of models between Python's snake_case and Java's camelCase, and
 * leaves alone what users put into them.
 */
final class ModelKeys {

	/** Fields whose value is the user's, or opaque to Java. */
	static final Set<String> USER_DATA = Set.of("agent_state", "args", "artifact_delta", "custom_metadata", "output",
			"part_metadata", "payload", "requested_auth_configs", "response", "route", "set_model_response",
			"state_delta");

	/** A map from the user's keys to models. */
	private static final String MODELS_BY_KEY = "requested_tool_confirmations";

	private ModelKeys() {
	}

	/**
	 * Return a copy for the database: snake_case, without fields that are unset, and with
	 * {@code null} for numbers that JSON does not have.
	 */
	static ObjectNode toPython(JsonNode model) {
		return model(model, ModelKeys::toSnakeCase, ModelKeys::finite);
	}

	/**
	 * Return a copy for google-adk's types: camelCase, without fields that are unset.
	 */
	static ObjectNode toJava(JsonNode model) {
		return model(model, ModelKeys::toCamelCase, UnaryOperator.identity());
	}

	private static ObjectNode model(JsonNode model, UnaryOperator<String> rename, UnaryOperator<JsonNode> user) {
		ObjectNode renamed = JsonNodeFactory.instance.objectNode();
		for (Map.Entry<String, JsonNode> field : model.properties()) {
			JsonNode value = field.getValue();
			if (!value.isNull()) {
				String name = toSnakeCase(field.getKey());
				JsonNode copy = USER_DATA.contains(name) ? user.apply(value)
						: name.equals(MODELS_BY_KEY) ? byKey(value, rename, user) : any(value, rename, user);
				renamed.set(rename.apply(field.getKey()), copy);
			}
		}
		return renamed;
	}

	private static JsonNode any(JsonNode value, UnaryOperator<String> rename, UnaryOperator<JsonNode> user) {
		if (value.isObject()) {
			return model(value, rename, user);
		}
		if (value.isArray()) {
			ArrayNode array = JsonNodeFactory.instance.arrayNode(value.size());
			value.forEach((element) -> array.add(any(element, rename, user)));
			return array;
		}
		return user.apply(value);
	}

	private static ObjectNode byKey(JsonNode models, UnaryOperator<String> rename, UnaryOperator<JsonNode> user) {
		ObjectNode copy = JsonNodeFactory.instance.objectNode();
		models.properties().forEach((entry) -> copy.set(entry.getKey(), any(entry.getValue(), rename, user)));
		return copy;
	}

	/**
	 * Return a copy in which NaN and the infinities are {@code null}, as pydantic writes
	 * them.
	 */
	static JsonNode finite(JsonNode value) {
		if (value.isObject()) {
			ObjectNode object = JsonNodeFactory.instance.objectNode();
			value.properties().forEach((entry) -> object.set(entry.getKey(), finite(entry.getValue())));
			return object;
		}
		if (value.isArray()) {
			ArrayNode array = JsonNodeFactory.instance.arrayNode(value.size());
			value.forEach((element) -> array.add(finite(element)));
			return array;
		}
		return (value.isDouble() || value.isFloat()) && !Double.isFinite(value.doubleValue()) ? NullNode.getInstance()
				: value;
	}

	static String toSnakeCase(String name) {
		StringBuilder snake = new StringBuilder(name.length() + 4);
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (c >= 'A' && c <= 'Z') {
				snake.append('_').append((char) (c - 'A' + 'a'));
			}
			else {
				snake.append(c);
			}
		}
		return snake.toString();
	}

	static String toCamelCase(String name) {
		StringBuilder camel = new StringBuilder(name.length());
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			boolean joint = c == '_' && i > 0 && i + 1 < name.length();
			camel.append(joint ? Character.toUpperCase(name.charAt(++i)) : c);
		}
		return camel.toString();
	}

}
