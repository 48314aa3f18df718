package io.github.adkmigration.pickle;

import java.math.BigInteger;
import java.util.Arrays;

import io.github.adkmigration.pickle.PickleException.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stack machine of a pickle over inert values. Python objects come out as
 * {@link PickleObject}: their class or function, arguments and state, as data.
 *
 * <p>
 * Limits keep the memory in proportion to the input: texts and bytes are slices of it, a
 * length is compared with what is left before anything is allocated, and the number of
 * values is bounded.
 *
 * @since 0.1.0
 */
public final class PickleReader {

	/** The largest pickle that is read, in bytes. */
	public static final int MAX_SIZE = 64 * 1024 * 1024;

	private static final int MAX_VALUES = 1 << 20;

	/** Python itself neither prints nor parses more than 4300 digits. */
	private static final int MAX_INT_BYTES = 1785;

	private static final int MAX_MARKS = 100_000;

	/**
	 * Every pickle of ours starts with it, so looking at its name again would be waste.
	 */
	private static final PickleGlobal ROOT = new PickleGlobal("google.adk.events.event_actions", "EventActions");

	private static final PickleSequence EMPTY_TUPLE = new PickleSequence(true);

	private final PickleInput in;

	private final PickleMemo memo;

	private PickleValue[] stack = new PickleValue[64];

	private int top;

	private int[] marks = new int[16];

	private int markCount;

	private int valueCount;

	private PickleReader(byte[] pickle) {
		this.in = new PickleInput(pickle);
		this.memo = new PickleMemo();
	}

	/**
	 * Read a pickle.
	 * @param pickle the bytes; what follows the end of the pickle is ignored, as Python
	 * does
	 * @return the value; its texts and bytes refer to the given array
	 * @throws PickleException if the pickle is damaged, breaks a limit or refers to
	 * something that acts
	 */
	public static PickleValue read(byte[] pickle) {
		if (pickle.length > MAX_SIZE) {
			throw new PickleException(Fault.LIMIT, "The pickle has " + pickle.length + " bytes.");
		}
		return new PickleReader(pickle).run();
	}

	private PickleValue run() {
		while (true) {
			int opcode = this.in.unsignedByte();
			if (opcode == '.') {
				return pop();
			}
			if (opcode < 0x80) {
				executeOld(opcode);
			}
			else {
				executeNew(opcode);
			}
		}
	}

	/** Protocols 0 and 1. */
	private void executeOld(int opcode) {
		switch (opcode) {
			case '(' -> mark();
			case '0' -> popOrUnmark();
			case '1' -> this.top = unmark();
			case '2' -> push(peek());
			case 'N' -> push(PickleConstant.NONE);
			case 'F' -> push(new PickleFloat(PickleLiterals.decimalFloat(this.in.line())));
			case 'G' -> push(new PickleFloat(Double.longBitsToDouble(this.in.bigEndian64())));
			case 'I' -> push(PickleLiterals.decimalIntOrBool(this.in.line()));
			case 'L' -> push(PickleLiterals.decimalLong(this.in.line()));
			case 'J' -> push(PickleInt.of(this.in.littleEndian32()));
			case 'K' -> push(PickleInt.of(this.in.unsignedByte()));
			case 'M' -> push(PickleInt.of(this.in.littleEndian16()));
			case 'S' -> push(PickleLiterals.quotedText(this.in.line()));
			case 'T' -> push(PickleLiterals.asciiOnly(this.in.text(this.in.littleEndian32())));
			case 'U' -> push(PickleLiterals.asciiOnly(this.in.text(this.in.unsignedByte())));
			case 'V' -> push(PickleLiterals.rawUnicodeEscape(this.in.line()));
			case 'X' -> push(this.in.text(this.in.unsigned32()));
			case 'B' -> push(this.in.bytes(this.in.unsigned32()));
			case 'C' -> push(this.in.bytes(this.in.unsignedByte()));
			case ']' -> push(new PickleSequence(false));
			case 'l' -> collectList();
			case 'a' -> append(this.top - 1);
			case 'e' -> append(unmark());
			case ')' -> push(EMPTY_TUPLE);
			case 't' -> collectTuple(unmark());
			case '}' -> push(new PickleDict());
			case 'd' -> collectDict();
			case 's' -> setItems(this.top - 2);
			case 'u' -> setItems(unmark());
			case 'c' -> push(global(this.in.line(), this.in.line()));
			case 'R' -> reduce();
			case 'b' -> build();
			case 'i' -> instance(global(this.in.line(), this.in.line()), unmark());
			case 'o' -> instanceOfMarkedClass();
			case 'g' -> push(this.memo.get(PickleLiterals.index(this.in.line())));
			case 'h' -> push(this.memo.get(this.in.unsignedByte()));
			case 'j' -> push(this.memo.get(this.in.unsigned32()));
			case 'p' -> this.memo.put(PickleLiterals.index(this.in.line()), peek());
			case 'q' -> this.memo.put(this.in.unsignedByte(), peek());
			case 'r' -> this.memo.put(this.in.unsigned32(), peek());
			default -> throw unknownOpcode(opcode);
		}
	}

