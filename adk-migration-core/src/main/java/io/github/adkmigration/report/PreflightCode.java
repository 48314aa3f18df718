package io.github.adkmigration.report;

import io.github.adkmigration.failure.MigrationErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a look before a run can find. The names are a contract, and so is what
 * blocks: a run is refused for exactly the codes with a failure, with that failure.
 *
 * @since 0.1.0
 */
public enum PreflightCode {

	/** The name of the schema can only be used between quotes. */
	SCHEMA_NAME(MigrationErrorCode.INVALID_SETTING),

	/** The owner column would leave sessions without an owner. */
	OWNER_COLUMN(MigrationErrorCode.REFUSED),

	/** The owner column refers to a table that does not exist. */
	OWNER_REFERENCE(MigrationErrorCode.REFUSED),

	/** The connection, the file or the server takes no writes. */
	READ_ONLY(MigrationErrorCode.MISSING_RIGHTS),

	/** The user lacks a right. */
	MISSING_RIGHT(MigrationErrorCode.MISSING_RIGHTS),

	/** The disk cannot hold what a run writes. */
	SPACE_TOO_SMALL(MigrationErrorCode.REFUSED),

	/** The kept table of an earlier conversion is in the way. */
	KEPT_TABLE(MigrationErrorCode.REFUSED),

	/** Row level security may hide rows from the user. */
	HIDDEN_ROWS(MigrationErrorCode.REFUSED),

	/** Keys are longer than head allows. */
	LONG_KEYS(MigrationErrorCode.REFUSED),

	/** Rows are larger than MySQL or MariaDB lets pass. */
	LARGE_ROWS(MigrationErrorCode.REFUSED),

	/**
	 * The tables beside those of another writer hold rows already, or rows of his cannot
	 * be told apart; nothing tells who wrote rows of a hybrid; or no reader could read
	 * sessions or states of another writer.
	 */
	SOURCE_ROWS(MigrationErrorCode.REFUSED),

	/** The zone of the writers is neither configured nor proven. */
	TIME_ZONE_REQUIRED(MigrationErrorCode.TIME_ZONE_REQUIRED),

	/** The configured zone contradicts the rows. */
	TIME_ZONE_CONTRADICTED(MigrationErrorCode.TIME_ZONE_CONTRADICTED),

	/** The wanted kind of lock cannot be had here. */
	LOCK_UNAVAILABLE(MigrationErrorCode.INVALID_SETTING),

	/** A copy of another database into these tables has not come to its end. */
	UNFINISHED_COPY(MigrationErrorCode.REFUSED),

	/** The disk may be too small for what a run writes. */
	SPACE_TIGHT(Severity.WARNS),

	/** Sessions cannot be trusted with the lock, so a run holds a lease. */
	SESSION_NOT_TRUSTED(Severity.WARNS),

	/**
	 * Values are exactly as long as a column allows, as if cut off, or states are taken
	 * apart into characters.
	 */
	DAMAGED_ROWS(Severity.WARNS),

	/** Events belong to no session. */
	ORPHANED_EVENTS(Severity.WARNS),

	/** Events have another time in the column than UTC. */
	EVENT_TIMES_NOT_UTC(Severity.WARNS),

	/** Events have no time that could be set to UTC. */
	EVENT_TIMES_UNREADABLE(Severity.WARNS),

	/** The configured zone is used although the rows contradict it. */
	TIME_ZONE_CONFIRMED(Severity.WARNS),

	/** An object of a user stays with the kept table. */
	OBJECT_STAYS(Severity.WARNS),

	/** A column holds less than head's, or than adk-python's own. */
	NARROW_COLUMN(Severity.INFORMS),

	/** A column holds more than head's. */
	WIDE_COLUMN(Severity.INFORMS),

	/** The database does not say how much room there is. */
	SPACE_UNKNOWN(Severity.INFORMS);

	private final Severity severity;

	private final @Nullable MigrationErrorCode failure;

	PreflightCode(MigrationErrorCode failure) {
		this.severity = Severity.BLOCKS;
		this.failure = failure;
	}

	PreflightCode(Severity severity) {
		this.severity = severity;
		this.failure = null;
	}

	/**
	 * Return how bad it is.
	 * @return the severity, the same for every finding of this code
	 */
	public Severity severity() {
		return this.severity;
	}

	/**
	 * Return what a run fails with.
	 * @return the code of the failure, or {@code null} unless this blocks
	 */
	public @Nullable MigrationErrorCode failure() {
		return this.failure;
	}

	/** How bad a finding is. */
	public enum Severity {

		/** A run is refused before its first write. */
		BLOCKS,

		/** A run is possible, and somebody should look first. */
		WARNS,

		/** Worth knowing. */
		INFORMS

	}

}
