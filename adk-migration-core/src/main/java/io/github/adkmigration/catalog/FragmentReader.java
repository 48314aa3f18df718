package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.OwnerColumn;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the changelog takes from an existing database: a user's own columns on
 * events, which are carried over, and the character set that keys must share.
 *
 * @since 0.1.0
 */
public final class FragmentReader {

	private static final Set<String> EVENT_COLUMNS = Set.of("id", "app_name", "user_id", "session_id", "invocation_id",
			"author", "actions", "long_running_tool_ids_json", "branch", "timestamp", "content", "grounding_metadata",
			"custom_metadata", "usage_metadata", "citation_metadata", "partial", "turn_complete", "error_code",
			"error_message", "interrupted", "input_transcription", "output_transcription", "event_data", "routes_json",
			"output_json", "node_info_json", "requested_input_json", "isolation_scope", "finish_reason", "avg_logprobs",
			"model_version");

	private static final List<SessionTable> STATE_TABLES = List.of(SessionTable.SESSIONS, SessionTable.APP_STATES,
			SessionTable.USER_STATES);

	private FragmentReader() {
	}

	/**
	 * Return the columns that a user has added to the table of events.
	 * @param catalog the snapshot
	 * @param tables the names of the target
	 * @return the columns in physical order
	 */
	public static List<Catalog.Column> userColumns(Catalog catalog, SessionTables tables) {
		return catalog.table(tables.name(SessionTable.EVENTS))
			.map((table) -> table.columns()
				.stream()
				.filter((column) -> !EVENT_COLUMNS.contains(column.name()))
				.toList())
			.orElse(List.of());
	}

	/**
	 * Read the fragments of a target.
	 * @param connection any connection
	 * @param dialect its dialect
	 * @param tables the names of the target
	 * @param owner the owner column, or {@code null}
	 * @param catalog the snapshot
	 * @return text by placeholder
	 * @throws SQLException if the catalog cannot be read
	 */
	public static Map<String, String> read(Connection connection, DatabaseDialect dialect, SessionTables tables,
			@Nullable OwnerColumn owner, Catalog catalog) throws SQLException {
		Map<String, String> fragments = common(dialect, tables, owner, catalog);
		fragments.put("since_number", String.valueOf(new SinceTables(connection, dialect, tables).freeNumber()));
		options(fragments, dialect.mysqlFamily() ? collation(connection, tables, catalog) : "");
		if (dialect == DatabaseDialect.POSTGRESQL && IndexWorkReader.needed(catalog, tables)) {
			concurrently(fragments, !partitioned(connection, tables, catalog));
		}
		if (dialect.mysqlFamily() && IndexWorkReader.needed(catalog, tables)) {
			online(fragments, innodb(connection, tables, catalog));
		}
		if (dialect == DatabaseDialect.POSTGRESQL) {
			primaryKey(connection, tables, catalog)
				.ifPresent((name) -> fragments.put("sessions_pkey", dialect.quote(name)));
		}
		for (SessionTable table : STATE_TABLES) {
			fragments.put(table.defaultName() + "_state",
					dialect.mysqlFamily() ? stateCharset(connection, tables.name(table), catalog) : "");
		}
		return fragments;
	}

	/**
	 * Return the fragments of tables that were made without a word about their character
	 * set, in a schema that has the server's own for Unicode.
	 * @param dialect the dialect
	 * @param tables the names of the target
	 * @param owner the owner column, or {@code null}
	 * @param catalog the snapshot
	 * @return text by placeholder
	 */
	public static Map<String, String> derive(DatabaseDialect dialect, SessionTables tables, @Nullable OwnerColumn owner,
			Catalog catalog) {
		Map<String, String> fragments = common(dialect, tables, owner, catalog);
		String collation = defaultCollation(dialect);
		options(fragments, collation);
		for (SessionTable table : STATE_TABLES) {
			boolean exists = dialect.mysqlFamily() && catalog.table(tables.name(table)).isPresent();
			fragments.put(table.defaultName() + "_state", exists ? characterSetAndCollation(collation) : "");
		}
		return fragments;
	}

