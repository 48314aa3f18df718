package io.github.adkmigration.test.conversion;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.adkmigration.codec.V0Event;
import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Reads V0 events of any level, by the names of the columns.
 */
final class V0Rows {

	private final ResultSet row;

	private final Set<String> columns;

	private V0Rows(ResultSet row) throws SQLException {
		this.row = row;
		this.columns = new HashSet<>();
		for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
			this.columns.add(row.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT));
		}
	}

	static List<V0Event> of(TestDatabase database) throws SQLException {
		List<V0Event> events = new ArrayList<>();
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT * FROM events")) {
			V0Rows rows = new V0Rows(row);
			while (row.next()) {
				events.add(rows.event());
			}
		}
		return events;
	}

	private V0Event event() throws SQLException {
		return new V0Event(this.row.getString("id"), this.row.getString("app_name"), this.row.getString("user_id"),
				this.row.getString("session_id"), text("invocation_id"), text("author"), this.row.getBytes("actions"),
				text("long_running_tool_ids_json"), text("branch"), text("content"), text("grounding_metadata"),
				text("custom_metadata"), text("usage_metadata"), text("citation_metadata"), flag("partial"),
				flag("turn_complete"), text("error_code"), text("error_message"), flag("interrupted"),
				text("input_transcription"), text("output_transcription"));
	}

	private @Nullable String text(String column) throws SQLException {
		return this.columns.contains(column) ? this.row.getString(column) : null;
	}

	private @Nullable Boolean flag(String column) throws SQLException {
		if (!this.columns.contains(column)) {
			return null;
		}
		boolean value = this.row.getBoolean(column);
		return this.row.wasNull() ? null : value;
	}

}
