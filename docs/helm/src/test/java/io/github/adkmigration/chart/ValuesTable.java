package io.github.adkmigration.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.google.gson.GsonBuilder;
import org.yaml.snakeyaml.Yaml;

/**
 * The values of a chart with what their comments say: {@code # -- meaning} right above a
 * key, which may be a whole map.
 */
final class ValuesTable {

	private static final Pattern LINE = Pattern.compile("^( *)(?:# -- (.*)|([A-Za-z]+):.*)$");

	private final Map<String, Object> values;

	private final Map<String, String> meanings = new LinkedHashMap<>();

	ValuesTable(String text) {
		this.values = new Yaml().load(text);
		List<String> path = new ArrayList<>();
		String meaning = "";
		for (String line : text.split("\n")) {
			Matcher matcher = LINE.matcher(line);
			if (!matcher.matches()) {
				continue;
			}
			if (matcher.group(2) != null) {
				meaning = matcher.group(2);
				continue;
			}
			int depth = matcher.group(1).length() / 2;
			path.subList(depth, path.size()).clear();
			path.add(matcher.group(3));
			if (!meaning.isEmpty()) {
				this.meanings.put(String.join(".", path), meaning);
				meaning = "";
			}
		}
	}

	String markdown() {
		return this.meanings.entrySet()
			.stream()
			.map((entry) -> "| `" + entry.getKey() + "` | " + written(value(entry.getKey())) + " | " + entry.getValue()
					+ " |\n")
			.collect(Collectors.joining("", "| value | default | meaning |\n|---|---|---|\n", ""));
	}

	/**
	 * Return the values that neither have a meaning nor belong to a map that has one.
	 * @return their paths
	 */
	TreeSet<String> unexplained() {
		TreeSet<String> unexplained = new TreeSet<>();
		collect("", this.values, unexplained);
		return unexplained;
	}

	private void collect(String prefix, Map<String, Object> map, TreeSet<String> unexplained) {
		map.forEach((key, value) -> {
			String path = prefix + key;
			if (this.meanings.containsKey(path)) {
				return;
			}
			if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
				collect(path + ".", Manifest.map(inner), unexplained);
			}
			else {
				unexplained.add(path);
			}
		});
	}

	private Object value(String path) {
		Object value = this.values;
		for (String key : path.split("\\.")) {
			value = Objects.requireNonNull(Manifest.map(value).get(key), path);
		}
		return value;
	}

	private static String written(Object value) {
		return "".equals(value) ? "" : "`" + ((value instanceof String text) ? text
				: new GsonBuilder().disableHtmlEscaping().create().toJson(value)) + "`";
	}

}
