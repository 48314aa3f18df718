package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
			"error_message", "interrupted", "input_transcription", "output_transcription", "event_data");

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
		Map<String, String> fragments = new HashMap<>();
		StringBuilder extra = new StringBuilder();
		for (Catalog.Column column : userColumns(catalog, tables)) {
			extra.append(",\n  ").append(dialect.quote(column.name())).append(' ').append(column.definition());
		}
		fragments.put("extra_columns", extra.toString());
		fragments.put("shadow_events_index", shadowEventsIndex(dialect, tables));
		owner(fragments, dialect, owner);
		String options = "";
		String jsonCharset = "";
		if (dialect.mysqlFamily()) {
			String collation = collation(connection, tables, catalog);
			options = " DEFAULT CHARACTER SET " + characterSet(collation) + " COLLATE " + collation;
			jsonCharset = characterSet(collation).equals("utf8mb4") ? "" : " CHARACTER SET utf8mb4";
		}
		for (SessionTable table : List.of(SessionTable.SESSIONS, SessionTable.APP_STATES, SessionTable.USER_STATES)) {
			fragments.put(table.defaultName() + "_state",
					dialect.mysqlFamily() ? stateCharset(connection, tables.name(table), catalog) : "");
		}
		fragments.put("since_number", String.valueOf(new SinceTables(connection, dialect, tables).freeNumber()));
		fragments.put("table_options", options);
		fragments.put("json_charset", jsonCharset);
		return fragments;
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
		try (PreparedStatement query = connection
			.prepareStatement("SELECT collation_name FROM information_schema.columns WHERE table_schema = ?"
					+ " AND table_name = ? AND column_name = 'app_name' AND collation_name IS NOT NULL")) {
			query.setString(1, catalog.schema());
			query.setString(2, tables.name(SessionTable.SESSIONS));
			try (ResultSet rows = query.executeQuery()) {
				if (rows.next()) {
					return rows.getString(1).toLowerCase(Locale.ROOT);
				}
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
				return " CHARACTER SET " + characterSet(collation) + " COLLATE " + collation;
			}
		}
	}

	private static String characterSet(String collation) {
		int end = collation.indexOf('_');
		return end < 0 ? collation : collation.substring(0, end);
	}

}
