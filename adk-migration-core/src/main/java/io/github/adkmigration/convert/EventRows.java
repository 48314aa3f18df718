package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;

/**
 * The select list over the old events, and how a row of it becomes a value. The table is
 * always called {@code e} in a statement.
 */
final class EventRows {

	static final String KEY = "id, app_name, user_id, session_id";

	private static final int FIRST_PAYLOAD = 7;

	private final DatabaseDialect dialect;

	private final EventTable from;

	private final EventSource source;

	private final boolean sessionGuaranteed;

	private final String selectList;

	private final String pageSelectList;

	EventRows(EventTable from, EventSource source, boolean zoned, boolean sessionGuaranteed) {
		this.dialect = from.dialect();
		this.from = from;
		this.source = source;
		this.sessionGuaranteed = sessionGuaranteed;
		String time = ColumnTimes.select(this.dialect, "e.timestamp", zoned);
		this.selectList = selectList(time, sessionGuaranteed);
		this.pageSelectList = selectList(time, true);
	}

	private String selectList(String time, boolean hasSession) {
		List<String> list = new ArrayList<>(
				List.of("e.id", "e.app_name", "e.user_id", "e.session_id", time, facts(hasSession)));
		this.source.columns().forEach((column) -> list.add("e." + this.dialect.quote(column)));
		return String.join(", ", list);
	}

	/**
	 * Return whether every event has a session and a foreign key sees to it that this
	 * stays so. The key alone proves nothing about rows that came in past it, as from a
	 * restored dump or a replica.
	 */
	static boolean sessionGuaranteed(Connection connection, EventTable from, Catalog.Table events) throws SQLException {
		DatabaseDialect dialect = from.dialect();
		if (dialect == DatabaseDialect.SQLITE || events.foreignKeys()
			.stream()
			.noneMatch((key) -> key.referencedTable().equals(from.tables().name(SessionTable.SESSIONS)))) {
			return false;
		}
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(
						"SELECT 1 FROM " + from.sql() + " e WHERE NOT " + from.hasSession("e") + " LIMIT 1")) {
			return !rows.next();
		}
	}

	/**
	 * Return the expression for a number of which the lowest bit says whether the session
	 * exists. On SQLite the bits above are those of {@link PayloadRow#present()}.
	 */
	private String facts(boolean hasSession) {
		StringBuilder facts = new StringBuilder(
				hasSession ? "1" : "CASE WHEN " + hasSession("e") + " THEN 1 ELSE 0 END");
		if (this.dialect == DatabaseDialect.SQLITE) {
			List<String> columns = this.source.columns();
			for (int i = 0; i < columns.size(); i++) {
				facts.append(" + (e.")
					.append(this.dialect.quote(columns.get(i)))
					.append(" IS NOT NULL) * ")
					.append(2L << i);
			}
		}
		return facts.toString();
	}

	/**
	 * Return the condition that the session of an event exists.
	 * @param alias the name of the table of events in the statement
	 */
	String hasSession(String alias) {
		return this.from.hasSession(alias);
	}

	/**
	 * Return the query that has a row if the session of an event exists.
	 * @param alias the name of the table of events in the statement
	 */
	String session(String alias) {
		return this.from.session(alias);
	}

	/**
	 * Return whether a foreign key sees to it that every event has a session.
	 */
	boolean sessionGuaranteed() {
		return this.sessionGuaranteed;
	}

	String selectList() {
		return this.selectList;
	}

	/**
	 * Return the same for a reader that asks for the sessions of a page at once.
	 */
	String pageSelectList() {
		return this.pageSelectList;
	}

	/**
	 * Return how many columns the select list has.
	 */
	int width() {
		return FIRST_PAYLOAD - 1 + this.source.columns().size();
	}

	/**
	 * Return PostgreSQL's expression for what the payload takes up, without unpacking any
	 * of it.
	 */
	String size() {
		return Stream.concat(Stream.of(this.source.largestColumn()),
				this.source.columns().stream().map((column) -> "pg_column_size(e." + this.dialect.quote(column) + ")"))
			.map((length) -> "COALESCE(" + length + ", 0)")
			.collect(Collectors.joining(" + "));
	}

	SourceEvent read(ResultSet row) throws SQLException {
		EventKey key = new EventKey(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
		Object time = ColumnTimes.read(row, 5, this.dialect);
		long facts = row.getLong(6);
		long present = this.dialect == DatabaseDialect.SQLITE ? facts >>> 1 : PayloadRow.UNKNOWN;
		Object payload = this.source
			.payload(new PayloadRow(row, FIRST_PAYLOAD, this.dialect == DatabaseDialect.POSTGRESQL, present), key);
		return new SourceEvent(key, time, (facts & 1) == 1, payload, this.source.size(payload));
	}

}
