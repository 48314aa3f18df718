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

	/** New sessions that are to take the name of the source's own. */
	SHADOW_SESSIONS("adk_migration_sessions_v1"),

	/** New application states that are to take the name of the source's own. */
	SHADOW_APP_STATES("adk_migration_app_states_v1"),

	/** New user states that are to take the name of the source's own. */
	SHADOW_USER_STATES("adk_migration_user_states_v1"),

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
	 * Return what a new table is called until it takes the place of an old one.
	 * @param table one of head's tables of rows
	 * @return the table under its temporary name
	 * @throws IllegalArgumentException for the table that names the schema version
	 */
	public static BookkeepingTable shadow(SessionTable table) {
		return switch (table) {
			case SESSIONS -> SHADOW_SESSIONS;
			case EVENTS -> SHADOW;
			case APP_STATES -> SHADOW_APP_STATES;
			case USER_STATES -> SHADOW_USER_STATES;
			case METADATA -> throw new IllegalArgumentException("The table is never made anew");
		};
	}

	/**
	 * Return what an old table is called after a new one has taken its place.
	 * @param table one of head's tables of rows
	 * @return the table that is kept
	 * @throws IllegalArgumentException for the table that names the schema version
	 */
	public static BookkeepingTable kept(SessionTable table) {
		return switch (table) {
			case SESSIONS -> KEPT_SESSIONS;
			case EVENTS -> KEPT;
			case APP_STATES -> KEPT_APP_STATES;
			case USER_STATES -> KEPT_USER_STATES;
			case METADATA -> throw new IllegalArgumentException("The table is never made anew");
		};
	}

	/**
	 * Return the name without a prefix.
	 * @return the table name, lower case
	 */
	public String baseName() {
		return this.baseName;
	}

}