	/** Protocols 2 to 5. */
	private void executeNew(int opcode) {
		switch (opcode) {
			case 0x80 -> this.in.protocol();
			case 0x81 -> newObject();
			case 0x85 -> collectTuple(below(1));
			case 0x86 -> collectTuple(below(2));
			case 0x87 -> collectTuple(below(3));
			case 0x88 -> push(PickleConstant.TRUE);
			case 0x89 -> push(PickleConstant.FALSE);
			case 0x8a -> push(longOf(this.in.unsignedByte()));
			case 0x8b -> push(longOf(this.in.littleEndian32()));
			case 0x8c -> push(this.in.text(this.in.unsignedByte()));
			case 0x8d -> push(this.in.text(this.in.littleEndian64()));
			case 0x8e, 0x96 -> push(this.in.bytes(this.in.littleEndian64()));
			case 0x8f -> push(new PickleSequence(false));
			case 0x90 -> append(unmark());
			case 0x91 -> collectList();
			case 0x92 -> newObjectWithKeywords();
			case 0x93 -> stackGlobal();
			case 0x94 -> this.memo.append(peek());
			case 0x95 -> this.in.frame();
			default -> throw unknownOpcode(opcode);
		}
	}

	private static PickleException unknownOpcode(int opcode) {
		return broken("The opcode 0x" + Integer.toHexString(opcode) + " has no meaning in a stored pickle.");
	}

	private static PickleException broken(String message) {
		return new PickleException(Fault.BROKEN, message);
	}

