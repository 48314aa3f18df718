package io.github.adkmigration.pickle;

import java.math.BigInteger;

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

	/** Python itself neither prints nor parses more than 4300 digits. */
	private static final int MAX_INT_BYTES = 1785;

	/**
	 * Every pickle of ours starts with it, so looking at its name again would be waste.
	 */
	private static final PickleGlobal ROOT = new PickleGlobal("google.adk.events.event_actions", "EventActions");

	private static final PickleSequence EMPTY_TUPLE = new PickleSequence(true);

	private final PickleInput in;

	private final PickleMemo memo;

	private final PickleStack stack = new PickleStack();

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
				return this.stack.pop();
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
			case '(' -> this.stack.mark();
			case '0' -> this.stack.popOrUnmark();
			case '1' -> this.stack.cut(this.stack.unmark());
			case '2' -> this.stack.push(this.stack.peek());
			case 'N' -> this.stack.push(PickleConstant.NONE);
			case 'F' -> this.stack.push(new PickleFloat(PickleLiterals.decimalFloat(this.in.line())));
			case 'G' -> this.stack.push(new PickleFloat(Double.longBitsToDouble(this.in.bigEndian64())));
			case 'I' -> this.stack.push(PickleLiterals.decimalIntOrBool(this.in.line()));
			case 'L' -> this.stack.push(PickleLiterals.decimalLong(this.in.line()));
			case 'J' -> this.stack.push(PickleInt.of(this.in.littleEndian32()));
			case 'K' -> this.stack.push(PickleInt.of(this.in.unsignedByte()));
			case 'M' -> this.stack.push(PickleInt.of(this.in.littleEndian16()));
			case 'S' -> this.stack.push(PickleLiterals.quotedText(this.in.line()));
			case 'T' -> this.stack.push(PickleLiterals.asciiOnly(this.in.text(this.in.littleEndian32())));
			case 'U' -> this.stack.push(PickleLiterals.asciiOnly(this.in.text(this.in.unsignedByte())));
			case 'V' -> this.stack.push(PickleLiterals.rawUnicodeEscape(this.in.line()));
			case 'X' -> this.stack.push(this.in.text(this.in.unsigned32()));
			case 'B' -> this.stack.push(this.in.bytes(this.in.unsigned32()));
			case 'C' -> this.stack.push(this.in.bytes(this.in.unsignedByte()));
			case ']' -> this.stack.push(new PickleSequence(false));
			case 'l' -> collectList();
			case 'a' -> append(this.stack.top() - 1);
			case 'e' -> append(this.stack.unmark());
			case ')' -> this.stack.push(EMPTY_TUPLE);
			case 't' -> collectTuple(this.stack.unmark());
			case '}' -> this.stack.push(new PickleDict());
			case 'd' -> collectDict();
			case 's' -> setItems(this.stack.top() - 2);
			case 'u' -> setItems(this.stack.unmark());
			case 'c' -> this.stack.push(global(this.in.line(), this.in.line()));
			case 'R' -> reduce();
			case 'b' -> build();
			case 'i' -> instance(global(this.in.line(), this.in.line()), this.stack.unmark());
			case 'o' -> instanceOfMarkedClass();
			case 'g' -> this.stack.push(this.memo.get(PickleLiterals.index(this.in.line())));
			case 'h' -> this.stack.push(this.memo.get(this.in.unsignedByte()));
			case 'j' -> this.stack.push(this.memo.get(this.in.unsigned32()));
			case 'p' -> this.memo.put(PickleLiterals.index(this.in.line()), this.stack.peek());
			case 'q' -> this.memo.put(this.in.unsignedByte(), this.stack.peek());
			case 'r' -> this.memo.put(this.in.unsigned32(), this.stack.peek());
			default -> throw unknownOpcode(opcode);
		}
	}

	/** Protocols 2 to 5. */
	private void executeNew(int opcode) {
		switch (opcode) {
			case 0x80 -> this.in.protocol();
			case 0x81 -> newObject();
			case 0x85 -> collectTuple(this.stack.below(1));
			case 0x86 -> collectTuple(this.stack.below(2));
			case 0x87 -> collectTuple(this.stack.below(3));
			case 0x88 -> this.stack.push(PickleConstant.TRUE);
			case 0x89 -> this.stack.push(PickleConstant.FALSE);
			case 0x8a -> this.stack.push(longOf(this.in.unsignedByte()));
			case 0x8b -> this.stack.push(longOf(this.in.littleEndian32()));
			case 0x8c -> this.stack.push(this.in.text(this.in.unsignedByte()));
			case 0x8d -> this.stack.push(this.in.text(this.in.littleEndian64()));
			case 0x8e, 0x96 -> this.stack.push(this.in.bytes(this.in.littleEndian64()));
			case 0x8f -> this.stack.push(new PickleSequence(false));
			case 0x90 -> append(this.stack.unmark());
			case 0x91 -> collectList();
			case 0x92 -> newObjectWithKeywords();
			case 0x93 -> stackGlobal();
			case 0x94 -> this.memo.append(this.stack.peek());
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
		int start = this.stack.unmark();
		PickleSequence list = new PickleSequence(false);
		list.addAll(this.stack.values(), start, this.stack.top());
		this.stack.cut(start);
		this.stack.push(list);
	}

	private void collectTuple(int start) {
		PickleSequence tuple = this.stack.tuple(start);
		this.stack.cut(start);
		this.stack.push(tuple);
	}

	private void collectDict() {
		int start = this.stack.unmark();
		PickleDict dict = new PickleDict();
		addEntries(dict, start);
		this.stack.cut(start);
		this.stack.push(dict);
	}

	private void append(int start) {
		PickleValue target = this.stack.targetBelow(start);
		if (target instanceof PickleSequence sequence && !sequence.isTuple()) {
			sequence.addAll(this.stack.values(), start, this.stack.top());
		}
		else if (target instanceof PickleObject object) {
			object.writableItems().addAll(this.stack.values(), start, this.stack.top());
		}
		else {
			throw broken("Elements are appended to something that is no list.");
		}
		this.stack.cut(start);
	}

	private void setItems(int start) {
		PickleValue target = this.stack.targetBelow(start);
		if (target instanceof PickleDict dict) {
			addEntries(dict, start);
		}
		else if (target instanceof PickleObject object) {
			addEntries(object.writableEntries(), start);
		}
		else {
			throw broken("Entries are set on something that is no dict.");
		}
		this.stack.cut(start);
	}

	private void addEntries(PickleDict dict, int start) {
		if ((this.stack.top() - start) % 2 != 0) {
			throw broken("A key has no value.");
		}
		dict.addAll(this.stack.values(), start, this.stack.top());
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
		PickleValue name = this.stack.pop();
		PickleValue module = this.stack.pop();
		if (!(name instanceof PickleText nameText) || !(module instanceof PickleText moduleText)) {
			throw broken("The name of a class is no text.");
		}
		boolean root = moduleText.is(ROOT.module()) && nameText.is(ROOT.name());
		this.stack.push(root ? ROOT : global(moduleText.toString(), nameText.toString()));
	}

	private void reduce() {
		PickleSequence arguments = popTuple();
		PickleValue callable = this.stack.pop();
		if (HostileGlobals.isGetattr(callable)) {
			checkAttribute(arguments);
		}
		this.stack.push(object(callable, arguments, null));
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
		this.stack.push(object(this.stack.pop(), arguments, null));
	}

	private void newObjectWithKeywords() {
		PickleValue keywords = this.stack.pop();
		PickleSequence arguments = popTuple();
		this.stack.push(object(this.stack.pop(), arguments, keywords));
	}

	private void instance(PickleValue type, int start) {
		PickleSequence arguments = this.stack.tuple(start);
		this.stack.cut(start);
		this.stack.push(object(type, arguments, null));
	}

	private void instanceOfMarkedClass() {
		int start = this.stack.unmark();
		if (start >= this.stack.top()) {
			throw broken("An instance has no class.");
		}
		PickleValue type = this.stack.get(start);
		PickleSequence arguments = this.stack.tuple(start + 1);
		this.stack.cut(start);
		this.stack.push(object(type, arguments, null));
	}

	private static PickleObject object(PickleValue callable, PickleSequence arguments, @Nullable PickleValue keywords) {
		if (callable.kind() != PickleValue.Kind.GLOBAL && callable.kind() != PickleValue.Kind.OBJECT) {
			throw broken("Something that is no class would be instantiated.");
		}
		return new PickleObject(callable, arguments, keywords);
	}

	private void build() {
		PickleValue state = this.stack.pop();
		if (!(this.stack.peek() instanceof PickleObject object)) {
			throw broken("State is given to something that is no object.");
		}
		object.state(state);
	}

	private PickleSequence popTuple() {
		if (this.stack.pop() instanceof PickleSequence arguments && arguments.isTuple()) {
			return arguments;
		}
		throw broken("Arguments are no tuple.");
	}

}
