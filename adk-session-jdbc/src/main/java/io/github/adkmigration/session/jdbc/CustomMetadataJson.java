package io.github.adkmigration.session.jdbc;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.genai.types.CustomMetadata;
import com.google.genai.types.StringList;

/**
 * Custom metadata is any JSON object in Python and a list of keys with a string, a
 * {@code float} or strings in Java. What Java has no type for arrives as the text of its
 * JSON, marked by a second value in the same entry, and is written back as it was:
 * <ul>
 * <li>a number that a {@code float} would change: the nearest {@code float} and the
 * text;</li>
 * <li>anything else: the text and an empty list of strings.</li>
 * </ul>
 * The order of the list is that of the object's keys, which a binary JSON column chooses.
 */
final class CustomMetadataJson {

	private CustomMetadataJson() {
	}

	static List<CustomMetadata> decode(JsonNode object) {
		List<CustomMetadata> entries = new ArrayList<>(object.size());
		object.properties().forEach((entry) -> entries.add(decode(entry.getKey(), entry.getValue())));
		return entries;
	}

	private static CustomMetadata decode(String key, JsonNode value) {
		CustomMetadata.Builder entry = CustomMetadata.builder().key(key);
		if (value.isTextual()) {
			return entry.stringValue(value.textValue()).build();
		}
		if (value.isNumber()) {
			float nearest = value.floatValue();
			entry.numericValue(nearest);
			return number(nearest).equals(value) ? entry.build() : entry.stringValue(JsonText.write(value)).build();
		}
		if (value.isArray() && allTextual(value)) {
			List<String> texts = new ArrayList<>(value.size());
			value.forEach((element) -> texts.add(element.textValue()));
			return entry.stringListValue(StringList.builder().values(texts)).build();
		}
		return entry.stringValue(JsonText.write(value)).stringListValue(StringList.builder().values(List.of())).build();
	}

	private static boolean allTextual(JsonNode array) {
		for (JsonNode element : array) {
			if (!element.isTextual()) {
				return false;
			}
		}
		return true;
	}

	static ObjectNode encode(List<CustomMetadata> entries) {
		ObjectNode object = JsonNodeFactory.instance.objectNode();
		entries.forEach((entry) -> object.set(entry.key().orElse(""), encode(entry)));
		return object;
	}

	private static JsonNode encode(CustomMetadata entry) {
		boolean marked = entry.numericValue().isPresent() || entry.stringListValue().isPresent();
		if (entry.stringValue().isPresent()) {
			String text = entry.stringValue().get();
			return marked ? JsonText.readValue(text, "custom metadata") : JsonNodeFactory.instance.textNode(text);
		}
		if (entry.numericValue().isPresent()) {
			return number(entry.numericValue().get());
		}
		ArrayNode texts = JsonNodeFactory.instance.arrayNode();
		entry.stringListValue().flatMap(StringList::values).ifPresent((values) -> values.forEach(texts::add));
		return entry.stringListValue().isPresent() ? texts : JsonNodeFactory.instance.nullNode();
	}

	/** A whole number is written as one, since Java's type does not tell 3 from 3.0. */
	private static JsonNode number(float value) {
		if (!Float.isFinite(value)) {
			return JsonNodeFactory.instance.nullNode();
		}
		if (value == Math.rint(value) && Math.abs(value) < 1 << 24) {
			return JsonNodeFactory.instance.numberNode((int) value);
		}
		return JsonNodeFactory.instance.numberNode(Double.parseDouble(Float.toString(value)));
	}

}
