package io.github.adkmigration.detect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Says how the tables of SQLSpec and of pull request 647 read as if their columns were
 * head's.
 */
final class BesideRelations {

	private static final Set<SessionTable> SESSIONS_ONLY = Set.of(SessionTable.SESSIONS, SessionTable.EVENTS);

	private static final Set<SessionTable> ALL = Set.of(SessionTable.SESSIONS, SessionTable.EVENTS,
			SessionTable.APP_STATES, SessionTable.USER_STATES);

	private static final List<String> KEYS = List.of("id", "app_name", "user_id", "session_id", "invocation_id",
			"timestamp");

	private static final Set<String> OF_SESSIONS = Set.of("id", "app_name", "user_id", "session_id", "state",
			"create_time", "update_time", "created_at", "updated_at");

	private final Layout layout;

	private final Catalog catalog;

	private final DatabaseDialect dialect;

	private final SessionTables names;

	private final List<Catalog.Column> extras;

	BesideRelations(OtherStore store, Catalog catalog, DatabaseDialect dialect) {
		this.layout = store.layout();
		this.catalog = catalog;
		this.dialect = dialect;
		this.names = store.names();
		this.extras = table(SessionTable.SESSIONS).columns()
			.stream()
			.filter((column) -> !OF_SESSIONS.contains(column.name()))
			.toList();
	}

	BesideTables tables() {
		return switch (this.layout.level()) {
			case "sqlspec-0.69.0" -> sqlspecC();
			case "sqlspec-0.46.3" -> sqlspecB();
			case "sqlspec-0.31.0" -> sqlspecA();
			default -> java();
		};
	}

	private Catalog.Table table(SessionTable table) {
		return this.catalog.table(this.names.name(table)).orElseThrow();
	}

	private String sql(SessionTable table) {
		return this.names.sql(table, this.dialect);
	}

	private BesideTables sqlspecC() {
		boolean keyed = table(SessionTable.EVENTS).has("app_name");
		String events = events("q.id", keyed, "q.event_data AS event_data");
		Map<SessionTable, String> relations = new EnumMap<>(SessionTable.class);
		relations.put(SessionTable.EVENTS, events);
		relations.put(SessionTable.SESSIONS, plain(SessionTable.SESSIONS, "app_name, user_id, id" + extras()));
		relations.put(SessionTable.APP_STATES, plain(SessionTable.APP_STATES, "app_name"));
		relations.put(SessionTable.USER_STATES, plain(SessionTable.USER_STATES, "app_name, user_id"));
		return beside(ALL, relations, "id", false);
	}

	/** What users have added to the sessions, for who wants it. */
	private String extras() {
		return this.extras.stream()
			.map((column) -> ", " + this.dialect.quote(column.name()))
			.collect(Collectors.joining());
	}

	private BesideTables beside(Set<SessionTable> owned, Map<SessionTable, String> relations, String position,
			boolean merged) {
		return new BesideTables(this.layout, this.dialect, this.names, owned, relations, position, merged,
				aliases(owned), this.extras);
	}

	/**
	 * The id of an event is in the JSON; on SQLite the column holds a random one. Where
	 * the JSON has none, the id is made of what the row holds, so that it is the same
	 * whenever it is read.
	 */
	private BesideTables sqlspecB() {
		boolean keyed = table(SessionTable.EVENTS).has("id");
		String id = switch (this.dialect) {
			case POSTGRESQL -> "COALESCE(NULLIF(q.event_json ->> 'id', ''), 'sqlspec-' || md5(q.session_id || ' '"
					+ " || extract(epoch FROM q.timestamp) || ' ' || q.event_json::text))";
			case MYSQL, MARIADB -> "COALESCE(NULLIF(JSON_UNQUOTE(JSON_EXTRACT(q.event_json, '$.id')), ''),"
					+ " CONCAT('sqlspec-', MD5(CONCAT_WS(' ', q.session_id, UNIX_TIMESTAMP(q.timestamp), q.event_json))))";
			case SQLITE, H2 -> "COALESCE(NULLIF(CASE WHEN json_valid(q.event_data) THEN"
					+ " json_extract(q.event_data, '$.id') END, ''), q.id)";
		};
		return allInSessions(events(id, false, (keyed ? "q.event_data" : "q.event_json") + " AS event_data"), "");
	}

	private BesideTables sqlspecA() {
		String payload = table(SessionTable.EVENTS).columns()
			.stream()
			.map(Catalog.Column::name)
			.filter((column) -> !KEYS.contains(column))
			.map((column) -> (column.equals("long_running_tool_ids_json") ? unwrapped("q." + column)
					: "q." + this.dialect.quote(column)) + " AS " + this.dialect.quote(column))
			.collect(Collectors.joining(", "));
		return allInSessions(events("q.id", true, payload), "id");
	}

	/** A driver that makes JSON of what is JSON already leaves a text that holds it. */
	private String unwrapped(String column) {
		return switch (this.dialect) {
			case POSTGRESQL -> "CASE WHEN jsonb_typeof(" + column + ") = 'string' THEN " + column + " #>> '{}' ELSE "
					+ column + "::text END";
			case MYSQL, MARIADB -> "CASE WHEN JSON_TYPE(" + column + ") = 'STRING' THEN JSON_UNQUOTE(" + column
					+ ") ELSE " + column + " END";
			case SQLITE, H2 -> column;
		};
	}

