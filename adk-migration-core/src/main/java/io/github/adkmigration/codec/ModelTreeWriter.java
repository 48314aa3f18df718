package io.github.adkmigration.codec;

import java.math.BigDecimal;
import java.util.Set;
import java.util.function.Consumer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NumericNode;

/**
 * Writes the models of ADK and google-genai as adk-python names and spells them:
 * snake_case, URL-safe base64, durations as texts, no {@code null}. What users put into
 * them stays as it is.
 */
final class ModelTreeWriter {

	/** Fields with the users' own data, also where their model is not known. */
	private static final Set<String> USER_DATA = Set.of("agent_state", "args", "output", "part_metadata", "payload",
			"response", "route", "set_model_response");

	private static final Set<String> DURATIONS = Set.of("start_offset", "end_offset");

	private static final int LONGEST_DURATION = 30;

	private final JsonOutput out;

	ModelTreeWriter(JsonOutput out) {
		this.out = out;
	}

	/**
	 * Write a field of a model.
	 * @param name its name in snake_case
	 * @param value what it holds; nothing is written for {@code null}
	 * @param shape what is known of the value
	 */
	void field(String name, JsonNode value, ModelShape shape) {
		if (value.isNull()) {
			return;
		}
		this.out.text(name);
		this.out.colon();
		if (isDuration(name, value)) {
			this.out.text(value.decimalValue().stripTrailingZeros().toPlainString() + "s");
		}
		else {
			any(value, (shape == ModelShape.UNKNOWN && USER_DATA.contains(name)) ? ModelShape.OPAQUE : shape);
		}
	}

	/**
	 * Return whether a field of a model holds seconds, of which a text is made.
	 * @param name its name in snake_case
	 */
	static boolean isDuration(String name, JsonNode value) {
		return DURATIONS.contains(name) && value instanceof NumericNode number && !number.isNaN()
				&& isShort(number.decimalValue());
	}

	/** A number with a huge exponent would be as long as that when written out. */
	private static boolean isShort(BigDecimal seconds) {
		return Math.abs(seconds.scale()) <= LONGEST_DURATION && seconds.precision() <= LONGEST_DURATION;
	}

	/**
	 * Write a value.
	 * @param value a model, a list of them, or a scalar
	 * @param shape what is known of it
	 */
	void any(JsonNode value, ModelShape shape) {
		if (shape == ModelShape.OPAQUE) {
			opaque(value);
		}
		else if (value.isObject()) {
			this.out.beginObject();
			value.properties().forEach((entry) -> {
				ModelShape.Field known = shape.field(entry.getKey());
				if (known == null) {
					field(CamelCase.toSnakeCase(entry.getKey()), entry.getValue(), ModelShape.UNKNOWN);
				}
				else {
					field(known.name(), entry.getValue(), known.shape());
				}
			});
			this.out.endObject();
		}
		else if (value.isArray()) {
			this.out.beginArray();
			value.forEach((element) -> any(element, shape));
			this.out.endArray();
		}
		else if (shape == ModelShape.BYTES && value.isString()) {
			this.out.text(Base64Text.urlSafe(value.asString()));
		}
		else {
			opaque(value);
		}
	}

	/**
	 * Write an object of which the keys are a user's.
	 * @param name the name of the field of the actions
	 * @param map the object
	 * @param value writes a value
	 */
	void entries(String name, JsonNode map, Consumer<JsonNode> value) {
		if (!map.isObject()) {
			throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
					"'actions." + name + "' is no JSON object.");
		}
		this.out.key(name);
		this.out.beginObject();
		map.properties().forEach((entry) -> {
			this.out.text(entry.getKey());
			this.out.colon();
			value.accept(entry.getValue());
		});
		this.out.endObject();
	}

	/**
	 * Write a value as it is.
	 * @param value any JSON
	 */
	void opaque(JsonNode value) {
		switch (value.getNodeType()) {
			case OBJECT -> {
				this.out.beginObject();
				value.properties().forEach((entry) -> {
					this.out.text(entry.getKey());
					this.out.colon();
					opaque(entry.getValue());
				});
				this.out.endObject();
			}
			case ARRAY -> {
				this.out.beginArray();
				value.forEach(this::opaque);
				this.out.endArray();
			}
			case STRING -> this.out.text(value.asString());
			case NUMBER -> number(value);
			case BOOLEAN -> this.out.literal(value.asBoolean() ? "true" : "false");
			default -> this.out.literal("null");
		}
	}

	private void number(JsonNode value) {
		if (value instanceof NumericNode number && number.isNaN()) {
			this.out.nonFiniteNumber();
		}
		else {
			this.out.literal(value.isIntegralNumber() ? value.asString() : value.decimalValue().toString());
		}
	}

}
