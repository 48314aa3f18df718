package io.github.adkmigration.codec;

import java.math.BigInteger;

import io.github.adkmigration.pickle.PickleConstant;
import io.github.adkmigration.pickle.PickleDict;
import io.github.adkmigration.pickle.PickleInt;
import io.github.adkmigration.pickle.PickleObject;
import io.github.adkmigration.pickle.PickleSequence;
import io.github.adkmigration.pickle.PickleValue;
import org.jspecify.annotations.Nullable;

/**
 * Objects of Python's standard library that stand for a plain value.
 */
final class StandardValues {

	private StandardValues() {
	}

	/**
	 * Find the plain value that an object stands for.
	 * @param type the class of the object
	 * @param object the object
	 * @return the value, or {@code null} if the object is none of these
	 */
	static @Nullable PickleValue plain(PythonType type, PickleObject object) {
		PickleSequence arguments = type.arguments();
		return switch (type.qualifiedName()) {
			case "collections.OrderedDict", "collections.defaultdict", "builtins.dict", "types.MappingProxyType",
					"collections.Counter" ->
				mapping(object, arguments);
			case "builtins.list", "builtins.tuple", "builtins.set", "builtins.frozenset", "collections.deque" ->
				collection(object, arguments);
			case "time.struct_time" -> (arguments.size() > 0) ? arguments.get(0) : null;
			case "builtins.int", "builtins.float", "builtins.str", "builtins.bool" ->
				(arguments.size() == 1) ? arguments.get(0) : null;
			case "_operator.or_", "operator.or_" -> combinedFlags(arguments, 0);
			default -> type.module().startsWith("numpy") ? NumpyValues.plain(type, object.state()) : null;
		};
	}

	private static PickleValue mapping(PickleObject object, PickleSequence arguments) {
		if (object.entries() != null) {
			return object.entries();
		}
		for (int i = 0; i < arguments.size(); i++) {
			if (arguments.get(i) instanceof PickleDict dict) {
				return dict;
			}
		}
		return new PickleDict();
	}

	private static PickleValue collection(PickleObject object, PickleSequence arguments) {
		if (object.items() != null) {
			return object.items();
		}
		boolean filled = arguments.size() > 0 && arguments.get(0) instanceof PickleSequence;
		return filled ? arguments.get(0) : arguments.from(arguments.size());
	}

	/** Members of a flag enum that were combined; the value is the number. */
	private static @Nullable PickleInt combinedFlags(PickleSequence arguments, int depth) {
		if (arguments.size() != 2 || depth > 64) {
			return null;
		}
		BigInteger left = flag(arguments.get(0), depth);
		BigInteger right = flag(arguments.get(1), depth);
		return (left != null && right != null) ? PickleInt.of(left.or(right)) : null;
	}

	private static @Nullable BigInteger flag(PickleValue value, int depth) {
		if (value instanceof PickleInt number) {
			return number.toBigInteger();
		}
		if (!(value instanceof PickleObject object)) {
			return null;
		}
		PythonType type = PythonType.of(object);
		if (type.qualifiedName().endsWith("operator.or_")) {
			PickleInt combined = combinedFlags(type.arguments(), depth + 1);
			return (combined != null) ? combined.toBigInteger() : null;
		}
		boolean member = type.arguments().size() == 1 && type.arguments().get(0) instanceof PickleInt;
		return member ? ((PickleInt) type.arguments().get(0)).toBigInteger() : null;
	}

	/**
	 * Return the attributes that the state of an object sets, those in slots too.
	 * @param state the state
	 * @return the attributes, or {@code null} if the state has another form
	 */
	static @Nullable PickleDict attributes(@Nullable PickleValue state) {
		if (state instanceof PickleDict dict) {
			return dict;
		}
		if (state instanceof PickleSequence pair && pair.isTuple() && pair.size() == 2
				&& pair.get(1) instanceof PickleDict slots) {
			if (pair.get(0) == PickleConstant.NONE) {
				return slots;
			}
			if (pair.get(0) instanceof PickleDict attributes) {
				return attributes.with(slots);
			}
		}
		return null;
	}

}
