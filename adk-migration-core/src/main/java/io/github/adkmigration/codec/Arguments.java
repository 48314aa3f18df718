package io.github.adkmigration.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.pickle.PickleBytes;
import io.github.adkmigration.pickle.PickleInt;
import io.github.adkmigration.pickle.PickleObject;
import io.github.adkmigration.pickle.PickleSequence;
import io.github.adkmigration.pickle.PickleText;
import io.github.adkmigration.pickle.PickleValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments with which a standard class was to be instantiated. Whatever has an
 * unexpected form gives {@code null}, and the object is then treated like an unknown one.
 */
final class Arguments {

	private Arguments() {
	}

	static @Nullable String text(PickleSequence arguments, int index) {
		return (arguments.size() > index && arguments.get(index) instanceof PickleText text) ? text.toString() : null;
	}

	static @Nullable List<PickleInt> integers(PickleSequence arguments, int count) {
		if (arguments.size() != count) {
			return null;
		}
		List<PickleInt> integers = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			if (!(arguments.get(i) instanceof PickleInt integer) || integer.big() != null) {
				return null;
			}
			integers.add(integer);
		}
		return integers;
	}

	/**
	 * Return bytes, also in the form in which protocols 0 to 2 write them: as a Latin-1
	 * text that is to be encoded.
	 */
	static byte @Nullable [] bytes(PickleValue value) {
		if (value instanceof PickleBytes bytes) {
			return bytes.toArray();
		}
		if (!(value instanceof PickleObject object)) {
			return null;
		}
		PythonType type = PythonType.of(object);
		return switch (type.qualifiedName()) {
			case "_codecs.encode" -> latin1(type.arguments());
			case "builtins.bytes", "builtins.bytearray" -> wrappedBytes(type.arguments());
			default -> null;
		};
	}

	private static byte @Nullable [] wrappedBytes(PickleSequence arguments) {
		if (arguments.size() == 0) {
			return new byte[0];
		}
		if (arguments.get(0) instanceof PickleBytes bytes) {
			return bytes.toArray();
		}
		if (arguments.get(0) instanceof PickleObject inner
				&& PythonType.of(inner).qualifiedName().equals("_codecs.encode")) {
			return latin1(PythonType.of(inner).arguments());
		}
		return latin1(arguments);
	}

	private static byte @Nullable [] latin1(PickleSequence arguments) {
		String text = text(arguments, 0);
		String encoding = text(arguments, 1);
		if (text == null || encoding == null || !(encoding.equals("latin1") || encoding.equals("latin-1"))) {
			return null;
		}
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