	/**
	 * Generations that keep the states of applications and users in those of sessions,
	 * where the keys have a prefix.
	 */
	private BesideTables allInSessions(String events, String position) {
		Map<SessionTable, String> relations = new EnumMap<>(SessionTable.class);
		relations.put(SessionTable.EVENTS, events);
		for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.APP_STATES, SessionTable.USER_STATES)) {
			relations.put(table,
					"(SELECT app_name, user_id, id" + extras() + ", state, " + time("create_time") + " AS create_time, "
							+ time("update_time") + " AS update_time FROM " + sql(SessionTable.SESSIONS) + " "
							+ BesideTables.alias(table) + ")");
		}
		return beside(SESSIONS_ONLY, relations, position, true);
	}

	/**
	 * Pull request 647 of adk-java, on MySQL and MariaDB: one row for each key of a
	 * state. Its first revision has one key for all sessions.
	 */
	private BesideTables java() {
		boolean second = table(SessionTable.EVENTS).has("event_sequence");
		String sessions = sql(SessionTable.SESSIONS);
		String same = second ? "p.app_name = q.app_name AND p.user_id = q.user_id AND p.session_id = q.session_id"
				: "p.session_id = q.session_id";
		Map<SessionTable, String> relations = new EnumMap<>(SessionTable.class);
		relations.put(SessionTable.EVENTS, "(SELECT q.event_id AS id, "
				+ (second ? "q.app_name, q.user_id"
						: "COALESCE(p.app_name, '') AS app_name, COALESCE(p.user_id, '') AS user_id")
				+ ", q.session_id AS session_id, CAST(NULL AS CHAR) AS invocation_id, q.created_at AS timestamp,"
				+ " q.event_data AS event_data" + (second ? ", q.event_sequence AS event_sequence" : "") + " FROM "
				+ sql(SessionTable.EVENTS) + " q LEFT JOIN " + sessions + " p ON " + same + ")");
		relations.put(SessionTable.SESSIONS,
				"(SELECT app_name, user_id, session_id AS id" + extras()
						+ ", state, COALESCE(created_at, updated_at) AS create_time,"
						+ " COALESCE(updated_at, created_at) AS update_time FROM " + sessions + " "
						+ BesideTables.alias(SessionTable.SESSIONS) + ")");
		for (SessionTable table : List.of(SessionTable.APP_STATES, SessionTable.USER_STATES)) {
			relations.put(table,
					"(SELECT app_name, " + (table == SessionTable.USER_STATES ? "user_id, " : "")
							+ "JSON_OBJECT(state_key, JSON_EXTRACT(state_value, '$')) AS state,"
							+ " CAST(NULL AS DATETIME) AS update_time, state_key AS id FROM " + sql(table) + " "
							+ BesideTables.alias(table) + ")");
		}
		return beside(ALL, relations, second ? "event_sequence" : "id", true);
	}

	/**
	 * An event belongs to the application and the user of its session, whose id is the
	 * only key; what its own columns say counts where there is no session.
	 */
	private String events(String id, boolean keyed, String payload) {
		String storage = switch (this.dialect) {
			case SQLITE -> ", q.rowid AS rowid";
			case POSTGRESQL -> ", q.ctid AS ctid";
			case MYSQL, MARIADB, H2 -> "";
		};
		return "(SELECT " + id + " AS id, COALESCE(p.app_name, " + (keyed ? "q.app_name" : "''")
				+ ") AS app_name, COALESCE(p.user_id, " + (keyed ? "q.user_id" : "''")
				+ ") AS user_id, q.session_id AS session_id, q.invocation_id AS invocation_id, " + time("q.timestamp")
				+ " AS timestamp, " + payload + storage + " FROM " + sql(SessionTable.EVENTS) + " q LEFT JOIN "
				+ sql(SessionTable.SESSIONS) + " p ON p.id = q.session_id)";
	}

	/**
	 * Return how a table reads whose columns have head's names. Each has an alias of its
	 * own, by which MySQL locks it.
	 */
	private String plain(SessionTable table, String key) {
		String create = table == SessionTable.SESSIONS ? time("create_time") + " AS create_time, " : "";
		return "(SELECT " + key + ", state, " + create + time("update_time") + " AS update_time FROM " + sql(table)
				+ " " + BesideTables.alias(table) + ")";
	}

	/** SQLSpec keeps a time on SQLite as a Julian day. */
	private String time(String column) {
		if (this.dialect.mysqlFamily()) {
			return "CONVERT_TZ(" + column + ", '+00:00', COALESCE(@" + BesideTables.ZONE + ", '+00:00'))";
		}
		return this.dialect == DatabaseDialect.SQLITE ? "CASE WHEN typeof(" + column + ") IN ('real', 'integer') THEN ("
				+ column + " - 2440587.5) * 86400.0 ELSE " + column + " END" : column;
	}

	private List<String> aliases(Set<SessionTable> owned) {
		List<String> aliases = new ArrayList<>();
		aliases.add(sql(SessionTable.EVENTS) + " AS q");
		aliases.add(sql(SessionTable.SESSIONS) + " AS p");
		for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.APP_STATES, SessionTable.USER_STATES)) {
			String base = sql(owned.contains(table) ? table : SessionTable.SESSIONS);
			aliases.add(base + " AS " + BesideTables.alias(table));
			aliases.add(base + " AS " + BesideTables.secondAlias(table));
		}
		return aliases;
	}

}
