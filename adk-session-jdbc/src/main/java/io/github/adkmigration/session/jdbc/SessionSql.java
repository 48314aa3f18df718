package io.github.adkmigration.session.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.adk.sessions.SessionKey;
import io.github.adkmigration.settings.OwnerColumn;
import org.jspecify.annotations.Nullable;

/**
 * The statements that create, read and delete. Every value is a parameter.
 */
final class SessionSql {

	private static final String HIDDEN_TEXT = "(SELECT CAST(? AS varchar))";

	private static final String HIDDEN_TIME = "(SELECT CAST(? AS timestamp))";

	private final SqlNames names;

	private final @Nullable OwnerColumn owner;

	SessionSql(SqlNames names, @Nullable OwnerColumn owner) {
		this.names = names;
		this.owner = owner;
	}

	/**
	 * Return the values that every statement about a session begins with, in a list that
	 * the caller may add to.
	 */
	static List<Object> valuesOf(SessionKey key) {
		return new ArrayList<>(List.of(key.appName(), key.userId(), key.id()));
	}

	private String eventsOfSession() {
		return " FROM " + this.names.events + this.names.where("app_name", "user_id", "session_id");
	}

	private String update(String table) {
		return "UPDATE " + table + " SET " + this.names.columns("state") + " = " + this.names.json() + ", "
				+ this.names.columns("update_time") + " = ?";
	}

	/** SQLite has no row locks: there the first write of a transaction locks. */
	private String forUpdate() {
		return switch (this.names.dialect) {
			case SQLITE -> "";
			case POSTGRESQL, MYSQL, MARIADB, H2 -> " FOR UPDATE";
		};
	}

	/** The value of the owner column comes last, if there is one. */
	String insertSession() {
		String column = this.owner == null ? "" : ", " + this.names.dialect.quote(this.owner.name());
		String value = this.owner == null ? "" : ", " + ownerValue(this.owner);
		return "INSERT INTO " + this.names.sessions + " ("
				+ this.names.columns("app_name", "user_id", "id", "state", "create_time", "update_time") + column
				+ ") VALUES (?, ?, ?, " + this.names.json() + ", ?, ?" + value + ")";
	}

	/** These two do not turn text into another type by themselves. */
	private String ownerValue(OwnerColumn column) {
		return switch (this.names.dialect) {
			case POSTGRESQL, H2 -> "CAST(? AS " + column.type() + ")";
			case SQLITE, MYSQL, MARIADB -> "?";
		};
	}

	String insertAppState() {
		return "INSERT INTO " + this.names.appStates + " (" + this.names.columns("app_name", "state", "update_time")
				+ ") VALUES (?, " + this.names.json() + ", ?)";
	}

	String insertUserState() {
		return "INSERT INTO " + this.names.userStates + " ("
				+ this.names.columns("app_name", "user_id", "state", "update_time") + ") VALUES (?, ?, "
				+ this.names.json() + ", ?)";
	}

	/**
	 * A session and the states that it shares, which are NULL without a row.
	 */
	String selectSession() {
		return selectSession("");
	}

	private String selectSession(String furtherColumns) {
		return "SELECT " + this.names.of("s", "update_time") + ", " + this.names.of("s", "state") + ", "
				+ this.names.of("a", "state") + ", " + this.names.of("u", "state") + furtherColumns + " FROM "
				+ this.names.sessions + " s LEFT" + this.names.joinApp() + " LEFT" + this.names.joinUser()
				+ this.names.whereSessionS();
	}

	String selectSessions() {
		return "SELECT " + this.names.columns("update_time", "state", "id") + " FROM " + this.names.sessions
				+ this.names.where("app_name", "user_id") + " ORDER BY " + this.names.columns("update_time") + " DESC, "
				+ this.names.columns("id");
	}

	String selectAppState() {
		return "SELECT " + this.names.columns("state") + " FROM " + this.names.appStates + this.names.where("app_name");
	}

	String lockAppState() {
		return selectAppState() + forUpdate();
	}

	String selectUserState() {
		return "SELECT " + this.names.columns("state") + " FROM " + this.names.userStates
				+ this.names.where("app_name", "user_id");
	}

