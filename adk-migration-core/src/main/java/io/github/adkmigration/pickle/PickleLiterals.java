package io.github.adkmigration.pickle;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

import io.github.adkmigration.pickle.PickleException.Fault;

/**
 * Reads the literals that protocols 0 and 1 write as text.
 */
final class PickleLiterals {

	private static final int MAX_DIGITS = 4300;

	private static final int MAX_PRINTED_NAME = 200;

	private PickleLiterals() {
	}

	static double decimalFloat(PickleInput.Line line) {
		String literal = line.toString();
		switch (literal) {
			case "inf" -> {
				return Double.POSITIVE_INFINITY;
			}
			case "-inf" -> {
				return Double.NEGATIVE_INFINITY;
			}
			case "nan", "-nan" -> {
				return Double.NaN;
			}
			default -> {
				return finite(literal);
			}
		}
	}

	private static double finite(String literal) {
		for (int i = 0; i < literal.length(); i++) {
			if ("0123456789+-.eE".indexOf(literal.charAt(i)) < 0) {
				throw broken("A number is no number.");
			}
		}
		try {
			return Double.parseDouble(literal);
		}
		catch (NumberFormatException ex) {
			throw broken("A number is no number.");
		}
	}

	static PickleValue decimalIntOrBool(PickleInput.Line line) {
		String literal = line.toString();
		return switch (literal) {
			case "00" -> PickleConstant.FALSE;
			case "01" -> PickleConstant.TRUE;
			default -> integer(literal);
		};
	}

	static PickleInt decimalLong(PickleInput.Line line) {
		String literal = line.toString();
		return integer(literal.endsWith("L") ? literal.substring(0, literal.length() - 1) : literal);
	}

	static long index(PickleInput.Line line) {
		PickleInt index = integer(line.toString());
		if (index.big() != null || index.value() < 0) {
			throw broken("The number of a remembered value is out of range.");
		}
		return index.value();
	}

	private static PickleInt integer(String literal) {
		if (literal.length() > MAX_DIGITS) {
			throw new PickleException(Fault.LIMIT, "An integer has " + literal.length() + " digits.");
		}
		try {
			return PickleInt.of(new BigInteger(literal));
		}
		catch (NumberFormatException ex) {
			throw broken("A number is no number.");
		}
	}

	/** Python 3 decodes the byte strings of Python 2 as ASCII and refuses all others. */
	static PickleText asciiOnly(PickleText text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.source()[text.offset() + i] < 0) {
				throw broken("A byte string is not ASCII.");
			}
		}
		return text;
	}

	static PickleText quotedText(PickleInput.Line line) {
		int last = line.length() - 1;
		if (last < 1 || line.at(0) != line.at(last) || (line.at(0) != '\'' && line.at(0) != '"')) {
			throw broken("A text has no quotes.");
		}
		ByteArrayOutputStream decoded = new ByteArrayOutputStream(line.length());
		for (int i = 1; i < last; i++) {
			if (line.at(i) != '\\') {
				decoded.write(line.at(i));
			}
			else if (++i == last) {
				throw broken("An escape has no end.");
			}
			else if (line.at(i) == 'x') {
				decoded.write(hexadecimal(line, i + 1, 2, last));
				i += 2;
			}
			else {
				decoded.write(escaped(line.at(i)));
			}
		}
		return asciiOnly(text(decoded));
	}

	private static int escaped(byte letter) {
		return switch (letter) {
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case '\\', '\'', '"' -> letter;
			default -> throw broken("An escape is unknown.");
		};
	}

	/** Everything but {@code \}{@code uXXXX} and {@code \UXXXXXXXX} is Latin-1. */
	static PickleText rawUnicodeEscape(PickleInput.Line line) {
		ByteArrayOutputStream decoded = new ByteArrayOutputStream(line.length());
		for (int i = 0; i < line.length(); i++) {
			int digits = (line.at(i) == '\\') ? escapeLength(line, i + 1) : 0;
			if (digits > 0) {
				utf8(decoded, hexadecimal(line, i + 2, digits, line.length()));
				i += 1 + digits;
			}
			else {
				utf8(decoded, line.at(i) & 0xFF);
			}
		}
		return text(decoded);
	}

	private static int escapeLength(PickleInput.Line line, int index) {
		if (index >= line.length()) {
			return 0;
		}
		return switch (line.at(index)) {
			case 'u' -> 4;
			case 'U' -> 8;
			default -> 0;
		};
	}

	private static int hexadecimal(PickleInput.Line line, int from, int digits, int end) {
		if (from + digits > end) {
			throw broken("An escape has no end.");
		}
		long value = 0;
		for (int i = 0; i < digits; i++) {
			int digit = Character.digit(line.at(from + i), 16);
			if (digit < 0) {
				throw broken("An escape is no number.");
			}
			value = value << 4 | digit;
		}
		if (value > Character.MAX_CODE_POINT) {
			throw broken("An escape is no character.");
		}
		return (int) value;
	}

	private static void utf8(ByteArrayOutputStream out, int codePoint) {
		if (codePoint < 0x80) {
			out.write(codePoint);
		}
		else if (codePoint < 0x800) {
			out.write(0xC0 | codePoint >> 6);
			out.write(0x80 | codePoint & 0x3F);
		}
		else if (codePoint < 0x10000) {
			out.write(0xE0 | codePoint >> 12);
			out.write(0x80 | codePoint >> 6 & 0x3F);
			out.write(0x80 | codePoint & 0x3F);
		}
		else {
			out.write(0xF0 | codePoint >> 18);
			out.write(0x80 | codePoint >> 12 & 0x3F);
			out.write(0x80 | codePoint >> 6 & 0x3F);
			out.write(0x80 | codePoint & 0x3F);
		}
	}

	private static PickleText text(ByteArrayOutputStream decoded) {
		byte[] bytes = decoded.toByteArray();
		return new PickleText(bytes, 0, bytes.length);
	}

	/** Names come from the pickle and end in messages. */
	static String printable(String name) {
		String cleaned = name.replaceAll("[^\\p{Graph}]", "?");
		return (cleaned.length() > MAX_PRINTED_NAME) ? cleaned.substring(0, MAX_PRINTED_NAME) : cleaned;
	}

	private static PickleException broken(String message) {
		return new PickleException(Fault.BROKEN, message);
	}

}
