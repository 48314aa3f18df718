package io.github.adkmigration.test.migration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.adkmigration.test.database.TestDatabase;
import tools.jackson.databind.json.JsonMapper;

/**
 * A V1 event as it stands in a database, with the truth about its time.
 *
 * @param id its id
 * @param session application, user and session
 * @param column the time column, with all of its digits
 * @param utc the instant in the JSON, in UTC, to the microsecond as Python rounds
 */
record StoredEvent(String id, List<String> session, String column, String utc) {

	private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

	static List<StoredEvent> all(TestDatabase database) throws SQLException {
		String time = switch (database.dialect()) {
			case POSTGRESQL -> "to_char(timestamp, 'YYYY-MM-DD HH24:MI:SS.US')";
			case MYSQL, MARIADB -> "CAST(timestamp AS CHAR)";
			case SQLITE, H2 -> "timestamp";
		};
		List<StoredEvent> events = new ArrayList<>();
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT id, app_name, user_id, session_id, " + time + ", event_data FROM events")) {
			while (row.next()) {
				events.add(
						new StoredEvent(row.getString(1), List.of(row.getString(2), row.getString(3), row.getString(4)),
								row.getString(5), utc(row.getString(6))));
			}
		}
		Comparator<StoredEvent> order = Comparator.comparing(StoredEvent::utc);
		events.sort(order.thenComparing(StoredEvent::id));
		return events;
	}

	/** What a double is, to its last digit: Python sees no other number. */
	private static String utc(String json) {
		BigDecimal micros = new BigDecimal(JsonMapper.shared().readTree(json).get("timestamp").doubleValue())
			.movePointRight(6)
			.setScale(0, RoundingMode.HALF_EVEN);
		long seconds = Math.floorDiv(micros.longValueExact(), 1_000_000L);
		int nanos = (int) Math.floorMod(micros.longValueExact(), 1_000_000L) * 1000;
		return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC).format(FORMAT);
	}

	/**
	 * Return what adk-python 2.7 and newer gets of a session.
	 * @param since the time after which it asks for events
	 */
	static List<String> ordered(TestDatabase database, List<String> session, String since) throws SQLException {
		String query = "SELECT id FROM events WHERE app_name = '%s' AND user_id = '%s' AND session_id = '%s'"
			.formatted(session.stream().map((part) -> part.replace("'", "''")).toArray());
		List<String> ids = new ArrayList<>();
		Sql.column(database, query + " AND timestamp >= '" + since + "' ORDER BY timestamp, id")
			.forEach((id) -> ids.add(String.valueOf(id)));
		return ids;
	}

}
