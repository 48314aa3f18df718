package io.github.adkmigration.pickle;

import java.nio.charset.StandardCharsets;

/**
 * A string, as a slice of the pickle: UTF-8 in which lone surrogates may be encoded as
 * three bytes. Not validated; a writer has to refuse what is not UTF-8.
 *
 * @since 0.1.0
 */
public final class PickleText implements PickleValue {

	private final byte[] source;

	private final int offset;

	private final int length;

	PickleText(byte[] source, int offset, int length) {
		this.source = source;
		this.offset = offset;
		this.length = length;
	}

	/**
	 * Create a text.
	 * @param text the text
	 * @return the value
	 */
	public static PickleText of(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		return new PickleText(utf8, 0, utf8.length);
	}

	@Override
	public Kind kind() {
		return Kind.TEXT;
	}

	/**
	 * Return the array that holds the text; shared, not to be changed.
	 * @return the array
	 */
	public byte[] source() {
		return this.source;
	}

	/**
	 * Return where the text starts.
	 * @return an index of the array
	 */
	public int offset() {
		return this.offset;
	}

	/**
	 * Return how long the text is.
	 * @return a number of bytes
	 */
	public int length() {
		return this.length;
	}

	/**
	 * Return whether this is a given text.
	 * @param ascii the text, only ASCII
	 * @return whether both are the same
	 */
	public boolean is(String ascii) {
		if (this.length != ascii.length()) {
			return false;
		}
		for (int i = 0; i < this.length; i++) {
			if (this.source[this.offset + i] != ascii.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	@Override
	public String toString() {
		return new String(this.source, this.offset, this.length, StandardCharsets.UTF_8);
	}

}
