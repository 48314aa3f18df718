package io.github.adkmigration.pickle;

import java.util.Arrays;

import io.github.adkmigration.pickle.PickleException.Fault;

/**
 * The stack of a pickle's machine and the marks on it. No value below the last mark can
 * be reached.
 */
final class PickleStack {

	private static final int MAX_VALUES = 1 << 20;

	private static final int MAX_MARKS = 100_000;

	private PickleValue[] values = new PickleValue[64];

	private int top;

	private int[] marks = new int[16];

	private int markCount;

	private int pushed;

	PickleValue[] values() {
		return this.values;
	}

	int top() {
		return this.top;
	}

	PickleValue get(int index) {
		return this.values[index];
	}

	void push(PickleValue value) {
		if (++this.pushed > MAX_VALUES) {
			throw new PickleException(Fault.LIMIT, "The pickle has more than " + MAX_VALUES + " values.");
		}
		if (this.top == this.values.length) {
			this.values = Arrays.copyOf(this.values, this.top * 2);
		}
		this.values[this.top++] = value;
	}

	PickleValue pop() {
		this.top = below(1);
		return this.values[this.top];
	}

	PickleValue peek() {
		return this.values[below(1)];
	}

	int below(int count) {
		if (this.top - count < fence()) {
			throw empty();
		}
		return this.top - count;
	}

	PickleValue targetBelow(int start) {
		if (start > this.top || start <= fence()) {
			throw empty();
		}
		return this.values[start - 1];
	}

	PickleSequence tuple(int start) {
		return PickleSequence.tuple(this.values, start, this.top);
	}

	void cut(int start) {
		this.top = start;
	}

	void mark() {
		if (this.markCount == MAX_MARKS) {
			throw new PickleException(Fault.LIMIT, "The pickle has more than " + MAX_MARKS + " open marks.");
		}
		if (this.markCount == this.marks.length) {
			this.marks = Arrays.copyOf(this.marks, this.markCount * 2);
		}
		this.marks[this.markCount++] = this.top;
	}

	int unmark() {
		if (this.markCount == 0) {
			throw new PickleException(Fault.BROKEN, "A mark is missing.");
		}
		return this.marks[--this.markCount];
	}

	void popOrUnmark() {
		if (this.markCount > 0 && fence() == this.top) {
			this.markCount--;
		}
		else {
			pop();
		}
	}

	private int fence() {
		return (this.markCount > 0) ? this.marks[this.markCount - 1] : 0;
	}

	private static PickleException empty() {
		return new PickleException(Fault.BROKEN, "The stack is empty.");
	}

}
