package io.github.adkmigration.convert;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adkmigration.schema.SessionTable;

/**
 * The tables of sessions and states: a key, a state and times.
 */
enum StateTable {

	SESSIONS(SessionTable.SESSIONS, List.of("app_name", "user_id", "id"), List.of("create_time", "update_time")),

	APP_STATES(SessionTable.APP_STATES, List.of("app_name"), List.of("update_time")),

	USER_STATES(SessionTable.USER_STATES, List.of("app_name", "user_id"), List.of("update_time"));

	private final SessionTable table;

	private final List<String> keys;

	private final List<String> times;

	StateTable(SessionTable table, List<String> keys, List<String> times) {
		this.table = table;
		this.keys = keys;
		this.times = times;
	}

	SessionTable table() {
		return this.table;
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
	 * Return the condition for one row.
	 */
	String byKey() {
		return this.keys.stream().map((key) -> key + " = ?").collect(Collectors.joining(" AND "));
	}

}
