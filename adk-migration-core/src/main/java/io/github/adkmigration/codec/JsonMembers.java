package io.github.adkmigration.codec;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an object or a list is made of. Of members with one name the last one counts, in
 * the place of the first.
 */
final class JsonMembers {

	private static final int FIRST = 4;

	/** With more than these a name is found by its hash. */
	private static final int FEW = 16;

	private String[] names = JsonValue.NO_NAMES;

	private JsonValue[] values = JsonValue.NO_VALUES;

	private int size;

	/** As {@code jsonb} sorts them, so that none can be there twice. */
	private boolean ascending = true;

	private @Nullable Map<String, Integer> positions;

	void add(JsonValue value) {
		if (this.size == this.values.length) {
			this.values = Arrays.copyOf(this.values, this.size == 0 ? FIRST : 2 * this.size);
		}
		this.values[this.size++] = value;
	}

	void add(String name, JsonValue value) {
		int position = position(name);
		if (position >= 0) {
			this.values[position] = value;
			return;
		}
		add(value);
		if (this.names.length < this.values.length) {
			this.names = Arrays.copyOf(this.names, this.values.length);
		}
		this.names[this.size - 1] = name;
		if (this.positions != null) {
			this.positions.put(name, this.size - 1);
		}
	}

	private int position(String name) {
		if (this.size == 0 || this.ascending && isAbove(name, this.names[this.size - 1])) {
			return -1;
		}
		this.ascending = false;
		if (this.size > FEW) {
			return positions().getOrDefault(name, -1);
		}
		for (int i = 0; i < this.size; i++) {
			if (this.names[i].equals(name)) {
				return i;
			}
		}
		return -1;
	}

	private static boolean isAbove(String name, String last) {
		int longer = name.length() - last.length();
		return longer > 0 || longer == 0 && name.compareTo(last) > 0;
	}

	private Map<String, Integer> positions() {
		Map<String, Integer> known = this.positions;
		if (known == null) {
			known = new HashMap<>();
			for (int i = 0; i < this.size; i++) {
				known.put(this.names[i], i);
			}
			this.positions = known;
		}
		return known;
	}

	JsonValue toObject() {
		return JsonValue.object(this.names, this.values, this.size);
	}

	JsonValue toArray() {
		return JsonValue.array(this.values, this.size);
	}

}
