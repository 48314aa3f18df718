package io.github.adkmigration.codec;

/**
 * Why a row cannot be converted.
 *
 * @since 0.1.0
 */
public enum UnconvertibleReason {

	/** The pickle refers to something that acts when it is called. Nothing was called. */
	HOSTILE(true),

	/** A limit on size, depth or number of values is broken. */
	LIMIT_EXCEEDED(true),

	/** The pickle is damaged. */
	BROKEN_PICKLE(false),

	/** The actions are something else than a pickle. */
	NOT_A_PICKLE(false),

	/** A value contains itself, which JSON cannot say. */
	RECURSIVE_VALUE(false),

	/** A column that has to hold JSON holds something else. */
	BROKEN_JSON(false),

	/** A value is not of the type that every reader expects in its place. */
	UNEXPECTED_VALUE(false),

	/** A column that every event has is NULL. */
	MISSING_VALUE(false);

	private final boolean hostile;

	UnconvertibleReason(boolean hostile) {
		this.hostile = hostile;
	}

	/**
	 * Return whether somebody may have made the row to do harm.
	 * @return whether the row is suspect, rather than merely damaged
	 */
	public boolean hostile() {
		return this.hostile;
	}

}
