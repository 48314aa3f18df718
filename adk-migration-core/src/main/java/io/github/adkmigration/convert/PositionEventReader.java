package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads in the order of one unique column, which is that of the rows where the primary
 * key is this column alone. Each page is streamed, since a driver would otherwise hold
 * all of it.
 */
final class PositionEventReader implements EventReader {

	private final Connection connection;

	private final EventRows rows;

	private final String table;

	private final String position;

	private final int pageSize;

	private final int fetchSize;

	private @Nullable String last;

	PositionEventReader(Connection connection, EventRows rows, EventTable from, int pageSize, @Nullable String after)
			throws SQLException {
		this.connection = connection;
		this.rows = rows;
		this.table = from.sql();
		this.position = "e." + from.position();
		this.pageSize = pageSize;
		this.fetchSize = KeyOrderEventReader.streaming(connection);
		this.last = after;
	}

	@Override
	public @Nullable SourcePage next() throws SQLException {
		String start = this.last;
		String sql = "SELECT " + this.rows.selectList() + ", " + this.position + " FROM " + this.table + " e"
				+ (start == null ? "" : " WHERE " + this.position + " > ?") + " ORDER BY " + this.position + " LIMIT "
				+ this.pageSize;
		List<SourceEvent> events = new ArrayList<>();
		try (PreparedStatement select = this.connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY,
				ResultSet.CONCUR_READ_ONLY)) {
			select.setFetchSize(this.fetchSize);
			if (start != null) {
				select.setString(1, start);
			}
			int bytes = 0;
			try (ResultSet row = select.executeQuery()) {
				while (bytes < PAGE_BYTES && row.next()) {
					SourceEvent event = this.rows.read(row);
					events.add(event);
					bytes += event.size();
					this.last = row.getString(this.rows.width() + 1);
				}
			}
		}
		return events.isEmpty() ? null : new SourcePage(events, String.valueOf(this.last));
	}

}
