package io.github.adkmigration.schema;

/**
 * The tables in which ADK keeps sessions, with the names that adk-python gives them.
 *
 * @since 0.1.0
 */
public enum SessionTable {

	/** Key and value rows about the schema itself; {@code schema_version} is one. */
	METADATA("adk_internal_metadata"),

	/** One row per session. */
	SESSIONS("sessions"),

	/** One row per event of a session. */
	EVENTS("events"),

	/** State shared by all sessions of an application. */
	APP_STATES("app_states"),

	/** State shared by all sessions of a user. */
	USER_STATES("user_states");

	private final String defaultName;

	SessionTable(String defaultName) {
		this.defaultName = defaultName;
	}

	/**
	 * Return the name in a database that ADK created.
	 * @return the table name, lower case
	 */
	public String defaultName() {
		return this.defaultName;
	}

}
