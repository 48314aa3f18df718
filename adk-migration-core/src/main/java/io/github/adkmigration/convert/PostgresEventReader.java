package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

	private static final String BLOCKS = " e WHERE e.ctid > CAST(? AS tid) AND e.ctid < CAST(? AS tid)";

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
		String sql = "SELECT " + this.rows.pageSelectList() + ", e.ctid FROM " + this.table + BLOCKS;
		boolean autoCommit = this.connection.getAutoCommit();
		this.connection.setAutoCommit(false);
		try (PreparedStatement select = this.connection.prepareStatement(sql)) {
			select.setString(1, this.from);
			select.setString(2, to);
			Ahead ahead = this.rows.sessionGuaranteed() ? new Ahead(largest(to), Set.of()) : sessions(to);
			select.setFetchSize((int) Math.max(1, Math.min(this.pageSize, PAGE_BYTES / Math.max(1, ahead.largest()))));
			int bytes = 0;
			try (ResultSet row = select.executeQuery()) {
				while (row.next()) {
					SourceEvent event = ahead.settled(this.rows.read(row));
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
	 * Return the size of the largest row, by which the driver may hold more or less of
	 * them. The server knows the length of a value without reading it.
	 */
	private long largest(String to) throws SQLException {
		try (PreparedStatement select = this.connection
			.prepareStatement("SELECT COALESCE(MAX(" + this.rows.size() + "), 0) FROM " + this.table + BLOCKS)) {
			select.setString(1, this.from);
			select.setString(2, to);
			try (ResultSet row = select.executeQuery()) {
				row.next();
				return row.getLong(1);
			}
		}
	}

	/**
	 * Look up each session once, which is a small part of looking up that of each event.
	 * For an EXISTS PostgreSQL may read all sessions there are for each page.
	 */
	private Ahead sessions(String to) throws SQLException {
		String sql = "SELECT e.largest, (" + this.rows.session("e")
				+ " LIMIT 1) IS NOT NULL, e.app_name, e.user_id, e.session_id"
				+ " FROM (SELECT e.app_name, e.user_id, e.session_id, MAX(" + this.rows.size() + ") AS largest FROM "
				+ this.table + BLOCKS + " GROUP BY e.app_name, e.user_id, e.session_id) e";
		long largest = 0;
		Set<Session> missing = new HashSet<>();
		try (PreparedStatement select = this.connection.prepareStatement(sql)) {
			select.setString(1, this.from);
			select.setString(2, to);
			try (ResultSet row = select.executeQuery()) {
				while (row.next()) {
					largest = Math.max(largest, row.getLong(1));
					if (!row.getBoolean(2)) {
						missing.add(new Session(row.getString(3), row.getString(4), row.getString(5)));
					}
				}
			}
		}
		return new Ahead(largest, missing);
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

	/**
	 * What is known of some blocks before their rows are read. Sessions that come or go
	 * meanwhile are found when the copy is reconciled.
	 *
	 * @param largest size of the largest row, bytes
	 * @param missing sessions that do not exist
	 */
	private record Ahead(long largest, Set<Session> missing) {

		SourceEvent settled(SourceEvent event) {
			if (this.missing.isEmpty()) {
				return event;
			}
			EventKey key = event.key();
			boolean orphaned = this.missing.contains(new Session(key.appName(), key.userId(), key.sessionId()));
			return orphaned ? event.orphaned() : event;
		}

	}

	/** The session that an event names. */
	private record Session(String appName, String userId, String id) {
	}

}
