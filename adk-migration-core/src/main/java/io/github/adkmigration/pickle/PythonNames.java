package io.github.adkmigration.pickle;

/**
 * Python 2's names, which protocols 0 to 2 use whatever Python writes them.
 */
final class PythonNames {

	private PythonNames() {
	}

	static String module(String written) {
		return switch (written) {
			case "__builtin__", "exceptions" -> "builtins";
			case "copy_reg" -> "copyreg";
			default -> written;
		};
	}

	static String name(String module, String written) {
		if (!module.equals("builtins")) {
			return written;
		}
		return switch (written) {
			case "xrange" -> "range";
			case "long" -> "int";
			case "unicode" -> "str";
			default -> written;
		};
	}

}
