package io.github.adkmigration.schema;

/**
 * The tables in which this library keeps its own records.
 *
 * @since 0.1.0
 */
public enum BookkeepingTable {

	/** Liquibase's record of changesets. */
	CHANGELOG("adk_migration_changelog"),

	/** Liquibase's own lock row; the run is guarded by {@link #LOCK} instead. */
	CHANGELOG_LOCK("adk_migration_changelog_lock"),

	/** ShedLock's leases. */
	LOCK("adk_migration_lock"),

	/** One row per run. */
	RUN("adk_migration_run"),

	/** One row per applied changeset. */
	STEP("adk_migration_step"),

	/** How far a copy has come. */
	CHECKPOINT("adk_migration_checkpoint"),

	/** Rows that could not be converted, and rows without a session. */
	QUARANTINE("adk_migration_quarantine"),

	/** Rows whose values JSON cannot hold and which were written with a substitute. */
	SUBSTITUTION("adk_migration_substitution"),

	/** What stood in time columns before they were set to UTC. */
	FORMER_TIMES("adk_migration_former_times"),

	/** The new events while they are being copied. */
	SHADOW("adk_migration_events_v1"),

	/** The old events after the swap. */
	KEPT("adk_migration_events_v0"),

	/** The old sessions of a rebuilt table. */
	KEPT_SESSIONS("adk_migration_sessions_v0"),

	/** The old application states of a rebuilt table. */
	KEPT_APP_STATES("adk_migration_app_states_v0"),

	/** The old user states of a rebuilt table. */
	KEPT_USER_STATES("adk_migration_user_states_v0"),

	/** The new events after a swap was undone; a number follows where it is taken. */
	SINCE("adk_migration_events_since"),

	/** The new sessions after the rebuilding of their table was undone. */
	SINCE_SESSIONS("adk_migration_sessions_since"),

	/** The new application states after the rebuilding of their table was undone. */
	SINCE_APP_STATES("adk_migration_app_states_since"),

	/** The new user states after the rebuilding of their table was undone. */
	SINCE_USER_STATES("adk_migration_user_states_since");

	private final String baseName;

	BookkeepingTable(String baseName) {
		this.baseName = baseName;
	}

	/**
	 * Return the name without a prefix.
	 * @return the table name, lower case
	 */
	public String baseName() {
		return this.baseName;
	}

}
