package io.github.adkmigration.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;

import io.github.adkmigration.pickle.PickleBytes;
import io.github.adkmigration.pickle.PickleDict;
import io.github.adkmigration.pickle.PickleFloat;
import io.github.adkmigration.pickle.PickleInt;
import io.github.adkmigration.pickle.PickleObject;
import io.github.adkmigration.pickle.PickleSequence;
import io.github.adkmigration.pickle.PickleText;
import io.github.adkmigration.pickle.PickleValue;
import org.jspecify.annotations.Nullable;

/**
 * Objects of Python's standard library and of pydantic that JSON holds as a text, the way
 * pydantic writes them.
 */
final class StandardText {

	private static final String MASK = "**********";

	private static final Set<String> PATHS = Set.of("PurePosixPath", "PosixPath", "PureWindowsPath", "WindowsPath",
			"PurePath", "Path");

	private StandardText() {
	}

	/**
	 * Find the text of an object.
	 * @param type the class of the object
	 * @param object the object
	 * @return the text, or {@code null} if the object is none of these
	 */
	static @Nullable String of(PythonType type, PickleObject object) {
		PickleSequence arguments = type.arguments();
		return switch (type.module()) {
			case "datetime" -> time(type.name(), arguments);
			case "zoneinfo" -> type.name().equals("ZoneInfo") ? PythonTimes.zoneKey(arguments) : null;
			case "decimal" -> type.name().equals("Decimal") ? Arguments.text(arguments, 0) : null;
			case "uuid" -> type.name().equals("UUID") ? uuid(object.state()) : null;
			case "fractions" -> type.name().equals("Fraction") ? fraction(arguments) : null;
			case "pathlib", "pathlib._local" -> PATHS.contains(type.name()) ? path(type.name(), arguments) : null;
			case "re" -> type.name().equals("_compile") ? Arguments.text(arguments, 0) : null;
			case "ipaddress" -> address(type.name(), arguments);
			case "pydantic.types" -> secret(type.name(), object.state());
			case "pydantic_core._pydantic_core" -> type.name().endsWith("Url") ? Arguments.text(arguments, 0) : null;
			case "pydantic.networks" -> url(object.state());
			case "builtins" -> builtin(type);
			default -> null;
		};
	}

	private static @Nullable String time(String name, PickleSequence arguments) {
		return switch (name) {
			case "datetime" -> PythonTimes.dateTime(arguments);
			case "date" -> PythonTimes.date(arguments);
			case "time" -> PythonTimes.time(arguments);
			case "timedelta" -> PythonTimes.timedelta(arguments);
			case "timezone" -> PythonTimes.timezone(arguments);
			default -> null;
		};
	}

	private static @Nullable String uuid(@Nullable PickleValue state) {
		if (!(state instanceof PickleDict fields) || !(fields.get("int") instanceof PickleInt value)) {
			return null;
		}
		BigInteger number = value.toBigInteger();
		if (number.signum() < 0 || number.bitLength() > 128) {
			return null;
		}
		String hex = number.toString(16);
		String padded = "0".repeat(32 - hex.length()) + hex;
		return padded.substring(0, 8) + "-" + padded.substring(8, 12) + "-" + padded.substring(12, 16) + "-"
				+ padded.substring(16, 20) + "-" + padded.substring(20);
	}

	private static @Nullable String fraction(PickleSequence arguments) {
		if (arguments.size() == 2 && arguments.get(0) instanceof PickleInt numerator
				&& arguments.get(1) instanceof PickleInt denominator) {
			String text = numerator.toString();
			return denominator.toString().equals("1") ? text : text + "/" + denominator;
		}
		return Arguments.text(arguments, 0);
	}

	private static @Nullable String path(String name, PickleSequence arguments) {
		String separator = name.contains("Windows") ? "\\" : "/";
		StringBuilder path = new StringBuilder();
		for (int i = 0; i < arguments.size(); i++) {
			String part = Arguments.text(arguments, i);
			if (part == null) {
				return null;
			}
			if (!path.isEmpty() && path.lastIndexOf(separator) != path.length() - 1) {
				path.append(separator);
			}
			path.append(part);
		}
		return path.isEmpty() ? "." : path.toString();
	}

	private static @Nullable String address(String name, PickleSequence arguments) {
		if (arguments.size() == 1 && arguments.get(0) instanceof PickleInt number && name.equals("IPv4Address")) {
			long bits = number.value();
			return (bits >> 24 & 0xFF) + "." + (bits >> 16 & 0xFF) + "." + (bits >> 8 & 0xFF) + "." + (bits & 0xFF);
		}
		return name.startsWith("IPv") ? Arguments.text(arguments, 0) : null;
	}

	private static @Nullable String secret(String name, @Nullable PickleValue state) {
		if (!name.startsWith("Secret") || !(state instanceof PickleDict fields)) {
			return null;
		}
		PickleValue value = fields.get("_secret_value");
		boolean empty = (value instanceof PickleText text && text.length() == 0)
				|| (value instanceof PickleBytes bytes && bytes.length() == 0);
		return empty ? "" : MASK;
	}

	private static @Nullable String url(@Nullable PickleValue state) {
		if (state instanceof PickleDict fields && fields.get("_url") instanceof PickleObject url) {
			return Arguments.text(url.arguments(), 0);
		}
		return null;
	}

	private static @Nullable String builtin(PythonType type) {
		PickleSequence arguments = type.arguments();
		return switch (type.name()) {
			case "complex" -> complex(arguments);
			case "range", "slice" -> type.name() + PythonRepr.of(arguments);
			default -> {
				boolean exception = type.name().endsWith("Error") || type.name().endsWith("Exception")
						|| type.name().endsWith("Warning");
				yield exception ? message(type.name(), arguments) : null;
			}
		};
	}

	private static String message(String exception, PickleSequence arguments) {
		return switch (arguments.size()) {
			case 0 -> "";
			case 1 -> (arguments.get(0) instanceof PickleText text && !exception.equals("KeyError")) ? text.toString()
					: PythonRepr.of(arguments.get(0));
			default -> PythonRepr.of(arguments);
		};
	}

	private static @Nullable String complex(PickleSequence arguments) {
		if (arguments.size() != 2 || !(arguments.get(0) instanceof PickleFloat real)
				|| !(arguments.get(1) instanceof PickleFloat imaginary)) {
			return null;
		}
		String text = plain(imaginary.value()) + "j";
		if (real.value() == 0) {
			return text;
		}
		return plain(real.value()) + (text.startsWith("-") ? "" : "+") + text;
	}

	/** Pydantic writes the parts of a complex number without an exponent. */
	private static String plain(double value) {
		if (Double.isNaN(value)) {
			return "NaN";
		}
		if (Double.isInfinite(value)) {
			return (value > 0) ? "inf" : "-inf";
		}
		if (value == 0) {
			return (1 / value < 0) ? "-0" : "0";
		}
		return new BigDecimal(PythonNumbers.repr(value)).stripTrailingZeros().toPlainString();
	}

}
