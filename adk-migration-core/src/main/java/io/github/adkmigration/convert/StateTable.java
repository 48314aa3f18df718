package io.github.adkmigration.convert;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adkmigration.codec.ScopedState;
import io.github.adkmigration.schema.SessionTable;

/**
 * The tables of sessions and states: a key, a state and times.
 */
enum StateTable {

	SESSIONS(SessionTable.SESSIONS, "", List.of("app_name", "user_id", "id"), List.of("create_time", "update_time")),

	APP_STATES(SessionTable.APP_STATES, ScopedState.APP, List.of("app_name"), List.of("update_time")),

	USER_STATES(SessionTable.USER_STATES, ScopedState.USER, List.of("app_name", "user_id"), List.of("update_time"));

	private final SessionTable table;

	private final String prefix;

	private final List<String> keys;

	private final List<String> times;

	StateTable(SessionTable table, String prefix, List<String> keys, List<String> times) {
		this.table = table;
		this.prefix = prefix;
		this.keys = keys;
		this.times = times;
	}

	SessionTable table() {
		return this.table;
	}

	/**
	 * Return what writers that keep one state put before its keys.
	 */
	String prefix() {
		return this.prefix;
	}

	List<String> keys() {
		return this.keys;
	}

	List<String> times() {
		return this.times;
	}

	/**
	 * Return all columns: the key, the state, the times.
	 */
	List<String> columns() {
		return Stream.of(this.keys, List.of("state"), this.times).flatMap(List::stream).toList();
	}

	/**
	 * Return the name in a copy's record and in texts.
	 */
	String label() {
		return this.table.defaultName();
	}

	/**
	 * Return the condition for the rows behind one. Written out, since not every database
	 * finds a tuple in an index.
	 * @param alias of the table in the statement
	 */
	String after(String alias) {
		StringBuilder condition = new StringBuilder(alias + "." + this.keys.get(0) + " >= ?");
		for (int i = 0; i < this.keys.size(); i++) {
			condition.append(i == 0 ? " AND (" : " OR (");
			for (int j = 0; j < i; j++) {
				condition.append(alias).append('.').append(this.keys.get(j)).append(" = ? AND ");
			}
			condition.append(alias).append('.').append(this.keys.get(i)).append(" > ?");
			condition.append(i == 0 ? "" : ")");
		}
		return condition.append(")").toString();
	}

	/**
	 * Bind a key to what {@link #after} returned.
	 */
	static void bind(PreparedStatement select, List<String> start) throws SQLException {
		int position = 1;
		select.setString(position++, start.get(0));
		for (int i = 0; i < start.size(); i++) {
			for (int j = 0; j <= i; j++) {
				select.setString(position++, start.get(j));
			}
		}
	}

	/**
	 * Return the condition for one row.
	 */
	String byKey() {
		return this.keys.stream().map((key) -> key + " = ?").collect(Collectors.joining(" AND "));
	}

}
