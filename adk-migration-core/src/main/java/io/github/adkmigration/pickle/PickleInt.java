package io.github.adkmigration.pickle;

import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

/**
 * An integer.
 *
 * @param value the value if it fits, else 0
 * @param big the value if it does not fit into a {@code long}
 * @since 0.1.0
 */
public record PickleInt(long value, @Nullable BigInteger big) implements PickleValue {

	/**
	 * Create an integer.
	 * @param value the value
	 * @return the integer
	 */
	public static PickleInt of(long value) {
		return new PickleInt(value, null);
	}

	/**
	 * Create an integer.
	 * @param value the value
	 * @return the integer
	 */
	public static PickleInt of(BigInteger value) {
		return value.bitLength() < Long.SIZE ? of(value.longValue()) : new PickleInt(0, value);
	}

	@Override
	public Kind kind() {
		return Kind.INT;
	}

	/**
	 * Return the value whatever its size.
	 * @return the value
	 */
	public BigInteger toBigInteger() {
		return this.big != null ? this.big : BigInteger.valueOf(this.value);
	}

	@Override
	public String toString() {
		return this.big != null ? this.big.toString() : Long.toString(this.value);
	}

}
