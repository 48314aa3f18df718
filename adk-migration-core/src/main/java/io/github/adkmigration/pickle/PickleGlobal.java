package io.github.adkmigration.pickle;

/**
 * A reference to something in a Python module. It is a name and nothing else.
 *
 * @param module the module, for example {@code google.genai.types}
 * @param name the name in it, dotted for what is nested
 * @since 0.1.0
 */
public record PickleGlobal(String module, String name) implements PickleValue {

	@Override
	public Kind kind() {
		return Kind.GLOBAL;
	}

	/**
	 * Return module and name together.
	 * @return the qualified name
	 */
	public String qualifiedName() {
		return this.module + "." + this.name;
	}

}
