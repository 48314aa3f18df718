package io.github.adkmigration.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container of a pod.
 *
 * @param content what was written
 */
record Container(Map<String, Object> content) {

	private static final Pattern REFERENCE = Pattern.compile("\\$\\((\\w+)\\)");

	String name() {
		return String.valueOf(this.content.get("name"));
	}

	/**
	 * Return command and arguments.
	 * @param key {@code command} or {@code args}
	 * @return the words, none if the image's own are meant
	 */
	List<String> words(String key) {
		return (this.content.get(key) instanceof List<?> words) ? words.stream().map(Object::toString).toList()
				: List.of();
	}

	List<Map<String, Object>> variables() {
		List<Map<String, Object>> variables = new ArrayList<>();
		if (this.content.get("env") instanceof List<?> list) {
			list.forEach((variable) -> variables.add(Manifest.map(variable)));
		}
		return variables;
	}

	/**
	 * Return the environment of the process, as the kubelet makes it.
	 * @param secrets gives the value of a key of a secret
	 * @return all variables
	 */
	Map<String, String> environment(BiFunction<String, String, String> secrets) {
		Map<String, String> environment = new LinkedHashMap<>();
		for (Map<String, Object> variable : variables()) {
			String value = (variable.get("value") instanceof String text) ? text : secret(variable, secrets);
			Matcher reference = REFERENCE.matcher(value);
			environment.put(String.valueOf(variable.get("name")), reference.replaceAll(
					(found) -> Matcher.quoteReplacement(environment.getOrDefault(found.group(1), found.group()))));
		}
		return environment;
	}

	private static String secret(Map<String, Object> variable, BiFunction<String, String, String> secrets) {
		Object source = Objects.requireNonNull(variable.get("valueFrom"), () -> "No value: " + variable);
		Map<String, Object> reference = Manifest
			.map(Objects.requireNonNull(Manifest.map(source).get("secretKeyRef"), () -> "No secret: " + variable));
		return secrets.apply(String.valueOf(reference.get("name")), String.valueOf(reference.get("key")));
	}

}
