package io.github.adkmigration.codec;

/**
 * What can be substituted in a row that is converted.
 *
 * @since 0.1.0
 */
public enum SubstitutionKind {

	/** NaN and the infinities, which JSON does not have, become {@code null}. */
	NON_FINITE_NUMBER,

	/** U+0000, which {@code jsonb} refuses, becomes U+FFFD. */
	NUL_CHARACTER,

	/** Half of a surrogate pair, which {@code jsonb} refuses, becomes U+FFFD. */
	LONE_SURROGATE,

	/**
	 * An object of an unknown class is kept as its fields, else its arguments or name.
	 */
	UNKNOWN_CLASS,

	/** A field of the actions that no release since V1 reads is left out. */
	DROPPED_FIELD,

	/** A row without actions gets empty ones. */
	MISSING_ACTIONS,

	/**
	 * A state of a session, an application or a user that is no JSON object is left out.
	 */
	UNREADABLE_STATE

}
