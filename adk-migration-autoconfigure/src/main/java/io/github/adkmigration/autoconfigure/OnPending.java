package io.github.adkmigration.autoconfigure;

/**
 * What a start does that finds pending changes which it may not apply.
 *
 * @since 0.1.0
 */
public enum OnPending {

	/** The start fails with a text that names the next step. */
	FAIL,

	/** The start goes on, with a warning in the log. */
	WARN

}
