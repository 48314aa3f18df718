package io.github.adkmigration.autoconfigure;

/**
 * What becomes of the others when one of several targets cannot be used.
 *
 * @since 0.1.0
 */
public enum OnTargetFailure {

	/** The start fails, and the targets behind it are left as they are. */
	FAIL,

	/**
	 * The others are looked after, the application starts, and the target is tried again
	 * until it can be used.
	 */
	CONTINUE

}
