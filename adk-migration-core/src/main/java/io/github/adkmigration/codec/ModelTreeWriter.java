package io.github.adkmigration.codec;

import java.math.BigDecimal;
import java.util.Set;
import java.util.function.Consumer;

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
	void field(String name, JsonValue value, ModelShape shape) {
		if (value.isNull()) {
			return;
		}
		this.out.text(name);
		this.out.colon();
		if (isDuration(name, value)) {
			this.out.text(value.decimal().stripTrailingZeros().toPlainString() + "s");
		}
		else {
			any(value, (shape == ModelShape.UNKNOWN && USER_DATA.contains(name)) ? ModelShape.OPAQUE : shape);
		}
	}

	/**
	 * Return whether a field of a model holds seconds, of which a text is made.
	 * @param name its name in snake_case
	 */
	static boolean isDuration(String name, JsonValue value) {
		return DURATIONS.contains(name) && value.isFinite() && isShort(value.decimal());
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
	void any(JsonValue value, ModelShape shape) {
		if (shape == ModelShape.OPAQUE) {
			value.write(this.out);
		}
		else if (value.isObject()) {
			this.out.beginObject();
			for (int i = 0; i < value.size(); i++) {
				ModelShape.Field known = shape.field(value.name(i));
				if (known == null) {
					field(CamelCase.toSnakeCase(value.name(i)), value.value(i), ModelShape.UNKNOWN);
				}
				else {
					field(known.name(), value.value(i), known.shape());
				}
			}
			this.out.endObject();
		}
		else if (value.isArray()) {
			this.out.beginArray();
			for (int i = 0; i < value.size(); i++) {
				any(value.value(i), shape);
			}
			this.out.endArray();
		}
		else if (shape == ModelShape.BYTES && value.isText()) {
			this.out.text(Base64Text.urlSafe(value.text()));
		}
		else {
			value.write(this.out);
		}
	}

	/**
	 * Write an object of which the keys are a user's.
	 * @param name the name of the field of the actions
	 * @param map the object
	 * @param value writes a value
	 */
	void entries(String name, JsonValue map, Consumer<JsonValue> value) {
		if (!map.isObject()) {
			throw new UnconvertibleEventException(UnconvertibleReason.UNEXPECTED_VALUE,
					"'actions." + name + "' is no JSON object.");
		}
		this.out.key(name);
		this.out.beginObject();
		for (int i = 0; i < map.size(); i++) {
			this.out.text(map.name(i));
			this.out.colon();
			value.accept(map.value(i));
		}
		this.out.endObject();
	}

	/**
	 * Write a value as it is.
	 * @param value any JSON
	 */
	void opaque(JsonValue value) {
		value.write(this.out);
	}

}
