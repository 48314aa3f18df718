package io.github.adkmigration.convert;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes with one prepared statement; within a transaction SQLite has no round trip to
 * save.
 */
final class SqliteEventWriter implements EventWriter {

	private final String sql;

	SqliteEventWriter(String table) {
		this.sql = "INSERT INTO " + table + " (id, app_name, user_id, session_id, invocation_id, timestamp, event_data)"
				+ " VALUES (?, ?, ?, ?, ?, ?, ?)";
	}

	@Override
	public void write(Connection connection, List<TargetEvent> events) throws SQLException {
		try (PreparedStatement insert = connection.prepareStatement(this.sql)) {
			for (TargetEvent event : events) {
				insert.setString(1, event.key().id());
				insert.setString(2, event.key().appName());
				insert.setString(3, event.key().userId());
				insert.setString(4, event.key().sessionId());
				insert.setString(5, event.invocationId());
				insert.setString(6, ColumnTimes.text(event.columnMicros()));
				insert.setString(7, new String(event.json(), StandardCharsets.UTF_8));
				insert.addBatch();
			}
			insert.executeBatch();
		}
	}

}
