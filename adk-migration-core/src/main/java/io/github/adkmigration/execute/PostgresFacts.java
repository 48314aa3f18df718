package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * What a swap on PostgreSQL has to know of the tables beforehand.
 *
 * @param constraints the primary key of the old events and their foreign keys to the
 * sessions, with the letter of their type; others are a user's own
 * @param indexes names of the indexes of the old events
 * @param shadowIndexed whether the new events have head's index
 * @param grants what gives others the rights on the new events that they had on the old
 * @param rowSecurity {@code ENABLE}, and {@code FORCE}, if the old events are closed by
 * row
 * @param marked whether the table that names the schema version exists
 * @param versioned whether it does that
 * @param metadataGrants what gives others the rights on that table, if it is made, that
 * they have on the sessions
 */
record PostgresFacts(Map<String, String> constraints, Set<String> indexes, boolean shadowIndexed, List<String> grants,
		List<String> rowSecurity, boolean marked, boolean versioned, List<String> metadataGrants) {

	private static final DatabaseDialect DIALECT = DatabaseDialect.POSTGRESQL;

	PostgresFacts {
		indexes = Set.copyOf(indexes);
		grants = List.copyOf(grants);
		rowSecurity = List.copyOf(rowSecurity);
		metadataGrants = List.copyOf(metadataGrants);
	}

	/**
	 * Read the facts.
	 * @param inherited whose rights others keep on which table, beside those on the
	 * events
	 */
	static PostgresFacts read(Connection connection, SessionTables tables, String schema, BundledChangelog changelog,
			Map<String, String> inherited) throws SQLException {
		SqlScript script = new SqlScript(connection);
		String events = tables.name(SessionTable.EVENTS);
		String sessions = tables.name(SessionTable.SESSIONS);
		boolean marked = !script
			.strings("SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
					+ " ON n.oid = c.relnamespace WHERE n.nspname = " + DIALECT.literal(schema) + " AND c.relname = "
					+ DIALECT.literal(tables.name(SessionTable.METADATA)))
			.isEmpty();
		List<String> grants = new ArrayList<>(grants(script, schema, events, tables.sql(SessionTable.EVENTS, DIALECT)));
		for (Map.Entry<String, String> table : inherited.entrySet()) {
			grants.addAll(grants(script, schema, table.getKey(), table.getValue()));
		}
		return new PostgresFacts(constraints(connection, schema, events, sessions),
				Set.copyOf(indexes(script, schema, events)),
				indexes(script, schema, tables.name(BookkeepingTable.SHADOW))
					.contains(PostgresSwap.shadowIndex(tables)),
				grants,
				script.strings(
						"SELECT unnest(CASE WHEN c.relforcerowsecurity THEN ARRAY['ENABLE', 'FORCE'] ELSE ARRAY['ENABLE'] END)"
								+ " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
								+ " WHERE c.relrowsecurity AND n.nspname = " + DIALECT.literal(schema)
								+ " AND c.relname = " + DIALECT.literal(events)),
				marked, marked && !script.pending(changelog.get("0001_schema_version")),
				grants(script, schema, sessions, tables.sql(SessionTable.METADATA, DIALECT)));
	}

	/**
	 * Return the facts after the new events have got head's index.
	 */
	PostgresFacts withShadowIndex() {
		return new PostgresFacts(this.constraints, this.indexes, true, this.grants, this.rowSecurity, this.marked,
				this.versioned, this.metadataGrants);
	}

	private static Map<String, String> constraints(Connection connection, String schema, String table, String sessions)
			throws SQLException {
		Map<String, String> names = new LinkedHashMap<>();
		try (PreparedStatement query = connection
			.prepareStatement("SELECT k.conname, k.contype FROM pg_catalog.pg_constraint k"
					+ " JOIN pg_catalog.pg_class c ON c.oid = k.conrelid"
					+ " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
					+ " LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid WHERE n.nspname = ? AND c.relname = ?"
					+ " AND (k.contype = 'p' OR (k.contype = 'f' AND f.relname = ?)) ORDER BY k.conname")) {
			query.setString(1, schema);
			query.setString(2, table);
			query.setString(3, sessions);
			try (ResultSet rows = query.executeQuery()) {
				while (rows.next()) {
					names.putIfAbsent(rows.getString(1), rows.getString(2));
				}
			}
		}
		return names;
	}

	private static List<String> indexes(SqlScript script, String schema, String table) throws SQLException {
		return script.strings("SELECT i.relname FROM pg_catalog.pg_index x"
				+ " JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid JOIN pg_catalog.pg_class c ON c.oid = x.indrelid"
				+ " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = "
				+ DIALECT.literal(schema) + " AND c.relname = " + DIALECT.literal(table));
	}

	/**
	 * Let everybody who has a right on one table have it on another: whoever migrates is
	 * often not the user of the application.
	 */
	private static List<String> grants(SqlScript script, String schema, String from, String to) throws SQLException {
		return script.strings("SELECT 'GRANT ' || a.privilege_type || ' ON TABLE " + to.replace("'", "''")
				+ " TO ' || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END"
				+ " || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END FROM pg_catalog.pg_class c"
				+ " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,"
				+ " aclexplode(COALESCE(c.relacl, acldefault('r', c.relowner))) a WHERE n.nspname = "
				+ DIALECT.literal(schema) + " AND c.relname = " + DIALECT.literal(from)
				+ " AND a.grantee <> (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user)");
	}

}
