package io.github.adkmigration.failure;

/**
 * Every way in which a migration can end badly, with the exit code that a command line or
 * a Job reports for it. The exit codes are a contract.
 *
 * @since 0.1.0
 */
public enum MigrationErrorCode {

	/** Something failed that has no code of its own. */
	FAILED(1),

	/** The database does not answer, or refuses the user. */
	DATABASE_UNREACHABLE(1),

	/** The user lacks a right that the run needs. */
	MISSING_RIGHTS(1),

	/** A setting has a value that cannot be used. */
	INVALID_SETTING(2),

	/** Changes are pending, and nobody allowed them to be applied. */
	PENDING_CHANGES(3),

	/** Another process holds the lock for longer than the time-out. */
	LOCK_NOT_ACQUIRED(4),

	/** The lock was lost while the run was writing. */
	LOCK_LOST(4),

	/** An application waited for somebody to migrate, and nobody did in time. */
	NOT_MIGRATED_IN_TIME(4),

	/** The result does not equal the model, or a row is not accounted for. */
	VERIFICATION_FAILED(5),

	/** The tables are not, or not entirely, those of a known ADK layout. */
	UNRECOGNIZED_SCHEMA(6),

	/** The layout is known, but nothing converts it. */
	UNSUPPORTED_LAYOUT(6),

	/** The database product is not supported. */
	UNSUPPORTED_DATABASE(6),

	/** The run was refused for safety. */
	REFUSED(7),

	/** The zone of the process that wrote V0 rows is neither configured nor proven. */
	TIME_ZONE_REQUIRED(7),

	/** The configured zone contradicts the rows. */
	TIME_ZONE_CONTRADICTED(7),

	/** The database is newer than this library and not compatible with it. */
	AHEAD_INCOMPATIBLE(7),

	/** More rows had to be quarantined than allowed. */
	TOO_MANY_QUARANTINED(8);

	private final int exitCode;

	MigrationErrorCode(int exitCode) {
		this.exitCode = exitCode;
	}

	/**
	 * Return the exit code of the process that ends with this failure.
	 * @return a number from 1 to 8
	 */
	public int exitCode() {
		return this.exitCode;
	}

}
