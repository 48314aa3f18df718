package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads in the order of the primary key, which is how InnoDB stores the rows. Each page
 * is streamed, since a driver would otherwise hold all of it.
 */
final class KeyOrderEventReader implements EventReader {

	private static final JsonMapper JSON = new JsonMapper();

	// MySQL uses no index for a comparison of tuples, so the order is written out.
	private static final String AFTER = " WHERE e.id >= ? AND (e.id > ? OR (e.app_name > ? OR (e.app_name = ?"
			+ " AND (e.user_id > ? OR (e.user_id = ? AND e.session_id > ?)))))";

	private final Connection connection;

	private final EventRows rows;

	private final String table;

	private final int pageSize;

	private final int fetchSize;

	private @Nullable EventKey last;

	KeyOrderEventReader(Connection connection, EventRows rows, String table, int pageSize, @Nullable String after)
			throws SQLException {
		this.connection = connection;
		this.rows = rows;
		this.table = table;
		this.pageSize = pageSize;
		this.fetchSize = streaming(connection);
		this.last = after == null ? null : JSON.readValue(after, EventKey.class);
	}

	/**
	 * Return the fetch size with which a driver hands over rows as they come.
	 */
	static int streaming(Connection connection) throws SQLException {
		// Connector/J streams only with this value, MariaDB's driver with any that is not
		// 0.
		return connection.getMetaData().getDriverName().startsWith("MySQL") ? Integer.MIN_VALUE : 20;
	}

	@Override
	public @Nullable SourcePage next() throws SQLException {
		EventKey start = this.last;
		String sql = "SELECT " + this.rows.selectList() + " FROM " + this.table + " e" + (start == null ? "" : AFTER)
				+ " ORDER BY e.id, e.app_name, e.user_id, e.session_id LIMIT " + this.pageSize;
		List<SourceEvent> events = new ArrayList<>();
		try (PreparedStatement select = this.connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY,
				ResultSet.CONCUR_READ_ONLY)) {
			select.setFetchSize(this.fetchSize);
			if (start != null) {
				select.setString(1, start.id());
				select.setString(2, start.id());
				select.setString(3, start.appName());
				select.setString(4, start.appName());
				select.setString(5, start.userId());
				select.setString(6, start.userId());
				select.setString(7, start.sessionId());
			}
			int bytes = 0;
			try (ResultSet row = select.executeQuery()) {
				while (bytes < PAGE_BYTES && row.next()) {
					SourceEvent event = this.rows.read(row);
					events.add(event);
					bytes += event.size();
					this.last = event.key();
				}
			}
		}
		return events.isEmpty() ? null : new SourcePage(events, JSON.writeValueAsString(this.last));
	}

}
