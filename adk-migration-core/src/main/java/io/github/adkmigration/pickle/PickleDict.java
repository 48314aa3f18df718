package io.github.adkmigration.pickle;

import org.jspecify.annotations.Nullable;

/**
 * The entries of a dict, in the order in which they were written. A key that was written
 * twice is there twice; the last one counts.
 *
 * @since 0.1.0
 */
public final class PickleDict implements PickleValue {

	private final PickleValues values = new PickleValues();

	/**
	 * Create an empty dict.
	 */
	public PickleDict() {
	}

	void addAll(PickleValue[] source, int from, int to) {
		this.values.addAll(source, from, to);
	}

	@Override
	public Kind kind() {
		return Kind.DICT;
	}

	/**
	 * Return the entries of this dict followed by those of another one.
	 * @param other the other dict
	 * @return a new dict
	 */
	public PickleDict with(PickleDict other) {
		PickleDict both = new PickleDict();
		both.values.addAll(this.values, 0);
		both.values.addAll(other.values, 0);
		return both;
	}

	/**
	 * Return how many entries there are.
	 * @return the number of entries
	 */
	public int size() {
		return this.values.size() / 2;
	}

	/**
	 * Return the key of an entry.
	 * @param index the entry's position, from 0
	 * @return the key
	 */
	public PickleValue key(int index) {
		return this.values.get(2 * index);
	}

	/**
	 * Return the value of an entry.
	 * @param index the entry's position, from 0
	 * @return the value
	 */
	public PickleValue value(int index) {
		return this.values.get(2 * index + 1);
	}

	/**
	 * Find the value of a text key.
	 * @param key the key, only ASCII
	 * @return the value, or {@code null} if there is no such key
	 */
	public @Nullable PickleValue get(String key) {
		for (int i = size() - 1; i >= 0; i--) {
			if (key(i) instanceof PickleText text && text.is(key)) {
				return value(i);
			}
		}
		return null;
	}

}
