package io.github.adkmigration.preflight;

/**
 * A right that a run needs.
 *
 * @param right its name in a GRANT statement, or {@link #OWNER} or {@link #LOCK}
 * @param object the table in the schema of the target, as it stands in a statement; empty
 * for the schema itself
 * @param name the same without quotes, for people
 */
record RequiredRight(String right, String object, String name) {

	/** PostgreSQL lets only the owner of a table alter it. */
	static final String OWNER = "OWNER";

	/** PostgreSQL takes one of several rights for the right to lock a table. */
	static final String LOCK = "LOCK";

}
