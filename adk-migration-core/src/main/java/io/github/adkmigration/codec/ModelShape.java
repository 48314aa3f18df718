package io.github.adkmigration.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a JSON object may be: a model of google-genai or ADK with known fields, or an
 * application's own data, of which nothing is changed.
 */
final class ModelShape {

	/** An application's own data. */
	static final ModelShape OPAQUE = new ModelShape();

	/** A model of which no field is known. */
	static final ModelShape UNKNOWN = new ModelShape();

	/** A field that holds bytes, as base64. */
	static final ModelShape BYTES = new ModelShape();

	private static final String RESOURCE = "genai-models.txt";

	/** A name and a kind, then whether it is a list and whether it has to be there. */
	private static final Pattern FIELD = Pattern.compile("(\\w+)=(\\w+)(\\[])?(!)?");

	private static final Map<String, ModelShape> MODELS = load();

	private final Map<String, Field> fields = new HashMap<>();

	private final List<String> required = new ArrayList<>();

	private ModelShape() {
	}

	static ModelShape of(String model) {
		ModelShape shape = MODELS.get(model);
		if (shape == null) {
			throw new IllegalArgumentException("'" + model + "' is not in " + RESOURCE + ".");
		}
		return shape;
	}

	/**
	 * Find a field by its own name or by its camelCase alias.
	 * @param name the key of a JSON object
	 * @return the field, or {@code null} if the model has none of this name
	 */
	@Nullable Field field(String name) {
		return this.fields.get(name);
	}

	/**
	 * Return the names of the fields that each such object has to have.
	 */
	List<String> required() {
		return this.required;
	}

	private static Map<String, ModelShape> load() {
		Map<String, ModelShape> models = new HashMap<>();
		try (InputStream stream = ModelShape.class.getResourceAsStream(RESOURCE)) {
			if (stream == null) {
				throw new IllegalStateException(RESOURCE + " is missing.");
			}
			BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
			reader.lines().filter((line) -> !line.startsWith("#")).forEach((line) -> read(line, models));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return models;
	}

	private static void read(String line, Map<String, ModelShape> models) {
		String[] words = line.split("[: ]+");
		ModelShape model = models.computeIfAbsent(words[0], (name) -> new ModelShape());
		for (int i = 1; i < words.length; i++) {
			Matcher word = FIELD.matcher(words[i]);
			if (!word.matches()) {
				throw new IllegalStateException("'" + words[i] + "' in " + RESOURCE + " is no field.");
			}
			Field field = field(word.group(1), word.group(2), word.group(3) != null, models);
			model.fields.put(field.name(), field);
			model.fields.put(CamelCase.of(field.name()), field);
			if (word.group(4) != null) {
				model.required.add(field.name());
			}
		}
	}

	private static Field field(String name, String kind, boolean list, Map<String, ModelShape> models) {
		if (Character.isUpperCase(kind.charAt(0))) {
			return new Field(name, list, ValueKind.OBJECT, models.computeIfAbsent(kind, (model) -> new ModelShape()));
		}
		ValueKind value = ValueKind.valueOf(kind.toUpperCase(Locale.ROOT));
		return new Field(name, list, value, value == ValueKind.BYTES ? BYTES : OPAQUE);
	}

	/**
	 * A field of a model.
	 *
	 * @param name its name in the stored JSON
	 * @param list whether it is a list
	 * @param kind of which type it is, or each element of its list
	 * @param shape what it holds, or what the elements of its list are
	 */
	record Field(String name, boolean list, ValueKind kind, ModelShape shape) {
	}

}
