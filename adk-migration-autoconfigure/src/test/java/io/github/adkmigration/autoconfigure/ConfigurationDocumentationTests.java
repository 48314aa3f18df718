package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.adkmigration.autoconfigure.ConfigurationMetadata.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares {@code docs/configuration.md} with the metadata; with the system property
 * {@code adk.docs.write} it writes the tables instead.
 */
class ConfigurationDocumentationTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

	@Test
	void theDocumentListsWhatTheMetadataSays() throws IOException {
		String document = Files.readString(DOCUMENT);
		String expected = replace(document, "properties",
				table(Property::isOurs, "| property | default | meaning |\n|---|---|---|\n",
						(property) -> "`" + property.name() + "`<br>`" + property.variable() + "`"));
		expected = replace(expected, "management", table(Predicate.not(Property::isOurs),
				"| property | default | meaning |\n|---|---|---|\n", (property) -> "`" + property.name() + "`"));
		if (Boolean.getBoolean("adk.docs.write")) {
			Files.writeString(DOCUMENT, expected);
		}
		assertThat(document).as("run the test with -Dadk.docs.write=true to write the tables").isEqualTo(expected);
	}

	private static String table(Predicate<Property> filter, String head, Function<Property, String> names)
			throws IOException {
		List<Property> properties = ConfigurationMetadata.read().properties();
		StringBuilder table = new StringBuilder(head);
		for (Property property : properties) {
			if (filter.test(property)) {
				String defaultValue = property.defaultValue();
				table.append("| ")
					.append(names.apply(property))
					.append(" | ")
					.append((defaultValue == null || defaultValue.isEmpty()) ? "" : "`" + defaultValue + "`")
					.append(" | ")
					.append(property.description())
					.append(" |\n");
			}
		}
		return table.toString();
	}

	private static String replace(String document, String name, String content) {
		String begin = "<!-- " + name + ": generated -->\n";
		String end = "<!-- " + name + ": end -->";
		int from = document.indexOf(begin);
		int to = document.indexOf(end);
		assertThat(from).as(begin).isNotNegative();
		assertThat(to).as(end).isGreaterThan(from);
		return document.substring(0, from + begin.length()) + content + document.substring(to);
	}

}
