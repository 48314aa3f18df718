package io.github.adkmigration.convert;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/**
 * Writes many rows with one statement, whatever the driver's own batching is set to.
 * Statements stay far below the smallest packet size that servers have by default.
 */
final class MultiRowEventWriter implements EventWriter {

	private static final int MOST_ROWS = 200;

	private static final int MOST_BYTES = 1 << 20;

	private final String head;

	MultiRowEventWriter(String table) {
		this.head = "INSERT INTO " + table
				+ " (id, app_name, user_id, session_id, invocation_id, timestamp, event_data)" + " VALUES ";
	}

	@Override
	public void write(Connection connection, List<TargetEvent> events) throws SQLException {
		int from = 0;
		while (from < events.size()) {
			int to = from;
			int bytes = 0;
			while (to < events.size() && to - from < MOST_ROWS && (to == from || bytes < MOST_BYTES)) {
				bytes += events.get(to).json().length;
				to++;
			}
			insert(connection, events.subList(from, to));
			from = to;
		}
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
				insert.setString(position++, ColumnTimes.text(event.columnMicros()));
				insert.setString(position++, new String(event.json(), StandardCharsets.UTF_8));
			}
			insert.executeUpdate();
		}
	}

}