	String lockUserState() {
		return selectUserState() + forUpdate();
	}

	String updateAppState() {
		return update(this.names.appStates) + this.names.where("app_name");
	}

	String updateUserState() {
		return update(this.names.userStates) + this.names.where("app_name", "user_id");
	}

	String deleteEvents() {
		return "DELETE" + eventsOfSession();
	}

	String deleteSession() {
		return "DELETE FROM " + this.names.sessions + this.names.whereSession();
	}

	String selectNewestEventId() {
		return "SELECT " + this.names.columns("id") + eventsOfSession() + newestFirst() + " LIMIT 1";
	}

	/**
	 * The last time of events from one that is included to one that is not.
	 */
	String selectLastTime() {
		String time = this.names.columns("timestamp");
		return "SELECT " + time + eventsOfSession() + " AND " + time + " >= ? AND " + time + " < ?" + newestFirst()
				+ " LIMIT 1";
	}

	/**
	 * Newest events first, so that the index answers a limit without a sort.
	 * @param since whether a first time is a parameter
	 * @param limited whether a number of rows is the last parameter
	 */
	String selectNewestEvents(boolean since, boolean limited) {
		return newestEvents(selectEvents(), since, limited);
	}

	/**
	 * The newest events with the time of their session, whose key is the first
	 * parameters.
	 */
	String selectNewestEventsAndTime(boolean since, boolean limited) {
		return newestEvents("SELECT " + eventColumns() + ", (SELECT " + this.names.columns("update_time") + " FROM "
				+ this.names.sessions + this.names.whereSession() + ")" + eventsOfSession(), since, limited);
	}

	/**
	 * A session and newest events as one statement of PostgreSQL: first the columns of
	 * {@link #selectSession}, then those of an event, and in each row NULL for the
	 * others. The key of the session stands twice, a number of rows comes last.
	 * <p>
	 * Sub-selects hide the parameters from the planner. It would take them for a reason
	 * to make a new plan for each session, which is more work than the rest of a short
	 * one.
	 * @param since whether a first time is a parameter
	 * @param older whether time and id of an event are the next parameters, which the
	 * events come before
	 */
	String selectSessionAndEvents(boolean since, boolean older) {
		String time = this.names.columns("timestamp");
		String key = Stream.of("app_name", "user_id", "session_id")
			.map((name) -> this.names.columns(name) + " = " + HIDDEN_TEXT)
			.collect(Collectors.joining(" AND "));
		return selectSession(", NULL, NULL, NULL, NULL") + " UNION ALL (SELECT NULL, NULL, NULL, NULL, "
				+ eventColumns() + " FROM " + this.names.events + " WHERE " + key
				+ (since ? " AND " + time + " >= " + HIDDEN_TIME : "") + (older ? " AND (" + time + ", "
						+ this.names.columns("id") + ") < (" + HIDDEN_TIME + ", " + HIDDEN_TEXT + ")" : "")
				+ newestFirst() + " LIMIT (SELECT CAST(? AS bigint)))";
	}

	private String newestEvents(String select, boolean since, boolean limited) {
		return select + (since ? " AND " + this.names.columns("timestamp") + " >= ?" : "") + newestFirst()
				+ (limited ? " LIMIT ?" : "");
	}

	private String newestFirst() {
		return " ORDER BY " + this.names.columns("timestamp") + " DESC, " + this.names.columns("id") + " DESC";
	}

	/**
	 * A page of events, oldest first.
	 * @param after whether time, time and id of the event before the page are parameters
	 */
	String selectEventPage(boolean after) {
		String time = this.names.columns("timestamp");
		return selectEvents()
				+ (after ? " AND " + time + " >= ? AND (" + time + " > ? OR " + this.names.columns("id") + " > ?)" : "")
				+ " ORDER BY " + time + ", " + this.names.columns("id") + " LIMIT ?";
	}

	private String selectEvents() {
		return "SELECT " + eventColumns() + eventsOfSession();
	}

	private String eventColumns() {
		return this.names.columns("timestamp", "id", "invocation_id", "event_data");
	}

}
