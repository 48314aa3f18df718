package io.github.adkmigration.session.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.adk.sessions.SessionException;

/**
 * Renames the fields of models between Python's snake_case and Java's camelCase, and
 * leaves alone what users put into them.
 */
final class ModelKeys {

	/** Fields whose value is the user's, in whatever model they are. */
	static final Set<String> USER_DATA = Set.of("args", "artifact_delta", "part_metadata", "payload",
			"requested_auth_configs", "response", "state_delta");

	/**
	 * Fields of an event or its actions whose value is the user's, or opaque to Java.
	 * Other models have fields of these names that are models.
	 */
	private static final Set<String> USER_DATA_OF_EVENT = Set.of("agent_state", "custom_metadata", "output", "route",
			"set_model_response");

	/** Python's limit for an integer. */
	private static final int MOST_DIGITS = 4300;

	private static final BigInteger FIRST_TOO_LONG = BigInteger.TEN.pow(MOST_DIGITS);

	/** A map from the user's keys to models. */
	private static final String MODELS_BY_KEY = "requested_tool_confirmations";

	private ModelKeys() {
	}

	/**
	 * Return a copy for the database: snake_case, without fields that are unset, and with
	 * {@code null} for numbers that JSON does not have.
	 */
	static ObjectNode toPython(JsonNode model) {
		return model(model, Place.EVENT, ModelKeys::toSnakeCase, ModelKeys::storable);
	}

	/**
	 * Return a copy for google-adk's types: camelCase, without fields that are unset.
	 */
	static ObjectNode toJava(JsonNode model) {
		return model(model, Place.EVENT, ModelKeys::toCamelCase, UnaryOperator.identity());
	}

	/**
	 * Return whether a field's value is the user's.
	 * @param ofEvent whether the field is one of an event or its actions
	 */
	static boolean isUserData(String name, boolean ofEvent) {
		return USER_DATA.contains(name) || ofEvent && USER_DATA_OF_EVENT.contains(name);
	}

	private static ObjectNode model(JsonNode model, Place place, UnaryOperator<String> rename,
			UnaryOperator<JsonNode> user) {
		ObjectNode renamed = JsonNodeFactory.instance.objectNode();
		for (Map.Entry<String, JsonNode> field : model.properties()) {
			JsonNode value = field.getValue();
			if (!value.isNull()) {
				String name = toSnakeCase(field.getKey());
				JsonNode copy = isUserData(name, place != Place.WITHIN) ? user.apply(value) : name.equals(MODELS_BY_KEY)
						? byKey(value, rename, user) : any(value, place.of(name), rename, user);
				renamed.set(rename.apply(field.getKey()), copy);
			}
		}
		return renamed;
	}

	private static JsonNode any(JsonNode value, Place place, UnaryOperator<String> rename,
			UnaryOperator<JsonNode> user) {
		if (value.isObject()) {
			return model(value, place, rename, user);
		}
		if (value.isArray()) {
			ArrayNode array = JsonNodeFactory.instance.arrayNode(value.size());
			value.forEach((element) -> array.add(any(element, Place.WITHIN, rename, user)));
			return array;
		}
		return user.apply(value);
	}

	private static ObjectNode byKey(JsonNode models, UnaryOperator<String> rename, UnaryOperator<JsonNode> user) {
		ObjectNode copy = JsonNodeFactory.instance.objectNode();
		models.properties()
			.forEach((entry) -> copy.set(entry.getKey(), any(entry.getValue(), Place.WITHIN, rename, user)));
		return copy;
	}

	/**
	 * Return a copy as Python reads it. NaN and the infinities are {@code null}, as
	 * pydantic writes them.
	 * @throws SessionException if a number is longer than Python reads
	 */
	static JsonNode storable(JsonNode value) {
		if (value.isObject()) {
			ObjectNode object = JsonNodeFactory.instance.objectNode();
			value.properties().forEach((entry) -> object.set(entry.getKey(), storable(entry.getValue())));
			return object;
		}
		if (value.isArray()) {
			ArrayNode array = JsonNodeFactory.instance.arrayNode(value.size());
			value.forEach((element) -> array.add(storable(element)));
			return array;
		}
		boolean tooLong = value.isBigInteger() ? value.bigIntegerValue().abs().compareTo(FIRST_TOO_LONG) >= 0
				: value.isBigDecimal() && tooLong(value.decimalValue());
		if (tooLong) {
			throw new SessionException("A number has more than " + MOST_DIGITS
					+ " digits before or after the point, which Python does not read. Store it as text.");
		}
		return (value.isDouble() || value.isFloat()) && !Double.isFinite(value.doubleValue()) ? NullNode.getInstance()
				: value;
	}

	/** A binary JSON column writes the exponent out. */
	private static boolean tooLong(BigDecimal number) {
		return Math.max((long) number.precision() - number.scale(), number.scale()) > MOST_DIGITS;
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

	/** Which model an object is. */
	private enum Place {

		EVENT, ACTIONS, WITHIN;

		Place of(String field) {
			return this == EVENT && field.equals("actions") ? ACTIONS : WITHIN;
		}

	}

}
