package io.github.adkmigration.pickle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import io.github.adkmigration.pickle.PickleException.Fault;

/**
 * Reads the arguments of opcodes. Every length is compared with what is left.
 */
final class PickleInput {

	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private final byte[] source;

	private int position;

	PickleInput(byte[] source) {
		this.source = source;
	}

	int unsignedByte() {
		if (this.position >= this.source.length) {
			throw new PickleException(Fault.BROKEN, "The pickle ends in the middle.");
		}
		return this.source[this.position++] & 0xFF;
	}

	int littleEndian16() {
		int low = unsignedByte();
		return low | unsignedByte() << 8;
	}

	int littleEndian32() {
		return (int) INT.get(this.source, skip(Integer.BYTES));
	}

	long unsigned32() {
		return Integer.toUnsignedLong(littleEndian32());
	}

	long littleEndian64() {
		return (long) LONG.get(this.source, skip(Long.BYTES));
	}

	long bigEndian64() {
		return Long.reverseBytes(littleEndian64());
	}

	void protocol() {
		int protocol = unsignedByte();
		if (protocol > 5) {
			throw new PickleException(Fault.BROKEN, "The pickle has protocol " + protocol + "; 5 is the newest.");
		}
	}

	void frame() {
		checkLength(littleEndian64());
	}

	PickleText text(long length) {
		return new PickleText(this.source, skip(length), (int) length);
	}

	PickleBytes bytes(long length) {
		return new PickleBytes(this.source, skip(length), (int) length);
	}

	/**
	 * Read up to the next line feed.
	 * @return the line without its end
	 */
	Line line() {
		int start = this.position;
		for (int i = start; i < this.source.length; i++) {
			if (this.source[i] == '\n') {
				this.position = i + 1;
				return new Line(this.source, start, i);
			}
		}
		throw new PickleException(Fault.BROKEN, "The pickle ends in the middle of a line.");
	}

	private int skip(long length) {
		checkLength(length);
		int start = this.position;
		this.position += (int) length;
		return start;
	}

	private void checkLength(long length) {
		int left = this.source.length - this.position;
		if (length >= 0 && length <= left) {
			return;
		}
		// No writer of ADK's can have meant such a length; a cut-off pickle has a
		// plausible one.
		Fault fault = (length < 0 || length > PickleReader.MAX_SIZE) ? Fault.LIMIT : Fault.BROKEN;
		throw new PickleException(fault,
				"The pickle announces " + Long.toUnsignedString(length) + " bytes and has " + left + " left.");
	}

	record Line(byte[] source, int start, int end) {

		int length() {
			return this.end - this.start;
		}

		byte at(int index) {
			return this.source[this.start + index];
		}

		@Override
		public String toString() {
			return new String(this.source, this.start, length(), StandardCharsets.UTF_8);
		}

	}

}
