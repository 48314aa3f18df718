package io.github.adkmigration.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a JSON object may be: a model of google-genai with known fields, or an
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

	private static final Map<String, ModelShape> MODELS = load();

	private final Map<String, Field> fields = new HashMap<>();

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
			int mark = words[i].indexOf('=');
			String name = (mark < 0) ? words[i] : words[i].substring(0, mark);
			Field field = new Field(name, (mark < 0) ? OPAQUE : shape(words[i].substring(mark + 1), models));
			model.fields.put(name, field);
			model.fields.put(CamelCase.of(name), field);
		}
	}

	private static ModelShape shape(String kind, Map<String, ModelShape> models) {
		return kind.equals("bytes") ? BYTES : models.computeIfAbsent(kind, (name) -> new ModelShape());
	}

	/**
	 * A field of a model.
	 *
	 * @param name its name in the stored JSON
	 * @param shape what it holds, or what the elements of its list are
	 */
	record Field(String name, ModelShape shape) {
	}

}
