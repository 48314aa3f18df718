package io.github.adkmigration.session.jdbc;

import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * The statements of the session service in one dialect, with the names of one target.
 * Every value is a parameter.
 */
final class SessionSql {

	private final DatabaseDialect dialect;

	private final String sessions;

	private final String events;

	private final String appStates;

	private final String userStates;

	SessionSql(SessionTables tables, DatabaseDialect dialect) {
		this.dialect = dialect;
		this.sessions = tables.sql(SessionTable.SESSIONS, dialect);
		this.events = tables.sql(SessionTable.EVENTS, dialect);
		this.appStates = tables.sql(SessionTable.APP_STATES, dialect);
		this.userStates = tables.sql(SessionTable.USER_STATES, dialect);
	}

	private String columns(String... names) {
		return Arrays.stream(names).map(this.dialect::quote).collect(Collectors.joining(", "));
	}

	private String where(String... names) {
		return Arrays.stream(names)
			.map((name) -> this.dialect.quote(name) + " = ?")
			.collect(Collectors.joining(" AND ", " WHERE ", ""));
	}

	private String sessionKey() {
		return where("app_name", "user_id", "id");
	}

	private String eventsOfSession() {
		return " FROM " + this.events + where("app_name", "user_id", "session_id");
	}

	private String json() {
		return this.dialect.binaryJson() ? "CAST(? AS jsonb)" : "?";
	}

	private String update(String table) {
		return "UPDATE " + table + " SET " + columns("state") + " = " + json() + ", " + columns("update_time") + " = ?";
	}

	/** SQLite has no row locks: there the first write of a transaction locks. */
	private String forUpdate() {
		return this.dialect == DatabaseDialect.SQLITE ? "" : " FOR UPDATE";
	}

	String insertSession() {
		return "INSERT INTO " + this.sessions + " ("
				+ columns("app_name", "user_id", "id", "state", "create_time", "update_time") + ") VALUES (?, ?, ?, "
				+ json() + ", ?, ?)";
	}

	String insertAppState() {
		return "INSERT INTO " + this.appStates + " (" + columns("app_name", "state", "update_time") + ") VALUES (?, "
				+ json() + ", ?)";
	}

	String insertUserState() {
		return "INSERT INTO " + this.userStates + " (" + columns("app_name", "user_id", "state", "update_time")
				+ ") VALUES (?, ?, " + json() + ", ?)";
	}

	String insertEvent() {
		return "INSERT INTO " + this.events + " ("
				+ columns("id", "app_name", "user_id", "session_id", "invocation_id", "timestamp", "event_data")
				+ ") VALUES (?, ?, ?, ?, ?, ?, " + json() + ")";
	}

	/** Takes SQLite's write lock before anything is read. */
	String touchSession() {
		return "UPDATE " + this.sessions + " SET " + columns("update_time") + " = " + columns("update_time")
				+ sessionKey();
	}

	String selectSession() {
		return "SELECT " + columns("id", "state", "update_time") + " FROM " + this.sessions + sessionKey();
	}

	String lockSession() {
		return selectSession() + forUpdate();
	}

	String selectSessions() {
		return "SELECT " + columns("id", "state", "update_time") + " FROM " + this.sessions
				+ where("app_name", "user_id") + " ORDER BY " + columns("update_time") + " DESC, " + columns("id");
	}

	String selectAppState() {
		return "SELECT " + columns("state") + " FROM " + this.appStates + where("app_name");
	}

	String lockAppState() {
		return selectAppState() + forUpdate();
	}

	String selectUserState() {
		return "SELECT " + columns("state") + " FROM " + this.userStates + where("app_name", "user_id");
	}

	String lockUserState() {
		return selectUserState() + forUpdate();
	}

	String updateSession() {
		return update(this.sessions) + sessionKey();
	}

	String updateSessionTime() {
		return "UPDATE " + this.sessions + " SET " + columns("update_time") + " = ?" + sessionKey();
	}

	String updateAppState() {
		return update(this.appStates) + where("app_name");
	}

	String updateUserState() {
		return update(this.userStates) + where("app_name", "user_id");
	}

	String deleteEvents() {
		return "DELETE" + eventsOfSession();
	}

	String deleteSession() {
		return "DELETE FROM " + this.sessions + sessionKey();
	}

	/**
	 * Newest events first, so that the index answers a limit without a sort.
	 * @param since whether a first time is a parameter
	 * @param limited whether a number of rows is the last parameter
	 */
	String selectNewestEvents(boolean since, boolean limited) {
		return selectEvents() + (since ? " AND " + columns("timestamp") + " >= ?" : "") + " ORDER BY "
				+ columns("timestamp") + " DESC, " + columns("id") + " DESC" + (limited ? " LIMIT ?" : "");
	}

	/**
	 * A page of events, oldest first.
	 * @param after whether time, time and id of the event before the page are parameters
	 */
	String selectEventPage(boolean after) {
		String time = columns("timestamp");
		return selectEvents()
				+ (after ? " AND (" + time + " > ? OR (" + time + " = ? AND " + columns("id") + " > ?))" : "")
				+ " ORDER BY " + time + ", " + columns("id") + " LIMIT ?";
	}

	private String selectEvents() {
		return "SELECT " + columns("id", "invocation_id", "timestamp", "event_data") + eventsOfSession();
	}

}
