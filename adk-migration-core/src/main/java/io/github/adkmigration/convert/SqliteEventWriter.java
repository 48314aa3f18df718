package io.github.adkmigration.convert;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.github.adkmigration.clock.StoredTimes;
import org.jspecify.annotations.Nullable;

/**
 * Inserts events on SQLite. The JSON is handed over as the bytes that it already is,
 * where the file is in UTF-8 too, because a cast takes bytes for text as they are.
 */
final class SqliteEventWriter implements EventWriter {

	private final String table;

	private @Nullable Boolean utf8;

	SqliteEventWriter(String table) {
		this.table = table;
	}

	@Override
	public void write(Connection connection, List<TargetEvent> events) throws SQLException {
		boolean bytes = utf8(connection);
		try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + this.table
				+ " (id, app_name, user_id, session_id, invocation_id, timestamp, event_data) VALUES (?, ?, ?, ?, ?, ?, "
				+ (bytes ? "CAST(? AS TEXT))" : "?)"))) {
			for (TargetEvent event : events) {
				insert.setString(1, event.key().id());
				insert.setString(2, event.key().appName());
				insert.setString(3, event.key().userId());
				insert.setString(4, event.key().sessionId());
				insert.setString(5, event.invocationId());
				insert.setString(6, StoredTimes.text(event.columnMicros()));
				if (bytes) {
					insert.setBytes(7, event.json());
				}
				else {
					insert.setString(7, new String(event.json(), StandardCharsets.UTF_8));
				}
				insert.addBatch();
			}
			insert.executeBatch();
		}
	}

	private boolean utf8(Connection connection) throws SQLException {
		Boolean known = this.utf8;
		if (known == null) {
			try (Statement statement = connection.createStatement();
					ResultSet row = statement.executeQuery("PRAGMA encoding")) {
				known = row.next() && row.getString(1).equals("UTF-8");
			}
			this.utf8 = known;
		}
		return known;
	}

}
