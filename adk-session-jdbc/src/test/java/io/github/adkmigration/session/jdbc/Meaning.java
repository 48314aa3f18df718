package io.github.adkmigration.session.jdbc;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * JSON as values that are equal if they mean the same: numbers by value, objects without
 * order.
 */
final class Meaning {

	private Meaning() {
	}

	static @Nullable Object of(JsonNode node) {
		if (node.isObject()) {
			Map<String, @Nullable Object> object = new TreeMap<>();
			node.properties().forEach((entry) -> object.put(entry.getKey(), of(entry.getValue())));
			return object;
		}
		if (node.isArray()) {
			List<@Nullable Object> array = new ArrayList<>();
			node.forEach((element) -> array.add(of(element)));
			return array;
		}
		if (node.isNumber()) {
			if ((node.isDouble() || node.isFloat()) && !Double.isFinite(node.doubleValue())) {
				return null;
			}
			BigDecimal exact = new BigDecimal(node.asText());
			// 5E-324 and 4.9E-324 are the same double.
			double value = exact.doubleValue();
			boolean shortened = exact.precision() <= 17 && value != 0 && Double.isFinite(value);
			return (shortened ? new BigDecimal(Double.toString(value)) : exact).stripTrailingZeros();
		}
		return node.isNull() ? null : node.asText();
	}

	/**
	 * Return where two values differ, one line each.
	 */
	static List<String> differences(@Nullable Object expected, @Nullable Object actual) {
		List<String> differences = new ArrayList<>();
		compare("", expected, actual, differences);
		return differences;
	}

	private static void compare(String path, @Nullable Object expected, @Nullable Object actual,
			List<String> differences) {
		if (expected instanceof Map<?, ?> left && actual instanceof Map<?, ?> right) {
			Set<Object> keys = new LinkedHashSet<>(left.keySet());
			keys.addAll(right.keySet());
			for (Object key : keys) {
				compare(path + "/" + key, left.containsKey(key) ? left.get(key) : "(absent)",
						right.containsKey(key) ? right.get(key) : "(absent)", differences);
			}
		}
		else if (expected instanceof List<?> left && actual instanceof List<?> right && left.size() == right.size()) {
			for (int i = 0; i < left.size(); i++) {
				compare(path + "/" + i, left.get(i), right.get(i), differences);
			}
		}
		else if (!Objects.equals(expected, actual)) {
			differences.add(path + ": expected " + expected + ", was " + actual);
		}
	}

	static @Nullable Object withoutNulls(@Nullable Object state) {
		Map<Object, Object> kept = new TreeMap<>();
		if (state instanceof Map<?, ?> map) {
			map.forEach((key, value) -> {
				if (value != null) {
					kept.put(key, value);
				}
			});
		}
		return kept;
	}

}
