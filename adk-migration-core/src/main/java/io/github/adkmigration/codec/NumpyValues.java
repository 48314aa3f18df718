package io.github.adkmigration.codec;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.pickle.PickleConstant;
import io.github.adkmigration.pickle.PickleFloat;
import io.github.adkmigration.pickle.PickleInt;
import io.github.adkmigration.pickle.PickleObject;
import io.github.adkmigration.pickle.PickleSequence;
import io.github.adkmigration.pickle.PickleText;
import io.github.adkmigration.pickle.PickleValue;
import org.jspecify.annotations.Nullable;

/**
 * Numpy's numbers, texts and arrays of them as plain values.
 */
final class NumpyValues {

	private static final int MAX_DIMENSIONS = 32;

	private static final int BYTES_PER_CHARACTER = 4;

	private final char kind;

	private final int size;

	private final ByteBuffer data;

	private NumpyValues(char kind, int size, ByteBuffer data) {
		this.kind = kind;
		this.size = size;
		this.data = data;
	}

	static @Nullable PickleValue plain(PythonType type, @Nullable PickleValue state) {
		PickleSequence arguments = type.arguments();
		return switch (type.name()) {
			case "scalar" -> (arguments.size() == 2) ? scalar(arguments.get(0), arguments.get(1)) : null;
			case "_frombuffer" -> (arguments.size() == 4 && "C".equals(Arguments.text(arguments, 3)))
					? array(arguments.get(1), arguments.get(0), arguments.get(2)) : null;
			case "_reconstruct" ->
				(state instanceof PickleSequence parts && parts.size() == 5 && parts.get(3) == PickleConstant.FALSE)
						? array(parts.get(2), parts.get(4), parts.get(1)) : null;
			default -> null;
		};
	}

	private static @Nullable PickleValue scalar(PickleValue dtype, PickleValue bytes) {
		NumpyValues values = of(dtype, bytes);
		return (values != null && values.data.remaining() == values.size) ? values.next() : null;
	}

	private static @Nullable PickleValue array(PickleValue dtype, PickleValue bytes, PickleValue shape) {
		NumpyValues values = of(dtype, bytes);
		if (values == null || !(shape instanceof PickleSequence dimensions) || dimensions.size() > MAX_DIMENSIONS) {
			return null;
		}
		long count = 1;
		for (int i = 0; i < dimensions.size(); i++) {
			if (!(dimensions.get(i) instanceof PickleInt length) || length.value() < 0
					|| length.value() > Integer.MAX_VALUE || count > Integer.MAX_VALUE) {
				return null;
			}
			count *= length.value();
		}
		boolean complete = count > 0 && count * values.size == values.data.remaining();
		return complete ? values.nested(dimensions, 0) : null;
	}

	private static @Nullable NumpyValues of(PickleValue dtype, PickleValue bytes) {
		byte[] buffer = Arguments.bytes(bytes);
		if (!(dtype instanceof PickleObject object) || buffer == null) {
			return null;
		}
		String code = Arguments.text(object.arguments(), 0);
		if (code == null || !code.matches("b1|[iu][1248]|f[48]|U[1-9][0-9]{0,6}")) {
			return null;
		}
		boolean bigEndian = object.state() instanceof PickleSequence state && ">".equals(Arguments.text(state, 1));
		int number = Integer.parseInt(code.substring(1));
		int size = (code.charAt(0) == 'U') ? number * BYTES_PER_CHARACTER : number;
		ByteBuffer data = ByteBuffer.wrap(buffer).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
		return new NumpyValues(code.charAt(0), size, data);
	}

	private PickleValue nested(PickleSequence dimensions, int dimension) {
		if (dimension == dimensions.size()) {
			return next();
		}
		List<PickleValue> elements = new ArrayList<>();
		long length = ((PickleInt) dimensions.get(dimension)).value();
		for (long i = 0; i < length; i++) {
			elements.add(nested(dimensions, dimension + 1));
		}
		return PickleSequence.list(elements);
	}

	private PickleValue next() {
		return switch (this.kind) {
			case 'b' -> (this.data.get() != 0) ? PickleConstant.TRUE : PickleConstant.FALSE;
			case 'f' -> new PickleFloat((this.size == Float.BYTES) ? this.data.getFloat() : this.data.getDouble());
			case 'U' -> characters();
			default -> integer();
		};
	}

	private PickleInt integer() {
		boolean unsigned = this.kind == 'u';
		return switch (this.size) {
			case 1 -> PickleInt.of(unsigned ? this.data.get() & 0xFF : this.data.get());
			case 2 -> PickleInt.of(unsigned ? this.data.getShort() & 0xFFFF : this.data.getShort());
			case 4 -> PickleInt.of(unsigned ? Integer.toUnsignedLong(this.data.getInt()) : this.data.getInt());
			default -> unsigned ? PickleInt.of(new BigInteger(Long.toUnsignedString(this.data.getLong())))
					: PickleInt.of(this.data.getLong());
		};
	}

	private PickleText characters() {
		StringBuilder text = new StringBuilder();
		int end = this.data.position() + this.size;
		while (this.data.position() < end) {
			int codePoint = this.data.getInt();
			if (codePoint != 0 && Character.isValidCodePoint(codePoint)) {
				text.appendCodePoint(codePoint);
			}
		}
		return PickleText.of(text.toString());
	}

}
