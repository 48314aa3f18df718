package io.github.adkmigration.detect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * The tables of a writer that calls them otherwise than head, so that they stand beside
 * head's and stay as they are: what they are called, and how they read as if their
 * columns were head's. In a statement the events are called {@code e}, all others
 * {@code s}.
 *
 * @param layout which layout
 * @param dialect dialect of the database
 * @param names what the tables are called, those of head where the layout has none
 * @param owned for which of head's tables the layout has one
 * @param relations what stands behind FROM for each table, without an alias
 * @param position the column of events that is unique and in whose order they are stored,
 * empty where there is none
 * @param merged whether a row of the states is only a part of one, so that the rows of
 * one key have to be put together
 * @param aliases under which names a statement uses the tables, each as MySQL locks it
 * @since 0.1.0
 */
public record BesideTables(Layout layout, DatabaseDialect dialect, SessionTables names, Set<SessionTable> owned,
		Map<SessionTable, String> relations, String position, boolean merged, List<String> aliases) {

	/** The variable of a session of MySQL that holds the zone of SQLSpec's columns. */
	public static final String ZONE = "adk_migration_zone";

	/** The table of sessions of SQLSpec before 0.51.0. */
	private static final String SESSIONS = "adk_sessions";

	private static final Set<SessionTable> SESSIONS_ONLY = Set.of(SessionTable.SESSIONS, SessionTable.EVENTS);

	private static final Set<SessionTable> ALL = Set.of(SessionTable.SESSIONS, SessionTable.EVENTS,
			SessionTable.APP_STATES, SessionTable.USER_STATES);

	private static final List<String> KEYS = List.of("id", "app_name", "user_id", "session_id", "invocation_id",
			"timestamp");

	public BesideTables {
		owned = Set.copyOf(owned);
		relations = Map.copyOf(relations);
		aliases = List.copyOf(aliases);
	}

	/**
	 * Find the tables of what was detected.
	 * @param detected what was found
	 * @param dialect dialect of the database
	 * @param tables the names of the target
	 * @return the tables, empty for a layout with head's own names
	 */
	public static Optional<BesideTables> of(DetectedSchema detected, DatabaseDialect dialect, SessionTables tables) {
		return detected instanceof DetectedSchema.Known known ? of(known.layout(), known.catalog(), dialect, tables)
				: Optional.empty();
	}

	/**
	 * Find tables that a conversion has left beside those of head.
	 * @param catalog the tables that exist
	 * @param dialect dialect of the database
	 * @param tables the names of the target
	 * @return the tables, if there are such
	 */
	public static Optional<BesideTables> kept(Catalog catalog, DatabaseDialect dialect, SessionTables tables) {
		return OtherTables.present(catalog).flatMap((layout) -> of(layout, catalog, dialect, tables));
	}

	private static Optional<BesideTables> of(Layout layout, Catalog catalog, DatabaseDialect dialect,
			SessionTables tables) {
		return switch (layout.level()) {
			case "sqlspec-0.69.0" -> Optional.of(sqlspecC(layout, catalog, dialect, tables));
			case "sqlspec-0.46.3" -> Optional.of(sqlspecB(layout, catalog, dialect, tables));
			case "sqlspec-0.31.0" -> Optional.of(sqlspecA(layout, catalog, dialect, tables));
			case "java-pr647-rev1", "java-pr647-rev2" -> Optional.of(java(layout, catalog, dialect, tables));
			default -> Optional.empty();
		};
	}

	/**
	 * Return the table of events.
	 * @return its columns and keys
	 */
	public Catalog.Table events(Catalog catalog) {
		return catalog.table(this.names.name(SessionTable.EVENTS))
			.orElseThrow(() -> new IllegalStateException("The events of a known layout have gone"));
	}

	/**
	 * Return how a table reads as if its columns were head's.
	 * @param table which
	 * @return what stands behind FROM in a statement, without an alias
	 */
	public String relation(SessionTable table) {
		return this.relations.getOrDefault(table, this.names.sql(table, this.dialect));
	}

	/**
	 * Return the names of the tables that hold rows of the source.
	 * @return plain names, lower case
	 */
	public List<String> tables() {
		return Stream.of(SessionTable.SESSIONS, SessionTable.EVENTS, SessionTable.APP_STATES, SessionTable.USER_STATES)
			.filter(this.owned::contains)
			.map(this.names::name)
			.toList();
	}

	/**
	 * Return whether the layout has a table of its own for something.
	 * @param table what
	 * @return whether it has
	 */
	public boolean own(SessionTable table) {
		return this.owned.contains(table);
	}

	/**
	 * Return whether events are pickles beside columns, and not JSON.
	 * @return whether they are
	 */
	public boolean pickled() {
		return this.layout.level().equals("sqlspec-0.31.0");
	}

	/**
	 * Return the table in which rows stand that become those of one of head's.
	 * @param table which of head's
	 * @return the table as it stands in a statement
	 */
	public String base(SessionTable table) {
		return base(this.names, table, this.owned, this.dialect);
	}

	private static String base(SessionTables names, SessionTable table, Set<SessionTable> owned,
			DatabaseDialect dialect) {
		return names.sql(owned.contains(table) ? table : SessionTable.SESSIONS, dialect);
	}

	/**
	 * Return whether a name of the target is that of a table of the source, so that the
	 * one cannot stand beside the other.
	 * @param target the names of the target
	 * @return whether they collide
	 */
	public boolean collides(SessionTables target) {
		return tables().stream().anyMatch(target.names()::containsValue);
	}

	private static BesideTables sqlspecC(Layout layout, Catalog catalog, DatabaseDialect dialect,
			SessionTables tables) {
		SessionTables names = named(tables, "adk_session", "adk_event", "adk_app_state", "adk_user_state");
		boolean keyed = catalog.table("adk_event").filter((events) -> events.has("app_name")).isPresent();
		String events = events(names, dialect, "q.id", keyed, "q.event_data AS event_data");
		Map<SessionTable, String> relations = new EnumMap<>(SessionTable.class);
		relations.put(SessionTable.EVENTS, events);
		relations.put(SessionTable.SESSIONS, plain(names, SessionTable.SESSIONS, dialect, "app_name, user_id, id"));
		relations.put(SessionTable.APP_STATES, plain(names, SessionTable.APP_STATES, dialect, "app_name"));
		relations.put(SessionTable.USER_STATES, plain(names, SessionTable.USER_STATES, dialect, "app_name, user_id"));
		return new BesideTables(layout, dialect, names, ALL, relations, "id", false, aliases(names, ALL, dialect));
	}

	/**
	 * The id of an event is in the JSON; on SQLite the column holds a random one. Where
	 * the JSON has none, the id is made of what the row holds, so that it is the same
	 * whenever it is read.
	 */
	private static BesideTables sqlspecB(Layout layout, Catalog catalog, DatabaseDialect dialect,
			SessionTables tables) {
		SessionTables names = named(tables, SESSIONS, "adk_events", tables.name(SessionTable.APP_STATES),
				tables.name(SessionTable.USER_STATES));
		boolean keyed = catalog.table("adk_events").filter((events) -> events.has("id")).isPresent();
		String id = switch (dialect) {
			case POSTGRESQL -> "COALESCE(NULLIF(q.event_json ->> 'id', ''), 'sqlspec-' || md5(q.session_id || ' '"
					+ " || extract(epoch FROM q.timestamp) || ' ' || q.event_json::text))";
			case MYSQL, MARIADB -> "COALESCE(NULLIF(JSON_UNQUOTE(JSON_EXTRACT(q.event_json, '$.id')), ''),"
					+ " CONCAT('sqlspec-', MD5(CONCAT_WS(' ', q.session_id, UNIX_TIMESTAMP(q.timestamp), q.event_json))))";
			case SQLITE, H2 -> "COALESCE(NULLIF(CASE WHEN json_valid(q.event_data) THEN"
					+ " json_extract(q.event_data, '$.id') END, ''), q.id)";
		};
		return allInSessions(layout, dialect, names,
				events(names, dialect, id, false, (keyed ? "q.event_data" : "q.event_json") + " AS event_data"), "");
	}

	private static BesideTables sqlspecA(Layout layout, Catalog catalog, DatabaseDialect dialect,
			SessionTables tables) {
		SessionTables names = named(tables, SESSIONS, "adk_events", tables.name(SessionTable.APP_STATES),
				tables.name(SessionTable.USER_STATES));
		String payload = catalog.table("adk_events")
			.orElseThrow()
			.columns()
			.stream()
			.map(Catalog.Column::name)
			.filter((column) -> !KEYS.contains(column))
			.map((column) -> (column.equals("long_running_tool_ids_json") ? unwrapped(dialect, "q." + column)
					: "q." + dialect.quote(column)) + " AS " + dialect.quote(column))
			.collect(Collectors.joining(", "));
		return allInSessions(layout, dialect, names, events(names, dialect, "q.id", true, payload), "id");
	}

	/** A driver that makes JSON of what is JSON already leaves a text that holds it. */
	private static String unwrapped(DatabaseDialect dialect, String column) {
		return switch (dialect) {
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
	private static BesideTables allInSessions(Layout layout, DatabaseDialect dialect, SessionTables names,
			String events, String position) {
		Map<SessionTable, String> relations = new EnumMap<>(SessionTable.class);
		relations.put(SessionTable.EVENTS, events);
		for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.APP_STATES, SessionTable.USER_STATES)) {
			relations.put(table,
					"(SELECT app_name, user_id, id, state, " + time(dialect, "create_time") + " AS create_time, "
							+ time(dialect, "update_time") + " AS update_time FROM "
							+ names.sql(SessionTable.SESSIONS, dialect) + " " + alias(table) + ")");
		}
		return new BesideTables(layout, dialect, names, SESSIONS_ONLY, relations, position, true,
				aliases(names, SESSIONS_ONLY, dialect));
	}

	/**
	 * Pull request 647 of adk-java, on MySQL and MariaDB: one row for each key of a
	 * state. Its first revision has one key for all sessions.
	 */
	private static BesideTables java(Layout layout, Catalog catalog, DatabaseDialect dialect, SessionTables tables) {
		SessionTables names = named(tables, SESSIONS, "adk_events", "adk_app_state", "adk_user_state");
		boolean second = catalog.table("adk_events").filter((events) -> events.has("event_sequence")).isPresent();
		String sessions = names.sql(SessionTable.SESSIONS, dialect);
		String same = second ? "p.app_name = q.app_name AND p.user_id = q.user_id AND p.session_id = q.session_id"
				: "p.session_id = q.session_id";
		Map<SessionTable, String> relations = new EnumMap<>(SessionTable.class);
		relations.put(SessionTable.EVENTS, "(SELECT q.event_id AS id, "
				+ (second ? "q.app_name, q.user_id"
						: "COALESCE(p.app_name, '') AS app_name, COALESCE(p.user_id, '') AS user_id")
				+ ", q.session_id AS session_id, CAST(NULL AS CHAR) AS invocation_id, q.created_at AS timestamp,"
				+ " q.event_data AS event_data" + (second ? ", q.event_sequence AS event_sequence" : "") + " FROM "
				+ names.sql(SessionTable.EVENTS, dialect) + " q LEFT JOIN " + sessions + " p ON " + same + ")");
		relations.put(SessionTable.SESSIONS,
				"(SELECT app_name, user_id, session_id AS id, state, COALESCE(created_at, updated_at) AS create_time,"
						+ " COALESCE(updated_at, created_at) AS update_time FROM " + sessions + " "
						+ alias(SessionTable.SESSIONS) + ")");
		for (SessionTable table : List.of(SessionTable.APP_STATES, SessionTable.USER_STATES)) {
			relations.put(table,
					"(SELECT app_name, " + (table == SessionTable.USER_STATES ? "user_id, " : "")
							+ "JSON_OBJECT(state_key, JSON_EXTRACT(state_value, '$')) AS state,"
							+ " CAST(NULL AS DATETIME) AS update_time, state_key AS id FROM "
							+ names.sql(table, dialect) + " " + alias(table) + ")");
		}
		return new BesideTables(layout, dialect, names, ALL, relations, second ? "event_sequence" : "id", true,
				aliases(names, ALL, dialect));
	}

	private static SessionTables named(SessionTables tables, String sessions, String events, String appStates,
			String userStates) {
		return new SessionTables(tables.schema(), tables.prefix(),
				Map.of(SessionTable.METADATA, tables.name(SessionTable.METADATA), SessionTable.SESSIONS, sessions,
						SessionTable.EVENTS, events, SessionTable.APP_STATES, appStates, SessionTable.USER_STATES,
						userStates));
	}

	/**
	 * An event belongs to the application and the user of its session, whose id is the
	 * only key; what its own columns say counts where there is no session.
	 */
	private static String events(SessionTables names, DatabaseDialect dialect, String id, boolean keyed,
			String payload) {
		String storage = switch (dialect) {
			case SQLITE -> ", q.rowid AS rowid";
			case POSTGRESQL -> ", q.ctid AS ctid";
			case MYSQL, MARIADB, H2 -> "";
		};
		return "(SELECT " + id + " AS id, COALESCE(p.app_name, " + (keyed ? "q.app_name" : "''")
				+ ") AS app_name, COALESCE(p.user_id, " + (keyed ? "q.user_id" : "''")
				+ ") AS user_id, q.session_id AS session_id, q.invocation_id AS invocation_id, "
				+ time(dialect, "q.timestamp") + " AS timestamp, " + payload + storage + " FROM "
				+ names.sql(SessionTable.EVENTS, dialect) + " q LEFT JOIN " + names.sql(SessionTable.SESSIONS, dialect)
				+ " p ON p.id = q.session_id)";
	}

	/**
	 * Return how a table reads whose columns have head's names. Each has an alias of its
	 * own, by which MySQL locks it.
	 */
	private static String plain(SessionTables names, SessionTable table, DatabaseDialect dialect, String key) {
		String create = table == SessionTable.SESSIONS ? time(dialect, "create_time") + " AS create_time, " : "";
		return "(SELECT " + key + ", state, " + create + time(dialect, "update_time") + " AS update_time FROM "
				+ names.sql(table, dialect) + " " + alias(table) + ")";
	}

	private static String alias(SessionTable table) {
		return "p_" + table.defaultName();
	}

	/**
	 * Return the name by which a statement uses a table a second time.
	 * @param table which
	 * @return an alias
	 */
	public static String secondAlias(SessionTable table) {
		return "d_" + table.defaultName();
	}

	/** SQLSpec keeps a time on SQLite as a Julian day. */
	private static String time(DatabaseDialect dialect, String column) {
		if (dialect.mysqlFamily()) {
			return "CONVERT_TZ(" + column + ", '+00:00', COALESCE(@" + ZONE + ", '+00:00'))";
		}
		return dialect == DatabaseDialect.SQLITE ? "CASE WHEN typeof(" + column + ") IN ('real', 'integer') THEN ("
				+ column + " - 2440587.5) * 86400.0 ELSE " + column + " END" : column;
	}

	private static List<String> aliases(SessionTables names, Set<SessionTable> owned, DatabaseDialect dialect) {
		List<String> aliases = new ArrayList<>();
		aliases.add(names.sql(SessionTable.EVENTS, dialect) + " AS q");
		aliases.add(names.sql(SessionTable.SESSIONS, dialect) + " AS p");
		for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.APP_STATES, SessionTable.USER_STATES)) {
			String base = base(names, table, owned, dialect);
			aliases.add(base + " AS " + alias(table));
			aliases.add(base + " AS " + secondAlias(table));
		}
		return aliases;
	}

}
