package io.github.adkmigration.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import org.yaml.snakeyaml.Yaml;

/**
 * The chart of this module, as Helm sees it. Helm's library leaves hooks out of what it
 * renders, so the annotation that makes a hook has another name in a copy of the chart.
 */
final class Chart {

	static final Path DIRECTORY = Path.of("adk-agent");

	static final String RELEASE = "support";

	/** Without a cluster Helm takes a far older one for granted. */
	private static final String OLDEST_KUBERNETES = "1.29.0";

	private static final String HOOK = "helm.sh/hook:";

	private static final String HIDDEN_HOOK = "test/hook:";

	private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

	private final Path directory;

	private Chart(Path directory) {
		this.directory = directory;
	}

	/**
	 * Copy the chart.
	 * @param target a directory
	 * @return the copy
	 */
	static Chart copyTo(Path target) {
		try (Stream<Path> files = Files.walk(DIRECTORY)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path copy = target.resolve(DIRECTORY.getFileName()).resolve(DIRECTORY.relativize(file));
				Files.createDirectories(copy.getParent());
				Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new Chart(target.resolve(DIRECTORY.getFileName()));
	}

	/**
	 * Return the files of values that the chart brings, one for each way to use it.
	 * @return names without ending
	 */
	static List<String> cases() {
		try (Stream<Path> files = Files.list(DIRECTORY.resolve("ci"))) {
			return files.map((file) -> file.getFileName().toString().replace("-values.yaml", "")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Map<String, Object> values(String name) {
		return load(DIRECTORY.resolve("ci").resolve(name + "-values.yaml"));
	}

	static Map<String, Object> load(Path file) {
		try {
			return new Yaml().load(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Render a case that the chart brings, once for all tests.
	 * @param name name of the case
	 * @param directory a directory for a copy
	 * @return all documents
	 */
	static String rendered(String name, Path directory) {
		return RENDERED.computeIfAbsent(name, (key) -> copyTo(directory).render(values(key)));
	}

	/**
	 * Render everything, hooks included.
	 * @param values values of an installation
	 * @return all documents
	 */
	String render(Map<String, Object> values) {
		try {
			for (Path template : templates()) {
				Files.writeString(template, Files.readString(template).replace(HOOK, HIDDEN_HOOK));
			}
			Path file = Files.createTempFile(this.directory.getParent(), "values", ".yaml");
			Files.writeString(file, new Yaml().dump(values));
			return new Helm(this.directory).template()
				.withName(RELEASE)
				.withNamespace("agents")
				.withKubeVersion(OLDEST_KUBERNETES)
				.withValuesFile(file)
				.call()
				.replace(HIDDEN_HOOK, HOOK);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Render what Helm prints after an installation, as a document beside the others.
	 * @param values values of an installation
	 * @return the text
	 */
	String notes(Map<String, Object> values) {
		try {
			Files.writeString(this.directory.resolve("templates/notes.yaml"),
					"kind: Notes\ntext: {{ include \"adk-agent/templates/NOTES.txt\" . | quote }}\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Manifest.read(render(values))
			.stream()
			.filter((manifest) -> manifest.kind().equals("Notes"))
			.findFirst()
			.orElseThrow()
			.text("text");
	}

	/**
	 * Have Helm judge the chart as if the values were its defaults, since its library
	 * takes no others here.
	 * @param values values of an installation
	 * @return the judgement
	 */
	LintResult lint(Map<String, Object> values) {
		Path file = this.directory.resolve("values.yaml");
		Map<String, Object> all = load(file);
		merge(all, values);
		try {
			Files.writeString(file, new Yaml().dump(all));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new Helm(this.directory).lint().strict().call();
	}

	private List<Path> templates() throws IOException {
		try (Stream<Path> files = Files.list(this.directory.resolve("templates"))) {
			return files.toList();
		}
	}

	@SuppressWarnings("unchecked")
	private static void merge(Map<String, Object> into, Map<String, Object> values) {
		values.forEach((key, value) -> {
			if (into.get(key) instanceof Map<?, ?> inner && value instanceof Map<?, ?> map) {
				merge((Map<String, Object>) inner, (Map<String, Object>) map);
			}
			else {
				into.put(key, value);
			}
		});
	}

}
