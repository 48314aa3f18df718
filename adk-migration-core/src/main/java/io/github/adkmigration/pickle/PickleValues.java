package io.github.adkmigration.pickle;

import java.util.Arrays;

/**
 * A growing run of values.
 */
final class PickleValues {

	private static final PickleValue[] NONE = {};

	private PickleValue[] values = NONE;

	private int size;

	int size() {
		return this.size;
	}

	PickleValue get(int index) {
		return this.values[index];
	}

	void addAll(PickleValues source, int from) {
		addAll(source.values, from, source.size);
	}

	void addAll(PickleValue[] source, int from, int to) {
		int count = to - from;
		if (this.size + count > this.values.length) {
			int grown = (this.size > 0) ? Math.max(this.size + count, this.size * 2) : count;
			this.values = Arrays.copyOf(this.values, grown);
		}
		System.arraycopy(source, from, this.values, this.size, count);
		this.size += count;
	}

}
