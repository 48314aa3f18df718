package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the events of head as a reader of adk-python orders them.
 */
final class MigratedEvents {

	static final JsonMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

	private MigratedEvents() {
	}

	static Map<String, JsonNode> read(TestDatabase database) throws SQLException {
		Map<String, JsonNode> events = new LinkedHashMap<>();
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("SELECT app_name, user_id, session_id, id, event_data FROM events"
							+ " ORDER BY app_name, user_id, session_id, timestamp, id")) {
			while (rows.next()) {
				events.put(
						rows.getString(1) + "/" + rows.getString(2) + "/" + rows.getString(3) + "/" + rows.getString(4),
						JSON.readTree(rows.getString(5)));
			}
		}
		return events;
	}

	/**
	 * Return the state that a reader finds: that of the session, and with their prefixes
	 * those of its application and its user.
	 * @param session an id that only one session has
	 */
	static ObjectNode state(TestDatabase database, String session) throws SQLException {
		ObjectNode state = JSON.createObjectNode();
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT a.state, u.state, s.state FROM sessions s"
						+ " LEFT JOIN app_states a ON a.app_name = s.app_name LEFT JOIN user_states u"
						+ " ON u.app_name = s.app_name AND u.user_id = s.user_id WHERE s.id = '" + session + "'")) {
			row.next();
			add(state, "app:", row.getString(1));
			add(state, "user:", row.getString(2));
			add(state, "", row.getString(3));
		}
		return state;
	}

	private static void add(ObjectNode state, String prefix, @Nullable String json) {
		JSON.readTree(json == null ? "{}" : json)
			.properties()
			.forEach((entry) -> state.set(prefix + entry.getKey(), entry.getValue()));
	}

	/**
	 * Compare two documents by what a reader makes of them: integers by value, floats as
	 * doubles, where times of today need not agree below the microsecond.
	 * @return zero if they mean the same
	 */
	static int compareMeaning(JsonNode left, JsonNode right) {
		return left.equals(MigratedEvents::compareScalars, right) ? 0 : 1;
	}

	private static int compareScalars(JsonNode left, JsonNode right) {
		if (left.isIntegralNumber() && right.isIntegralNumber()) {
			return left.bigIntegerValue().compareTo(right.bigIntegerValue());
		}
		if (left.isNumber() && right.isNumber()) {
			boolean time = left.asDouble() > 1e9 && left.asDouble() < 1e11;
			return Math.abs(left.asDouble() - right.asDouble()) <= (time ? 5e-7 : 0) ? 0 : 1;
		}
		return left.equals(right) ? 0 : 1;
	}

}
