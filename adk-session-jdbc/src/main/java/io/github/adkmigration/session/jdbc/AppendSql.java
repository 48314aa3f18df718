package io.github.adkmigration.session.jdbc;

/**
 * The statements of an append. Every value is a parameter.
 */
final class AppendSql {

	private final SqlNames names;

	AppendSql(SqlNames names) {
		this.names = names;
	}

	private String into() {
		return "INSERT INTO " + this.names.events + " (" + this.names.columns("app_name", "user_id", "session_id", "id",
				"invocation_id", "timestamp", "event_data") + ")";
	}

	/**
	 * Lock a session and then the states that change with it, which is the order of
	 * adk-python, and read them. The columns: time, session's, application's, user's
	 * state.
	 */
	String lock(boolean app, boolean user) {
		return "SELECT " + this.names.of("s", "update_time") + ", " + this.names.of("s", "state") + ", "
				+ (app ? this.names.of("a", "state") : "NULL") + ", " + (user ? this.names.of("u", "state") : "NULL")
				+ " FROM " + this.names.sessions + " s" + (app ? " LEFT" + this.names.joinApp() : "")
				+ (user ? " LEFT" + this.names.joinUser() : "") + this.names.whereSessionS() + " FOR UPDATE";
	}

	String insertEvent() {
		return into() + " VALUES (?, ?, ?, ?, ?, ?, " + this.names.json() + ")";
	}

	/**
	 * Insert an event if its session exists, and read what {@link #lock} reads: for
	 * SQLite, where the first write of a transaction is its lock.
	 */
	String insertEventAndRead(boolean app, boolean user) {
		String ofSession = " FROM " + this.names.sessions + " WHERE " + this.names.columns("app_name") + " = ?1 AND "
				+ this.names.columns("user_id") + " = ?2 AND " + this.names.columns("id") + " = ?3";
		String state = "(SELECT " + this.names.columns("state");
		String ofApp = " WHERE " + this.names.columns("app_name") + " = ?1";
		return into() + " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7" + ofSession + " RETURNING (SELECT "
				+ this.names.columns("update_time") + ofSession + "), " + state + ofSession + "), "
				+ (app ? state + " FROM " + this.names.appStates + ofApp + ")" : "NULL") + ", "
				+ (user ? state + " FROM " + this.names.userStates + ofApp + " AND " + this.names.columns("user_id")
						+ " = ?2)" : "NULL");
	}

	/**
	 * Change a session: time, then the state if it changes, then the key.
	 */
	String updateSession(boolean state) {
		return "UPDATE " + this.names.sessions + " SET " + this.names.columns("update_time") + " = ?"
				+ (state ? ", " + this.names.columns("state") + " = " + this.names.json() : "")
				+ this.names.whereSession();
	}

	/**
	 * Change a session and the states of its application and its user in one statement of
	 * MySQL: time and state of each that changes, then the key of the session.
	 */
	String updateAll(boolean state, boolean app, boolean user) {
		return "UPDATE " + this.names.sessions + " s" + (app ? this.names.joinApp() : "")
				+ (user ? this.names.joinUser() : "") + " SET " + set("s", state) + (app ? ", " + set("a", true) : "")
				+ (user ? ", " + set("u", true) : "") + this.names.whereSessionS();
	}

	private String set(String alias, boolean state) {
		return this.names.of(alias, "update_time") + " = ?"
				+ (state ? ", " + this.names.of(alias, "state") + " = ?" : "");
	}

	/**
	 * The whole append as one statement of PostgreSQL. It does nothing if the session has
	 * not the expected time. Each part reads the one before it, so the rows are locked in
	 * the order of adk-python, and a conflict is merged with the newest row, which an
	 * UPDATE that reads another part could not do.
	 */
	String atOnce(boolean state, boolean app, boolean user) {
		return "WITH s AS (UPDATE " + this.names.sessions + " AS t SET " + this.names.columns("update_time") + " = ?"
				+ (state ? ", " + merged("t") : "") + this.names.whereSession() + " AND "
				+ this.names.columns("update_time") + " = ? RETURNING "
				+ this.names.columns("app_name", "user_id", "id") + ")"
				+ (app ? ", a AS (" + merge(this.names.appStates, "s", "app_name") + " RETURNING 1)" : "")
				+ (user ? ", u AS (" + merge(this.names.userStates, app ? "s, a" : "s", "app_name", "user_id") + ")"
						: "")
				+ " " + into() + " SELECT " + this.names.columns("app_name", "user_id", "id")
				+ ", ?, ?, ?, CAST(? AS jsonb) FROM s";
	}

	private String merge(String table, String from, String... key) {
		String columns = this.names.columns(key);
		return "INSERT INTO " + table + " AS t (" + columns + ", " + this.names.columns("update_time", "state")
				+ ") SELECT " + columns + ", ?, CAST(? AS jsonb) FROM " + from + " ON CONFLICT (" + columns
				+ ") DO UPDATE SET " + this.names.columns("update_time") + " = "
				+ this.names.of("excluded", "update_time") + ", " + merged("t");
	}

	/** Changed keys as an object, then removed ones as an array. */
	private String merged(String alias) {
		String old = this.names.of(alias, "state");
		return this.names.columns("state") + " = (CASE jsonb_typeof(" + old + ") WHEN 'object' THEN " + old
				+ " ELSE '{}' END || CAST(? AS jsonb)) - ARRAY(SELECT jsonb_array_elements_text(CAST(? AS jsonb)))";
	}

}
