package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads in the order of the table's blocks (a TID range scan, PostgreSQL 14 and newer),
 * which is sequential and, in a table that is only appended to, the order of the appends.
 * Rows that a writer puts into blocks already passed are found when the copy is
 * reconciled.
 */
final class PostgresEventReader implements EventReader {

	private static final int FIRST_BLOCKS = 16;

	private static final int MOST_BLOCKS = 4096;

	private final Connection connection;

	private final EventRows rows;

	private final String table;

	private final String base;

	private final int pageSize;

	private int blocksPerPage = FIRST_BLOCKS;

	private long blocks;

	private String from;

	PostgresEventReader(Connection connection, EventRows rows, String table, String base, int pageSize,
			@Nullable String after) throws SQLException {
		this.connection = connection;
		this.rows = rows;
		this.table = table;
		this.base = base;
		this.pageSize = pageSize;
		this.from = after == null ? "(0,0)" : after;
		this.blocks = blocks();
	}

	@Override
	public @Nullable SourcePage next() throws SQLException {
		List<SourceEvent> events = new ArrayList<>();
		while (events.isEmpty()) {
			if (block(this.from) >= this.blocks) {
				this.blocks = blocks();
				if (block(this.from) >= this.blocks) {
					return null;
				}
			}
			String to = "(" + Math.min(this.blocks, block(this.from) + this.blocksPerPage) + ",0)";
			if (read(events, to)) {
				this.from = to;
				if (events.size() < this.pageSize / 2 && this.blocksPerPage < MOST_BLOCKS) {
					this.blocksPerPage *= 2;
				}
			}
			else if (events.size() == this.pageSize && this.blocksPerPage > 1) {
				this.blocksPerPage /= 2;
			}
		}
		return new SourcePage(events, this.from);
	}

	private boolean read(List<SourceEvent> events, String to) throws SQLException {
		String sql = "SELECT " + this.rows.selectList() + ", e.ctid FROM " + this.table
				+ " e WHERE e.ctid > CAST(? AS tid) AND e.ctid < CAST(? AS tid)";
		boolean autoCommit = this.connection.getAutoCommit();
		this.connection.setAutoCommit(false);
		try (PreparedStatement select = this.connection.prepareStatement(sql)) {
			select.setString(1, this.from);
			select.setString(2, to);
			select.setFetchSize(fetchSize(to));
			int bytes = 0;
			try (ResultSet row = select.executeQuery()) {
				while (row.next()) {
					SourceEvent event = this.rows.read(row);
					events.add(event);
					bytes += event.size();
					if (bytes >= PAGE_BYTES || events.size() == this.pageSize) {
						this.from = row.getString(this.rows.width() + 1);
						return false;
					}
				}
			}
			return true;
		}
		finally {
			if (autoCommit) {
				// Nothing was written, and a commit after a failure would hide its
				// reason.
				this.connection.rollback();
				this.connection.setAutoCommit(true);
			}
		}
	}

	/**
	 * Return how many rows the driver may hold. The server knows the length of a value
	 * without reading it.
	 */
	private int fetchSize(String to) throws SQLException {
		try (PreparedStatement select = this.connection.prepareStatement("SELECT COALESCE(MAX(" + this.rows.size()
				+ "), 0) FROM " + this.table + " e WHERE e.ctid > CAST(? AS tid) AND e.ctid < CAST(? AS tid)")) {
			select.setString(1, this.from);
			select.setString(2, to);
			try (ResultSet row = select.executeQuery()) {
				row.next();
				long largest = Math.max(1, row.getLong(1));
				return (int) Math.max(1, Math.min(this.pageSize, PAGE_BYTES / largest));
			}
		}
	}

	private long blocks() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT pg_relation_size('" + this.base.replace("'", "''")
						+ "'::regclass) / current_setting('block_size')::bigint")) {
			row.next();
			return row.getLong(1);
		}
	}

	private static long block(String tid) {
		return Long.parseLong(tid.substring(1, tid.indexOf(',')));
	}

}