	private PickleInt longOf(long length) {
		if (length > MAX_INT_BYTES) {
			throw new PickleException(Fault.LIMIT, "An integer has " + length + " bytes.");
		}
		byte[] bytes = this.in.bytes(length).toArray();
		if (bytes.length == 0) {
			return PickleInt.of(0);
		}
		for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
			byte swapped = bytes[i];
			bytes[i] = bytes[j];
			bytes[j] = swapped;
		}
		return PickleInt.of(new BigInteger(bytes));
	}

	private void collectList() {
		int start = unmark();
		PickleSequence list = new PickleSequence(false);
		list.addAll(this.stack, start, this.top);
		this.top = start;
		push(list);
	}

	private void collectTuple(int start) {
		PickleSequence tuple = PickleSequence.tuple(this.stack, start, this.top);
		this.top = start;
		push(tuple);
	}

	private void collectDict() {
		int start = unmark();
		PickleDict dict = new PickleDict();
		addEntries(dict, start);
		this.top = start;
		push(dict);
	}

	private void append(int start) {
		PickleValue target = targetBelow(start);
		if (target instanceof PickleSequence sequence && !sequence.isTuple()) {
			sequence.addAll(this.stack, start, this.top);
		}
		else if (target instanceof PickleObject object) {
			object.writableItems().addAll(this.stack, start, this.top);
		}
		else {
			throw broken("Elements are appended to something that is no list.");
		}
		this.top = start;
	}

	private void setItems(int start) {
		PickleValue target = targetBelow(start);
		if (target instanceof PickleDict dict) {
			addEntries(dict, start);
		}
		else if (target instanceof PickleObject object) {
			addEntries(object.writableEntries(), start);
		}
		else {
			throw broken("Entries are set on something that is no dict.");
		}
		this.top = start;
	}

	private void addEntries(PickleDict dict, int start) {
		if ((this.top - start) % 2 != 0) {
			throw broken("A key has no value.");
		}
		dict.addAll(this.stack, start, this.top);
	}

	private PickleValue targetBelow(int start) {
		if (start < 1 || start > this.top || start <= fence()) {
			throw broken("The stack is empty.");
		}
		return this.stack[start - 1];
	}

	private static PickleGlobal global(PickleInput.Line module, PickleInput.Line name) {
		return global(module.toString(), name.toString());
	}

	private static PickleGlobal global(String writtenModule, String writtenName) {
		String module = PythonNames.module(writtenModule);
		String name = PythonNames.name(module, writtenName);
		if (HostileGlobals.acts(module, name)) {
			throw new PickleException(Fault.HOSTILE, "The pickle refers to '"
					+ PickleLiterals.printable(module + "." + name) + "', which acts when it is called.");
		}
		return new PickleGlobal(module, name);
	}

	private void stackGlobal() {
		PickleValue name = pop();
		PickleValue module = pop();
		if (!(name instanceof PickleText nameText) || !(module instanceof PickleText moduleText)) {
			throw broken("The name of a class is no text.");
		}
		boolean root = moduleText.is(ROOT.module()) && nameText.is(ROOT.name());
		push(root ? ROOT : global(moduleText.toString(), nameText.toString()));
	}

	private void reduce() {
		PickleSequence arguments = popTuple();
		PickleValue callable = pop();
		if (HostileGlobals.isGetattr(callable)) {
			checkAttribute(arguments);
		}
		push(object(callable, arguments, null));
	}

	private static void checkAttribute(PickleSequence arguments) {
		if (arguments.size() < 2 || !(arguments.get(1) instanceof PickleText attribute)) {
			throw broken("An attribute has no name.");
		}
		if (HostileGlobals.actsThroughAttribute(arguments.get(0), attribute.toString())) {
			throw new PickleException(Fault.HOSTILE,
					"The pickle asks for the attribute '" + PickleLiterals.printable(attribute.toString()) + "'.");
		}
	}

	private void newObject() {
		PickleSequence arguments = popTuple();
		push(object(pop(), arguments, null));
	}

	private void newObjectWithKeywords() {
		PickleValue keywords = pop();
		PickleSequence arguments = popTuple();
		push(object(pop(), arguments, keywords));
	}

	private void instance(PickleValue type, int start) {
		PickleSequence arguments = PickleSequence.tuple(this.stack, start, this.top);
		this.top = start;
		push(object(type, arguments, null));
	}

	private void instanceOfMarkedClass() {
		int start = unmark();
		if (start >= this.top) {
			throw broken("An instance has no class.");
		}
		PickleValue type = this.stack[start];
		PickleSequence arguments = PickleSequence.tuple(this.stack, start + 1, this.top);
		this.top = start;
		push(object(type, arguments, null));
	}

	private static PickleObject object(PickleValue callable, PickleSequence arguments, @Nullable PickleValue keywords) {
		if (callable.kind() != PickleValue.Kind.GLOBAL && callable.kind() != PickleValue.Kind.OBJECT) {
			throw broken("Something that is no class would be instantiated.");
		}
		return new PickleObject(callable, arguments, keywords);
	}

	private void build() {
		PickleValue state = pop();
		if (!(peek() instanceof PickleObject object)) {
			throw broken("State is given to something that is no object.");
		}
		object.state(state);
	}

	private PickleSequence popTuple() {
		if (pop() instanceof PickleSequence arguments && arguments.isTuple()) {
			return arguments;
		}
		throw broken("Arguments are no tuple.");
	}

	private void mark() {
		if (this.markCount == MAX_MARKS) {
			throw new PickleException(Fault.LIMIT, "The pickle has more than " + MAX_MARKS + " open marks.");
		}
		if (this.markCount == this.marks.length) {
			this.marks = Arrays.copyOf(this.marks, this.markCount * 2);
		}
		this.marks[this.markCount++] = this.top;
	}

	private int unmark() {
		if (this.markCount == 0) {
			throw broken("A mark is missing.");
		}
		return this.marks[--this.markCount];
	}

	private int fence() {
		return (this.markCount > 0) ? this.marks[this.markCount - 1] : 0;
	}

	private void popOrUnmark() {
		if (this.markCount > 0 && fence() == this.top) {
			this.markCount--;
		}
		else {
			pop();
		}
	}

	private int below(int count) {
		if (this.top - count < fence()) {
			throw broken("The stack is empty.");
		}
		return this.top - count;
	}

	private void push(PickleValue value) {
		if (++this.valueCount > MAX_VALUES) {
			throw new PickleException(Fault.LIMIT, "The pickle has more than " + MAX_VALUES + " values.");
		}
		if (this.top == this.stack.length) {
			this.stack = Arrays.copyOf(this.stack, this.top * 2);
		}
		this.stack[this.top++] = value;
	}

	private PickleValue pop() {
		this.top = below(1);
		return this.stack[this.top];
	}

	private PickleValue peek() {
		return this.stack[below(1)];
	}

}
