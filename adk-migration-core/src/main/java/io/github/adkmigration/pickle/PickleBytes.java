package io.github.adkmigration.pickle;

import java.util.Arrays;

/**
 * A {@code bytes} or {@code bytearray} value, as a slice of the pickle.
 *
 * @since 0.1.0
 */
public final class PickleBytes implements PickleValue {

	private final byte[] source;

	private final int offset;

	private final int length;

	PickleBytes(byte[] source, int offset, int length) {
		this.source = source;
		this.offset = offset;
		this.length = length;
	}

	@Override
	public Kind kind() {
		return Kind.BYTES;
	}

	/**
	 * Return how many bytes there are.
	 * @return a number of bytes
	 */
	public int length() {
		return this.length;
	}

	/**
	 * Return the bytes.
	 * @return a new array
	 */
	public byte[] toArray() {
		return Arrays.copyOfRange(this.source, this.offset, this.offset + this.length);
	}

}
