package io.github.adkmigration.pickle;

import org.jspecify.annotations.Nullable;

/**
 * What a class or a function would have made of its arguments, had anything been called.
 *
 * @since 0.1.0
 */
public final class PickleObject implements PickleValue {

	private final PickleValue callable;

	private final PickleSequence arguments;

	private final @Nullable PickleValue keywords;

	private @Nullable PickleValue state;

	private @Nullable PickleSequence items;

	private @Nullable PickleDict entries;

	PickleObject(PickleValue callable, PickleSequence arguments, @Nullable PickleValue keywords) {
		this.callable = callable;
		this.arguments = arguments;
		this.keywords = keywords;
	}

	void state(PickleValue newState) {
		this.state = newState;
	}

	PickleSequence writableItems() {
		PickleSequence current = this.items;
		if (current == null) {
			current = new PickleSequence(false);
			this.items = current;
		}
		return current;
	}

	PickleDict writableEntries() {
		PickleDict current = this.entries;
		if (current == null) {
			current = new PickleDict();
			this.entries = current;
		}
		return current;
	}

	@Override
	public Kind kind() {
		return Kind.OBJECT;
	}

	/**
	 * Return what would have been called: a global, or an object for a chain of calls.
	 * @return the callable
	 */
	public PickleValue callable() {
		return this.callable;
	}

	/**
	 * Return the positional arguments.
	 * @return a tuple
	 */
	public PickleSequence arguments() {
		return this.arguments;
	}

	/**
	 * Return the keyword arguments.
	 * @return the arguments, normally a dict; {@code null} if there are none
	 */
	public @Nullable PickleValue keywords() {
		return this.keywords;
	}

	/**
	 * Return the state that would have been given to the object.
	 * @return the state, or {@code null} if there is none
	 */
	public @Nullable PickleValue state() {
		return this.state;
	}

	/**
	 * Return what would have been appended or added to the object.
	 * @return the elements, or {@code null} if nothing was appended
	 */
	public @Nullable PickleSequence items() {
		return this.items;
	}

	/**
	 * Return the entries that would have been set on the object.
	 * @return the entries, or {@code null} if none was set
	 */
	public @Nullable PickleDict entries() {
		return this.entries;
	}

}
