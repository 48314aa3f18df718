package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metadata that the build generates for this module.
 *
 * @param properties in alphabetical order
 * @param hints names of the properties whose values are listed
 */
record ConfigurationMetadata(List<Property> properties, List<String> hints) {

	static ConfigurationMetadata read() throws IOException {
		ClassLoader loader = ConfigurationMetadata.class.getClassLoader();
		for (URL url : Collections.list(loader.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream in = url.openStream()) {
				JsonNode json = JsonMapper.shared().readTree(in);
				if (json.path("properties").path(0).path("name").asString().startsWith("adk.")) {
					return of(json);
				}
			}
		}
		throw new IllegalStateException("The build has generated no metadata");
	}

	private static ConfigurationMetadata of(JsonNode json) {
		List<Property> properties = new ArrayList<>();
		for (JsonNode property : json.path("properties")) {
			JsonNode defaultValue = property.path("defaultValue");
			properties.add(new Property(property.path("name").asString(), property.path("type").asString(),
					property.path("description").asString(""),
					defaultValue.isMissingNode() ? null : defaultValue.asString()));
		}
		List<String> hints = new ArrayList<>();
		json.path("hints").forEach((hint) -> hints.add(hint.path("name").asString()));
		return new ConfigurationMetadata(properties, hints);
	}

	/**
	 * One property.
	 *
	 * @param name in kebab case
	 * @param type class name
	 * @param description empty if there is none
	 * @param defaultValue as a person writes it, or {@code null}
	 */
	record Property(String name, String type, String description, @Nullable String defaultValue) {

		boolean isOurs() {
			return this.name.startsWith("adk.");
		}

		String variable() {
			return this.name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
		}

	}

}
