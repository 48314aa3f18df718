package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads in the order of {@code rowid}, which is the order of the appends, so that events
 * with equal times keep their order.
 */
final class SqliteEventReader implements EventReader {

	private final Connection connection;

	private final EventRows rows;

	private final String table;

	private final int pageSize;

	private long last;

	SqliteEventReader(Connection connection, EventRows rows, String table, int pageSize, @Nullable String after) {
		this.connection = connection;
		this.rows = rows;
		this.table = table;
		this.pageSize = pageSize;
		this.last = after == null ? Long.MIN_VALUE : Long.parseLong(after);
	}

	@Override
	public @Nullable SourcePage next() throws SQLException {
		String sql = "SELECT " + this.rows.selectList() + ", e.rowid FROM " + this.table
				+ " e WHERE e.rowid > ? ORDER BY e.rowid LIMIT ?";
		List<SourceEvent> events = new ArrayList<>();
		try (PreparedStatement select = this.connection.prepareStatement(sql)) {
			select.setLong(1, this.last);
			select.setInt(2, this.pageSize);
			int bytes = 0;
			try (ResultSet row = select.executeQuery()) {
				while (bytes < PAGE_BYTES && row.next()) {
					SourceEvent event = this.rows.read(row);
					events.add(event);
					bytes += event.size();
					this.last = row.getLong(this.rows.width() + 1);
				}
			}
		}
		return events.isEmpty() ? null : new SourcePage(events, Long.toString(this.last));
	}

}
