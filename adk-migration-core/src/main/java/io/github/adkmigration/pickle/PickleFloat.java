package io.github.adkmigration.pickle;

/**
 * A floating-point number.
 *
 * @param value the value; NaN and infinities are possible
 * @since 0.1.0
 */
public record PickleFloat(double value) implements PickleValue {

	@Override
	public Kind kind() {
		return Kind.FLOAT;
	}

}
