package io.github.adkmigration.settings;

/**
 * What keeps two runs from working on the same tables.
 *
 * @since 0.1.0
 */
public enum LockType {

	/**
	 * The strongest kind that the database and the way to it allow; the report says which
	 * and why.
	 */
	AUTO,

	/**
	 * A lock of the database session that does the work: an advisory lock on PostgreSQL,
	 * {@code GET_LOCK} on MySQL and MariaDB.
	 */
	ADVISORY,

	/** A lease in {@code adk_migration_lock}, renewed while the run lasts. */
	TABLE,

	/** An operating system lock on a file beside a SQLite database. */
	FILE

}
