package io.github.adkmigration.pickle;

import java.util.Arrays;

import io.github.adkmigration.pickle.PickleException.Fault;
import org.jspecify.annotations.Nullable;

/**
 * The values that a pickle refers to a second time.
 */
final class PickleMemo {

	/**
	 * Python numbers its memo without gaps; some are left for tools that rewrite pickles.
	 */
	private static final int MAX_GAP = 1024;

	private @Nullable PickleValue[] values = new PickleValue[64];

	private int size;

	PickleValue get(long index) {
		PickleValue value = (index >= 0 && index < this.size) ? this.values[(int) index] : null;
		if (value == null) {
			throw new PickleException(Fault.BROKEN, "A value is referred to before it was written.");
		}
		return value;
	}

	void append(PickleValue value) {
		put(this.size, value);
	}

	void put(long index, PickleValue value) {
		if (index > this.size + MAX_GAP) {
			throw new PickleException(Fault.LIMIT, "The memo has " + this.size + " values and a number " + index + ".");
		}
		int position = (int) index;
		if (position >= this.values.length) {
			this.values = Arrays.copyOf(this.values, Math.max(position + 1, this.values.length * 2));
		}
		this.values[position] = value;
		this.size = Math.max(this.size, position + 1);
	}

}
