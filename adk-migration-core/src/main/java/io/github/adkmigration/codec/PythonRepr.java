package io.github.adkmigration.codec;

import io.github.adkmigration.pickle.PickleBytes;
import io.github.adkmigration.pickle.PickleConstant;
import io.github.adkmigration.pickle.PickleDict;
import io.github.adkmigration.pickle.PickleFloat;
import io.github.adkmigration.pickle.PickleGlobal;
import io.github.adkmigration.pickle.PickleInt;
import io.github.adkmigration.pickle.PickleObject;
import io.github.adkmigration.pickle.PickleSequence;
import io.github.adkmigration.pickle.PickleText;
import io.github.adkmigration.pickle.PickleValue;

/**
 * Prints values as Python's {@code repr} does, where the text of a value is all that JSON
 * can hold of it: the arguments of an exception, a range, an odd key.
 */
final class PythonRepr {

	private static final int MAX_DEPTH = 16;

	private static final int MAX_LENGTH = 100_000;

	private final StringBuilder text = new StringBuilder();

	private PythonRepr() {
	}

	static String of(PickleValue value) {
		PythonRepr repr = new PythonRepr();
		repr.append(value, 0);
		return repr.text.toString();
	}

	private void append(PickleValue value, int depth) {
		if (depth > MAX_DEPTH || this.text.length() > MAX_LENGTH) {
			this.text.append("...");
			return;
		}
		switch (value.kind()) {
			case NONE -> this.text.append("None");
			case BOOL -> this.text.append((value == PickleConstant.TRUE) ? "True" : "False");
			case INT -> this.text.append((PickleInt) value);
			case FLOAT -> this.text.append(PythonNumbers.repr(((PickleFloat) value).value()));
			case TEXT -> quote(((PickleText) value).toString());
			case BYTES -> bytes((PickleBytes) value);
			case SEQUENCE -> sequence((PickleSequence) value, depth);
			case DICT -> dict((PickleDict) value, depth);
			case GLOBAL -> this.text.append(ofGlobal((PickleGlobal) value));
			case OBJECT -> object((PickleObject) value, depth);
		}
	}

	/**
	 * Print a class or function.
	 * @param global the reference
	 * @return the text that Python prints for it, as far as its name tells
	 */
	static String ofGlobal(PickleGlobal global) {
		if (!global.module().equals("builtins")) {
			return global.qualifiedName();
		}
		return switch (global.name()) {
			case "Ellipsis", "NotImplemented" -> global.name();
			case "int", "float", "str", "bool", "bytes", "bytearray", "complex", "list", "tuple", "dict", "set",
					"frozenset", "object", "type", "range", "slice" ->
				"<class '" + global.name() + "'>";
			default -> Character.isLowerCase(global.name().charAt(0)) ? "<built-in function " + global.name() + ">"
					: "<class '" + global.name() + "'>";
		};
	}

	private void sequence(PickleSequence sequence, int depth) {
		boolean tuple = sequence.isTuple();
		this.text.append(tuple ? '(' : '[');
		for (int i = 0; i < sequence.size() && this.text.length() <= MAX_LENGTH; i++) {
			this.text.append((i > 0) ? ", " : "");
			append(sequence.get(i), depth + 1);
		}
		this.text.append((tuple && sequence.size() == 1) ? "," : "").append(tuple ? ')' : ']');
	}

	private void dict(PickleDict dict, int depth) {
		this.text.append('{');
		for (int i = 0; i < dict.size() && this.text.length() <= MAX_LENGTH; i++) {
			this.text.append((i > 0) ? ", " : "");
			append(dict.key(i), depth + 1);
			this.text.append(": ");
			append(dict.value(i), depth + 1);
		}
		this.text.append('}');
	}

	private void object(PickleObject object, int depth) {
		PythonType type = PythonType.of(object);
		String standard = StandardText.of(type, object);
		if (standard != null) {
			this.text.append(standard);
			return;
		}
		this.text.append(type.name());
		append(type.arguments(), depth + 1);
	}

	private void bytes(PickleBytes bytes) {
		this.text.append("b'");
		for (byte unit : bytes.toArray()) {
			if (unit >= 0x20 && unit < 0x7F && unit != '\'' && unit != '\\') {
				this.text.append((char) unit);
			}
			else {
				this.text.append(String.format("\\x%02x", unit & 0xFF));
			}
			if (this.text.length() > MAX_LENGTH) {
				break;
			}
		}
		this.text.append('\'');
	}

	private void quote(String value) {
		char mark = (value.indexOf('\'') >= 0 && value.indexOf('"') < 0) ? '"' : '\'';
		this.text.append(mark);
		for (int i = 0; i < value.length() && this.text.length() <= MAX_LENGTH; i++) {
			char unit = value.charAt(i);
			switch (unit) {
				case '\n' -> this.text.append("\\n");
				case '\r' -> this.text.append("\\r");
				case '\t' -> this.text.append("\\t");
				case '\\' -> this.text.append("\\\\");
				default -> {
					if (unit == mark) {
						this.text.append('\\');
					}
					this.text.append(unit);
				}
			}
		}
		this.text.append(mark);
	}

}
