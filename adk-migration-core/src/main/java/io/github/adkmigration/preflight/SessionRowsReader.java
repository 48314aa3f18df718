package io.github.adkmigration.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.adkmigration.catalog.OrphanReader;
import io.github.adkmigration.codec.ScopedState;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Looks for rows of another writer's sessions and states that no reader of head could
 * read: a state that is no JSON object, a time that is none, a key that is missing. Such
 * a row cannot be set aside as an event can, for all events of its session would go with
 * it.
 */
final class SessionRowsReader {

	private static final Map<SessionTable, List<String>> KEYS = keys();

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final Catalog catalog;

	SessionRowsReader(Connection connection, DatabaseDialect dialect, SessionTables tables, Catalog catalog) {
		this.connection = connection;
		this.dialect = dialect;
		this.tables = tables;
		this.catalog = catalog;
	}

	/**
	 * Return whether the rows of a family are looked at: those that become head's own and
	 * that adk-python has not written.
	 */
	static boolean concerns(LayoutFamily family) {
		return switch (family) {
			case PYTHON_SQLITE_SERVICE, GO, JS, JAVA_PR654, JAVA_PR700, HYBRID -> true;
			case PYTHON_V0, PYTHON_V1, PYTHON_UNRELEASED, JAVA_PR647, SQLSPEC -> false;
		};
	}

	private static Map<SessionTable, List<String>> keys() {
		Map<SessionTable, List<String>> keys = new EnumMap<>(SessionTable.class);
		keys.put(SessionTable.SESSIONS, List.of("app_name", "user_id", "id"));
		keys.put(SessionTable.APP_STATES, List.of("app_name"));
		keys.put(SessionTable.USER_STATES, List.of("app_name", "user_id"));
		keys.put(SessionTable.EVENTS, List.of("app_name", "user_id", "session_id", "id"));
		return keys;
	}

	/**
	 * Return what was found in tables that become head's own.
	 * @return sentences with names and numbers
	 */
	List<String> obstacles() throws SQLException {
		List<String> obstacles = new ArrayList<>();
		for (SessionTable table : KEYS.keySet()) {
			Catalog.Table found = this.catalog.table(this.tables.name(table)).orElse(null);
			if (found != null) {
				String relation = this.tables.sql(table, this.dialect);
				keysAndTimes(obstacles, table, found.name(), relation);
				if (table != SessionTable.EVENTS) {
					add(obstacles, found.name(), states(relation), "a state that is no JSON object");
				}
			}
		}
		return obstacles;
	}

	/**
	 * Return what was found in tables that stay beside head's. A state that cannot be
	 * read does not matter there: head gets an empty one.
	 * @return sentences with names and numbers
	 */
	List<String> obstacles(BesideTables beside) throws SQLException {
		List<String> obstacles = new ArrayList<>();
		for (SessionTable table : KEYS.keySet()) {
			if (table != SessionTable.EVENTS && beside.own(table)) {
				keysAndTimes(obstacles, table, beside.names().name(table), beside.relation(table));
			}
		}
		return obstacles;
	}

	/**
	 * Return what keeps PostgreSQL from giving the keys of sessions head's type: it looks
	 * at the foreign key of the events again, and rows that came in past it, as from a
	 * dump, would stop it in the middle of a run.
	 * @return a sentence with a number, or nothing
	 */
	List<String> behindForeignKey() throws SQLException {
		String sessions = this.tables.name(SessionTable.SESSIONS);
		boolean retyped = this.dialect == DatabaseDialect.POSTGRESQL && this.catalog.table(sessions)
			.flatMap((table) -> table.column("id"))
			.filter((column) -> !column.type().equals("varchar(128)"))
			.isPresent();
		boolean referenced = this.catalog.table(this.tables.name(SessionTable.EVENTS))
			.filter((table) -> table.foreignKeys().stream().anyMatch((key) -> key.referencedTable().equals(sessions)))
			.isPresent();
		long orphans = retyped && referenced ? OrphanReader.count(this.connection, this.dialect, this.tables) : 0;
		return orphans == 0 ? List.of()
				: List.of(orphans + (orphans == 1 ? " event of " : " events of ")
						+ this.tables.name(SessionTable.EVENTS) + (orphans == 1 ? " belongs" : " belong")
						+ " to no session, although a foreign key forbids that.");
	}

	/** Other databases see to both by themselves. */
	private void keysAndTimes(List<String> obstacles, SessionTable table, String name, String relation)
			throws SQLException {
		if (this.dialect != DatabaseDialect.SQLITE) {
			return;
		}
		List<String> keys = KEYS.getOrDefault(table, List.of());
		add(obstacles, name,
				count(relation,
						keys.stream().map((key) -> "s." + key + " IS NULL").collect(Collectors.joining(" OR "))),
				"a key that is NULL");
		List<String> times = switch (table) {
			case SESSIONS -> List.of("create_time", "update_time");
			case APP_STATES, USER_STATES -> List.of("update_time");
			case EVENTS, METADATA -> List.of();
		};
		for (String time : times) {
			add(obstacles, name, count(relation, noTime("s." + time)), "a " + time + " that is no time");
		}
	}

	private long count(String relation, String condition) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT count(*) FROM " + relation + " s WHERE " + condition)) {
			row.next();
			return row.getLong(1);
		}
	}

	private static void add(List<String> obstacles, String table, long rows, String fact) {
		if (rows > 0) {
			obstacles.add((rows == 1 ? "1 row" : rows + " rows") + " of " + table + (rows == 1 ? " has " : " have ")
					+ fact + ".");
		}
	}

	/**
	 * Count states. What the database does not call JSON may hold NaN, which adk-python
	 * writes and reads.
	 */
	private long states(String relation) throws SQLException {
		String type = switch (this.dialect) {
			case POSTGRESQL -> "jsonb_typeof(s.state) <> 'object'";
			case MYSQL, MARIADB -> "CASE WHEN JSON_VALID(s.state) THEN JSON_TYPE(s.state) ELSE '' END <> 'OBJECT'";
			case SQLITE, H2 -> "CASE WHEN json_valid(s.state) THEN json_type(s.state) ELSE '' END <> 'object'";
		};
		long unreadable = 0;
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT s.state FROM " + relation + " s WHERE " + type)) {
			while (row.next()) {
				String state = row.getString(1);
				unreadable += state == null || ScopedState.readable(state) ? 0 : 1;
			}
		}
		return unreadable;
	}

	/** Writers that leave a time open get one. */
	private static String noTime(String column) {
		return "CASE typeof(" + column + ") WHEN 'null' THEN 0 WHEN 'text' THEN strftime('%s', substr(" + column
				+ ", 1, 19)) IS NULL OR length(" + column + ") < 19 WHEN 'blob' THEN 1 ELSE NOT (" + column
				+ " >= -62135596800 AND " + column + " < 253402300800000) END";
	}

}
