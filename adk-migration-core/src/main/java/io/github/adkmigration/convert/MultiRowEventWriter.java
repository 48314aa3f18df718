package io.github.adkmigration.convert;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

import io.github.adkmigration.clock.StoredTimes;

/**
 * Writes many rows with one statement, whatever the driver's own batching is set to.
 * Statements stay far below the smallest packet size that servers have by default.
 */
final class MultiRowEventWriter implements EventWriter {

	private final String head;

	MultiRowEventWriter(String table) {
		this.head = "INSERT INTO " + table
				+ " (id, app_name, user_id, session_id, invocation_id, timestamp, event_data)" + " VALUES ";
	}

	@Override
	public void write(Connection connection, List<TargetEvent> events) throws SQLException {
		Chunks.each(events, (chunk) -> insert(connection, chunk));
	}

	private void insert(Connection connection, List<TargetEvent> events) throws SQLException {
		String values = String.join(", ", Collections.nCopies(events.size(), "(?, ?, ?, ?, ?, ?, ?)"));
		try (PreparedStatement insert = connection.prepareStatement(this.head + values)) {
			int position = 1;
			for (TargetEvent event : events) {
				insert.setString(position++, event.key().id());
				insert.setString(position++, event.key().appName());
				insert.setString(position++, event.key().userId());
				insert.setString(position++, event.key().sessionId());
				insert.setString(position++, event.invocationId());
				insert.setString(position++, StoredTimes.text(event.columnMicros()));
				insert.setString(position++, new String(event.json(), StandardCharsets.UTF_8));
			}
			insert.executeUpdate();
		}
	}

}
