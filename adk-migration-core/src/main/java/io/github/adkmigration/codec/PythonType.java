package io.github.adkmigration.codec;

import io.github.adkmigration.pickle.PickleGlobal;
import io.github.adkmigration.pickle.PickleObject;
import io.github.adkmigration.pickle.PickleSequence;
import io.github.adkmigration.pickle.PickleText;
import io.github.adkmigration.pickle.PickleValue;
import org.jspecify.annotations.Nullable;

/**
 * The class of a pickled object and the arguments for it, whichever of Python's ways of
 * writing an object was used.
 *
 * @param module the module of the class
 * @param name its name in the module
 * @param arguments the arguments that the class itself would have got
 */
record PythonType(String module, String name, PickleSequence arguments) {

	private static final int MAX_ATTRIBUTE_CHAIN = 8;

	static PythonType of(PickleObject object) {
		PickleValue callable = object.callable();
		if (callable instanceof PickleGlobal global) {
			return of(global, object.arguments());
		}
		StringBuilder attributes = new StringBuilder();
		for (int i = 0; i < MAX_ATTRIBUTE_CHAIN && callable instanceof PickleObject getter; i++) {
			PickleSequence target = getter.arguments();
			String attribute = Arguments.text(target, 1);
			if (attribute == null) {
				break;
			}
			if (!attribute.equals("_unpickle")) {
				attributes.insert(0, "." + attribute);
			}
			callable = target.get(0);
		}
		if (callable instanceof PickleGlobal global) {
			return new PythonType(global.module(), global.name() + attributes, object.arguments());
		}
		return new PythonType("functools", "partial", object.arguments());
	}

	private static PythonType of(PickleGlobal global, PickleSequence arguments) {
		if (global.module().equals("copyreg") && arguments.size() > 0
				&& arguments.get(0) instanceof PickleGlobal type) {
			return new PythonType(type.module(), type.name(), constructorArguments(global.name(), arguments));
		}
		return new PythonType(global.module(), global.name(), arguments);
	}

	private static PickleSequence constructorArguments(String function, PickleSequence arguments) {
		return switch (function) {
			case "_reconstructor" -> (arguments.size() == 3 && arguments.get(2).kind() != PickleValue.Kind.NONE)
					? arguments.from(2) : arguments.from(arguments.size());
			case "__newobj__" -> arguments.from(1);
			case "__newobj_ex__" ->
				(arguments.size() > 1 && arguments.get(1) instanceof PickleSequence inner) ? inner : arguments.from(1);
			default -> arguments;
		};
	}

	String qualifiedName() {
		return this.module + "." + this.name;
	}

	/**
	 * Return whether ADK or a library whose models it stores defines the class.
	 */
	boolean isKnownModel() {
		return this.module.startsWith("google.adk.") || this.module.startsWith("google.genai.")
				|| this.module.startsWith("fastapi.openapi.");
	}

	/**
	 * Return the target and the member name of {@code getattr(Class, "NAME")}, which some
	 * Pythons write for members of enums.
	 */
	static @Nullable PickleGlobal enumClass(PickleObject object) {
		if (!(object.callable() instanceof PickleGlobal global) || !global.name().equals("getattr")
				|| !global.module().equals("builtins")) {
			return null;
		}
		boolean named = object.arguments().size() > 1 && object.arguments().get(1) instanceof PickleText;
		return (named && object.arguments().get(0) instanceof PickleGlobal type) ? type : null;
	}

}