	/**
	 * Return the collation that a server of today gives a schema for Unicode.
	 * @param dialect the dialect
	 * @return its name, empty where columns have none
	 */
	public static String defaultCollation(DatabaseDialect dialect) {
		return switch (dialect) {
			case MYSQL -> "utf8mb4_0900_ai_ci";
			case MARIADB -> "utf8mb4_general_ci";
			case SQLITE, POSTGRESQL, H2 -> "";
		};
	}

	private static Map<String, String> common(DatabaseDialect dialect, SessionTables tables,
			@Nullable OwnerColumn owner, Catalog catalog) {
		Map<String, String> fragments = new HashMap<>();
		StringBuilder extra = new StringBuilder();
		for (Catalog.Column column : userColumns(catalog, tables)) {
			extra.append(",\n  ").append(dialect.quote(column.name())).append(' ').append(column.definition());
		}
		fragments.put("extra_columns", extra.toString());
		fragments.put("sessions_pkey", dialect.quote(tables.name(SessionTable.SESSIONS) + "_pkey"));
		fragments.put("shadow_events_index", shadowEventsIndex(dialect, tables));
		concurrently(fragments, true);
		online(fragments, true);
		owner(fragments, dialect, owner);
		return fragments;
	}

	private static void concurrently(Map<String, String> fragments, boolean possible) {
		fragments.put("concurrently", possible ? "CONCURRENTLY " : "");
		fragments.put("concurrently_dropped", possible ? "CONCURRENTLY " : "");
	}

	private static void online(Map<String, String> fragments, boolean possible) {
		fragments.put("online", possible ? " ALGORITHM=INPLACE LOCK=NONE" : "");
		fragments.put("online_dropped", possible ? ", ALGORITHM=INPLACE, LOCK=NONE" : "");
	}

	/** Other storage engines refuse to let others write meanwhile. */
	private static boolean innodb(Connection connection, SessionTables tables, Catalog catalog) throws SQLException {
		try (PreparedStatement query = connection.prepareStatement(
				"SELECT engine FROM information_schema.tables WHERE table_schema = ? AND table_name = ?")) {
			query.setString(1, catalog.schema());
			query.setString(2, tables.name(SessionTable.EVENTS));
			try (ResultSet row = query.executeQuery()) {
				return !row.next() || "InnoDB".equalsIgnoreCase(row.getString(1));
			}
		}
	}

	/** PostgreSQL refuses to build an index on a partitioned table concurrently. */
	private static boolean partitioned(Connection connection, SessionTables tables, Catalog catalog)
			throws SQLException {
		try (PreparedStatement query = connection.prepareStatement("SELECT c.relkind = 'p' FROM pg_catalog.pg_class c"
				+ " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?")) {
			query.setString(1, catalog.schema());
			query.setString(2, tables.name(SessionTable.EVENTS));
			try (ResultSet row = query.executeQuery()) {
				return row.next() && row.getBoolean(1);
			}
		}
	}

	private static void options(Map<String, String> fragments, String collation) {
		boolean unicode = collation.isEmpty() || characterSet(collation).equals("utf8mb4");
		fragments.put("table_options", collation.isEmpty() ? "" : " DEFAULT" + characterSetAndCollation(collation));
		fragments.put("json_charset", unicode ? "" : " CHARACTER SET utf8mb4");
	}

	private static String characterSetAndCollation(String collation) {
		return " CHARACTER SET " + characterSet(collation) + " COLLATE " + collation;
	}

	/**
	 * Return the clause that gives a new table of events head's index at once.
	 * @param dialect dialect of the database
	 * @param tables the names of the target
	 * @return a part of a statement of MySQL or MariaDB
	 */
	private static String shadowEventsIndex(DatabaseDialect dialect, SessionTables tables) {
		return ",\n  INDEX " + dialect.quote(tables.eventsIndexName())
				+ " (app_name, user_id, session_id, timestamp DESC, id DESC)";
	}

