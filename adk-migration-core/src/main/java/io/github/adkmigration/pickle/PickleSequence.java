package io.github.adkmigration.pickle;

import java.util.List;

/**
 * A list, tuple, set or frozen set, in the order in which it was written.
 *
 * @since 0.1.0
 */
public final class PickleSequence implements PickleValue {

	private final boolean tuple;

	private final PickleValues values = new PickleValues();

	PickleSequence(boolean tuple) {
		this.tuple = tuple;
	}

	/**
	 * Create a list.
	 * @param elements its elements
	 * @return the list
	 */
	public static PickleSequence list(List<PickleValue> elements) {
		PickleSequence list = new PickleSequence(false);
		list.values.addAll(elements.toArray(PickleValue[]::new), 0, elements.size());
		return list;
	}

	static PickleSequence tuple(PickleValue[] source, int from, int to) {
		PickleSequence tuple = new PickleSequence(true);
		tuple.values.addAll(source, from, to);
		return tuple;
	}

	void addAll(PickleValue[] source, int from, int to) {
		this.values.addAll(source, from, to);
	}

	@Override
	public Kind kind() {
		return Kind.SEQUENCE;
	}

	/**
	 * Return whether this is a tuple.
	 * @return whether it is a tuple, not a list or a set
	 */
	public boolean isTuple() {
		return this.tuple;
	}

	/**
	 * Return how many elements there are.
	 * @return the number of elements
	 */
	public int size() {
		return this.values.size();
	}

	/**
	 * Return the elements from a position on.
	 * @param start the first position
	 * @return a new tuple
	 */
	public PickleSequence from(int start) {
		PickleSequence rest = new PickleSequence(true);
		rest.values.addAll(this.values, start);
		return rest;
	}

	/**
	 * Return an element.
	 * @param index its position, from 0
	 * @return the element
	 */
	public PickleValue get(int index) {
		return this.values.get(index);
	}

}
