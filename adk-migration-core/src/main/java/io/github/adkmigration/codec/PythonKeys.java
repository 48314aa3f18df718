package io.github.adkmigration.codec;

import java.util.Base64;

import io.github.adkmigration.pickle.PickleBytes;
import io.github.adkmigration.pickle.PickleConstant;
import io.github.adkmigration.pickle.PickleFloat;
import io.github.adkmigration.pickle.PickleGlobal;
import io.github.adkmigration.pickle.PickleObject;
import io.github.adkmigration.pickle.PickleSequence;
import io.github.adkmigration.pickle.PickleValue;
import org.jspecify.annotations.Nullable;

/**
 * Keys of dicts that are no texts, as the texts that pydantic makes of them.
 */
final class PythonKeys {

	private static final int MAX_DEPTH = 16;

	private PythonKeys() {
	}

	static String text(PickleValue key) {
		return text(key, 0);
	}

	private static String text(PickleValue key, int depth) {
		if (depth > MAX_DEPTH) {
			return PythonRepr.of(key);
		}
		return switch (key.kind()) {
			case NONE -> "None";
			case BOOL -> (key == PickleConstant.TRUE) ? "true" : "false";
			case INT, TEXT -> key.toString();
			case FLOAT -> PythonNumbers.repr(((PickleFloat) key).value());
			case BYTES -> Base64.getUrlEncoder().encodeToString(((PickleBytes) key).toArray());
			case SEQUENCE -> joined((PickleSequence) key, depth);
			case OBJECT -> object((PickleObject) key, depth);
			case GLOBAL -> PythonRepr.ofGlobal((PickleGlobal) key);
			case DICT -> PythonRepr.of(key);
		};
	}

	private static String joined(PickleSequence tuple, int depth) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < tuple.size(); i++) {
			text.append((i > 0) ? "," : "").append(text(tuple.get(i), depth + 1));
		}
		return text.toString();
	}

	private static String object(PickleObject object, int depth) {
		PythonType type = PythonType.of(object);
		String standard = StandardText.of(type, object);
		if (standard != null) {
			return standard;
		}
		PickleGlobal enumClass = PythonType.enumClass(object);
		if (enumClass != null) {
			return EnumMembers.value(enumClass.qualifiedName(), String.valueOf(Arguments.text(type.arguments(), 1)));
		}
		PickleValue only = onlyArgument(type, object);
		return (only != null) ? text(only, depth + 1) : PythonRepr.of(object);
	}

	private static @Nullable PickleValue onlyArgument(PythonType type, PickleObject object) {
		boolean bare = object.state() == null && object.items() == null && object.entries() == null;
		return (bare && type.arguments().size() == 1) ? type.arguments().get(0) : null;
	}

}
