package io.github.adkmigration.convert;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

import io.github.adkmigration.catalog.PacketLimit;
import io.github.adkmigration.clock.StoredTimes;
import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

/**
 * Writes many rows with one statement, whatever the driver's own batching is set to.
 * Statements stay far below what the server lets pass; one row that cannot is named.
 */
final class MultiRowEventWriter implements EventWriter {

	/** A statement has escapes and keys beside the JSON of its rows. */
	private static final int PART_OF_PACKET = 4;

	private final DatabaseDialect dialect;

	private final String head;

	private @Nullable PacketLimit limit;

	MultiRowEventWriter(DatabaseDialect dialect, String table) {
		this.dialect = dialect;
		this.head = "INSERT INTO " + table
				+ " (id, app_name, user_id, session_id, invocation_id, timestamp, event_data)" + " VALUES ";
	}

	@Override
	public void write(Connection connection, List<TargetEvent> events) throws SQLException {
		PacketLimit packets = this.limit;
		if (packets == null) {
			packets = PacketLimit.of(connection, this.dialect);
			this.limit = packets;
		}
		for (TargetEvent event : events) {
			packets.require("A converted event", event.json(), true);
		}
		Chunks.each(events, packets.bytes() / PART_OF_PACKET, (chunk) -> insert(connection, chunk));
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
