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
	WARN,

	/**
	 * The application starts, refuses traffic and sessions until somebody else has
	 * migrated, and ends if nobody does in time.
	 */
	WAIT

}
