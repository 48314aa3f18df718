package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rows of head's tables in a form that does not depend on the product.
 *
 * @param rows keys with the plain columns
 * @param json keys with what the JSON says
 */
record HeadContent(Map<String, String> rows, Map<String, JsonNode> json) {

	static HeadContent of(TestDatabase database) throws SQLException {
		HeadContent content = new HeadContent(new TreeMap<>(), new TreeMap<>());
		try (Connection connection = database.connection()) {
			content.add(connection, "sessions", "app_name, user_id, id", "state", "create_time, update_time");
			content.add(connection, "app_states", "app_name", "state", "update_time");
			content.add(connection, "user_states", "app_name, user_id", "state", "update_time");
			content.add(connection, "events", "app_name, user_id, session_id, id", "event_data",
					"invocation_id, timestamp");
		}
		return content;
	}

	private void add(Connection connection, String table, String keys, String json, String values) throws SQLException {
		int keyColumns = keys.split(",").length;
		int valueColumns = values.split(",").length;
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT " + keys + ", " + values + ", " + json + " FROM " + table)) {
			while (row.next()) {
				StringBuilder key = new StringBuilder(table);
				for (int i = 1; i <= keyColumns; i++) {
					key.append('/').append(row.getString(i));
				}
				StringBuilder line = new StringBuilder();
				for (int i = 1; i <= valueColumns; i++) {
					line.append(plain(row.getString(keyColumns + i))).append('|');
				}
				this.rows.put(key.toString(), line.toString());
				this.json.put(key.toString(),
						MigratedEvents.JSON.readTree(row.getString(keyColumns + valueColumns + 1)));
			}
		}
	}

	/**
	 * Times without zeros at the end of the fraction, which products write differently.
	 */
	private static String plain(@Nullable String value) {
		return String.valueOf(value).replaceFirst("(:\\d\\d(?:\\.\\d*[1-9])?)\\.?0*$", "$1");
	}

	/**
	 * Return how another content differs. A state that a run has created has the time of
	 * that run.
	 */
	List<String> differences(HeadContent other) {
		List<String> differences = new ArrayList<>();
		this.rows.forEach((key, line) -> {
			String found = other.rows.get(key);
			JsonNode expected = this.json.get(key);
			JsonNode json = other.json.get(key);
			if (found == null || json == null || expected == null) {
				differences.add("missing " + key);
				return;
			}
			boolean created = !key.startsWith("events") && !key.startsWith("sessions") && expected.isEmpty();
			if (!created && !line.equals(found)) {
				differences.add(key + ": " + line + " became " + found);
			}
			if (MigratedEvents.compareMeaning(expected, json) != 0) {
				differences.add(key + ": " + expected + " became " + json);
			}
		});
		other.rows.keySet()
			.stream()
			.filter((key) -> !this.rows.containsKey(key))
			.forEach((key) -> differences.add("too much " + key));
		return differences;
	}

}
