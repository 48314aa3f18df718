package io.github.adkmigration.convert;

import java.util.List;

import io.github.adkmigration.codec.Substitution;

/**
 * A session or a state as it will stand in the target.
 *
 * @param key values of its key
 * @param state its JSON
 * @param times microseconds as if in UTC
 * @param substitutions what the target's JSON could not hold
 */
record StateRow(List<String> key, String state, List<Long> times, List<Substitution> substitutions) {

	/**
	 * Return the rough size in memory, bytes.
	 */
	int size() {
		return 500 + 2 * this.state.length();
	}

	/**
	 * Return the key under which its substitutions are recorded: that of an event without
	 * an id.
	 */
	EventKey recorded() {
		return new EventKey("", part(0), part(1), part(2));
	}

	private String part(int index) {
		return index < this.key.size() ? this.key.get(index) : "";
	}

}