	private static void owner(Map<String, String> fragments, DatabaseDialect dialect, @Nullable OwnerColumn owner) {
		String column = owner == null ? "" : owner.column(dialect);
		String reference = owner == null ? "" : owner.reference(dialect);
		String quoted = owner == null ? "" : dialect.quote(owner.name());
		String foreignKey = reference.isEmpty() ? "" : "FOREIGN KEY (" + quoted + ") " + reference;
		fragments.put("owner_column", owner == null ? "" : ",\n  " + column);
		fragments.put("owner_reference", foreignKey.isEmpty() ? "" : ",\n  " + foreignKey);
		// MySQL parses a reference behind a column and ignores it, so it has to be a key
		// of its own.
		fragments.put("owner_definition",
				dialect.mysqlFamily() ? column + (foreignKey.isEmpty() ? "" : ", ADD " + foreignKey)
						: column + (reference.isEmpty() ? "" : " " + reference));
		fragments.put("owner_quoted", quoted);
		fragments.put("owner_name", owner == null ? "''" : "'" + owner.name() + "'");
	}

	private static String collation(Connection connection, SessionTables tables, Catalog catalog) throws SQLException {
		for (String sessions : List.of(tables.name(SessionTable.SESSIONS), "adk_session", "adk_sessions")) {
			Optional<String> collation = catalog.table(sessions).isEmpty() ? Optional.empty()
					: collation(connection, sessions, catalog);
			if (collation.isPresent()) {
				return collation.get();
			}
		}
		try (PreparedStatement query = connection
			.prepareStatement("SELECT default_collation_name FROM information_schema.schemata WHERE schema_name = ?")) {
			query.setString(1, catalog.schema());
			try (ResultSet rows = query.executeQuery()) {
				String collation = rows.next() ? rows.getString(1).toLowerCase(Locale.ROOT) : "";
				// Conversations need all of Unicode, which an old default such as latin1
				// cannot hold.
				return collation.startsWith("utf8mb4") ? collation : "utf8mb4_unicode_ci";
			}
		}
	}

	/** Keys of tables with different collations cannot be compared. */
	private static Optional<String> collation(Connection connection, String sessions, Catalog catalog)
			throws SQLException {
		try (PreparedStatement query = connection
			.prepareStatement("SELECT collation_name FROM information_schema.columns WHERE table_schema = ?"
					+ " AND table_name = ? AND column_name = 'app_name' AND collation_name IS NOT NULL")) {
			query.setString(1, catalog.schema());
			query.setString(2, sessions);
			try (ResultSet rows = query.executeQuery()) {
				return rows.next() ? Optional.of(rows.getString(1).toLowerCase(Locale.ROOT)) : Optional.empty();
			}
		}
	}

	private static Optional<String> primaryKey(Connection connection, SessionTables tables, Catalog catalog)
			throws SQLException {
		try (PreparedStatement query = connection
			.prepareStatement("SELECT k.conname FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c"
					+ " ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
					+ " WHERE k.contype = 'p' AND n.nspname = ? AND c.relname = ?")) {
			query.setString(1, catalog.schema());
			query.setString(2, tables.name(SessionTable.SESSIONS));
			try (ResultSet rows = query.executeQuery()) {
				return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
			}
		}
	}

	/**
	 * Return the character set of a column, which MODIFY would replace by that of the
	 * table.
	 */
	private static String stateCharset(Connection connection, String table, Catalog catalog) throws SQLException {
		try (PreparedStatement query = connection
			.prepareStatement("SELECT collation_name FROM information_schema.columns WHERE table_schema = ?"
					+ " AND table_name = ? AND column_name = 'state' AND collation_name IS NOT NULL")) {
			query.setString(1, catalog.schema());
			query.setString(2, table);
			try (ResultSet rows = query.executeQuery()) {
				if (!rows.next()) {
					return "";
				}
				String collation = rows.getString(1).toLowerCase(Locale.ROOT);
				return characterSetAndCollation(collation);
			}
		}
	}

	private static String characterSet(String collation) {
		int end = collation.indexOf('_');
		return end < 0 ? collation : collation.substring(0, end);
	}

}
