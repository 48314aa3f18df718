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

	private static final int FIRST_BLOCKS = 64;

	private static final int MOST_BLOCKS = 4096;

	private final Connection connection;

	private final EventRows rows;

	private final String table;

	private final int batchSize;

	private int blocksPerBatch = FIRST_BLOCKS;

	private long blocks;

	private String from;

	PostgresEventReader(Connection connection, EventRows rows, String table, int batchSize, @Nullable String after)
			throws SQLException {
		this.connection = connection;
		this.rows = rows;
		this.table = table;
		this.batchSize = batchSize;
		this.from = after == null ? "(0,0)" : after;
		this.blocks = blocks();
	}

	@Override
	public @Nullable SourceBatch next() throws SQLException {
		List<SourceEvent> events = new ArrayList<>();
		while (events.isEmpty()) {
			if (block(this.from) >= this.blocks) {
				this.blocks = blocks();
				if (block(this.from) >= this.blocks) {
					return null;
				}
			}
			String to = "(" + Math.min(this.blocks, block(this.from) + this.blocksPerBatch) + ",0)";
			boolean whole = read(events, to);
			if (whole) {
				adapt(events.size());
				this.from = to;
			}
		}
		return new SourceBatch(events, this.from);
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
					if (bytes >= BATCH_BYTES) {
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
				return (int) Math.max(1, Math.min(this.batchSize, BATCH_BYTES / largest));
			}
		}
	}

	private void adapt(int read) {
		if (read < this.batchSize / 2 && this.blocksPerBatch < MOST_BLOCKS) {
			this.blocksPerBatch *= 2;
		}
		else if (read > this.batchSize * 2 && this.blocksPerBatch > 1) {
			this.blocksPerBatch /= 2;
		}
	}

	private long blocks() throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT pg_relation_size('" + this.table.replace("'", "''")
						+ "'::regclass) / current_setting('block_size')::bigint")) {
			row.next();
			return row.getLong(1);
		}
	}

	private static long block(String tid) {
		return Long.parseLong(tid.substring(1, tid.indexOf(',')));
	}

}
