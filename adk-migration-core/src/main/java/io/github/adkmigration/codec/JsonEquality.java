package io.github.adkmigration.codec;

import java.util.Comparator;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NumericNode;

/**
 * Tells whether two JSON texts say the same: the order of members and the spelling of
 * numbers and texts do not count, as {@code jsonb} keeps neither.
 *
 * @since 0.1.0
 */
public final class JsonEquality {

	private static final Comparator<JsonNode> VALUES = (one, other) -> same(one, other) ? 0 : 1;

	private JsonEquality() {
	}

	/**
	 * Compare two texts.
	 * @param one a JSON text
	 * @param other another, possibly no JSON at all
	 * @return whether they say the same
	 */
	public static boolean same(String one, String other) {
		if (one.equals(other)) {
			return true;
		}
		try {
			return JsonColumnReader.TREES.readTree(one).equals(VALUES, JsonColumnReader.TREES.readTree(other));
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private static boolean same(JsonNode one, JsonNode other) {
		if (one.equals(other)) {
			return true;
		}
		return one instanceof NumericNode number && other instanceof NumericNode otherNumber && !number.isNaN()
				&& !otherNumber.isNaN() && number.decimalValue().compareTo(otherNumber.decimalValue()) == 0;
	}

}
