package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * What a swap on SQLite has to know of the tables beforehand.
 *
 * @param indexes those of adk-python's indexes that the old events have
 * @param attached indexes and triggers of the tables that are rebuilt, in the order in
 * which they were made
 * @param marked whether the table that names the schema version exists
 * @param versioned whether it does that
 */
record SqliteFacts(List<Attached> indexes, Map<SessionTable, List<Attached>> attached, boolean marked,
		boolean versioned) {

	SqliteFacts {
		indexes = List.copyOf(indexes);
		attached = Map.copyOf(attached);
	}

	static SqliteFacts read(Connection connection, SessionTables tables, List<SessionTable> rebuilt,
			BundledChangelog changelog) throws SQLException {
		List<String> adkIndexes = List.of(tables.eventsIndexName(), tables.supersededIndexName());
		List<Attached> indexes = attached(connection, tables.name(SessionTable.EVENTS)).stream()
			.filter((index) -> index.type().equals("INDEX") && adkIndexes.contains(index.name()))
			.toList();
		Map<SessionTable, List<Attached>> attached = new EnumMap<>(SessionTable.class);
		for (SessionTable table : rebuilt) {
			attached.put(table, attached(connection, tables.name(table)));
		}
		SqlScript script = new SqlScript(connection);
		boolean marked = !script
			.strings("SELECT name FROM sqlite_schema WHERE name = '" + tables.name(SessionTable.METADATA) + "'")
			.isEmpty();
		return new SqliteFacts(indexes, attached, marked,
				marked && !script.pending(changelog.get("0001_schema_version")));
	}

	private static List<Attached> attached(Connection connection, String table) throws SQLException {
		List<Attached> attached = new ArrayList<>();
		try (PreparedStatement query = connection
			.prepareStatement("SELECT upper(type), name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger')"
					+ " AND sql IS NOT NULL AND tbl_name = ? ORDER BY rowid")) {
			query.setString(1, table);
			try (ResultSet rows = query.executeQuery()) {
				while (rows.next()) {
					attached.add(new Attached(rows.getString(1), rows.getString(2), rows.getString(3)));
				}
			}
		}
		return attached;
	}

	/**
	 * An index or a trigger.
	 *
	 * @param type {@code INDEX} or {@code TRIGGER}
	 * @param name its name in the letters of its maker
	 * @param sql the statement that makes it
	 */
	record Attached(String type, String name, String sql) {

		Change drop() {
			return new Change("DROP " + this.type + " " + DatabaseDialect.SQLITE.quote(this.name), this.sql);
		}

		Change makeAgain() {
			return new Change(this.sql, "DROP " + this.type + " IF EXISTS " + DatabaseDialect.SQLITE.quote(this.name));
		}

	}

}
