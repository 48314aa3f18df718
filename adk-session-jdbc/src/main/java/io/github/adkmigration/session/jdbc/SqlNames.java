package io.github.adkmigration.session.jdbc;

import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * The names of one target in one dialect, and the clauses that are made of nothing else.
 */
final class SqlNames {

	final DatabaseDialect dialect;

	final String sessions;

	final String events;

	final String appStates;

	final String userStates;

	SqlNames(SessionTables tables, DatabaseDialect dialect) {
		this.dialect = dialect;
		this.sessions = tables.sql(SessionTable.SESSIONS, dialect);
		this.events = tables.sql(SessionTable.EVENTS, dialect);
		this.appStates = tables.sql(SessionTable.APP_STATES, dialect);
		this.userStates = tables.sql(SessionTable.USER_STATES, dialect);
	}

	String columns(String... names) {
		return Arrays.stream(names).map(this.dialect::quote).collect(Collectors.joining(", "));
	}

	String of(String alias, String column) {
		return alias + "." + this.dialect.quote(column);
	}

	String where(String... names) {
		return Arrays.stream(names)
			.map((name) -> this.dialect.quote(name) + " = ?")
			.collect(Collectors.joining(" AND ", " WHERE ", ""));
	}

	String whereSession() {
		return where("app_name", "user_id", "id");
	}

	/** For the alias {@code s} of the sessions. */
	String whereSessionS() {
		return " WHERE " + of("s", "app_name") + " = ? AND " + of("s", "user_id") + " = ? AND " + of("s", "id")
				+ " = ?";
	}

	/** The alias {@code a} beside the sessions {@code s}. */
	String joinApp() {
		return " JOIN " + this.appStates + " a ON " + of("a", "app_name") + " = " + of("s", "app_name");
	}

	/** The alias {@code u} beside the sessions {@code s}. */
	String joinUser() {
		return " JOIN " + this.userStates + " u ON " + of("u", "app_name") + " = " + of("s", "app_name") + " AND "
				+ of("u", "user_id") + " = " + of("s", "user_id");
	}

	/** A parameter for a JSON column. */
	String json() {
		return this.dialect.binaryJson() ? "CAST(? AS jsonb)" : "?";
	}

}
