package io.github.adkmigration.pickle;

/**
 * The constants of Python that have opcodes of their own.
 *
 * @since 0.1.0
 */
public enum PickleConstant implements PickleValue {

	/** Python's {@code None}. */
	NONE,

	/** Python's {@code True}. */
	TRUE,

	/** Python's {@code False}. */
	FALSE;

	@Override
	public Kind kind() {
		return this == NONE ? Kind.NONE : Kind.BOOL;
	}

}
