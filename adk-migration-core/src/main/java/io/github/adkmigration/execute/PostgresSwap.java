package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * The swap in one transaction. Names of constraints and indexes share the schema, so the
 * kept table hands its own over to the new one. The foreign key is added without a look
 * at the rows, which are known to have their sessions, and validated afterwards, when
 * that keeps no writer out.
 */
final class PostgresSwap implements TableSwap {

	private static final DatabaseDialect DIALECT = DatabaseDialect.POSTGRESQL;

	private static final int LONGEST_NAME = 63;

	private static final String FOREIGN_KEY_SUFFIX = "_app_name_user_id_session_id_fkey";

	private static final String KEY_SUFFIX = "_pkey";

	private final SessionTables tables;

	private final String schema;

	private final BundledChangelog changelog;

	private final Duration timeout;

	private final int sinceNumber;

	PostgresSwap(SessionTables tables, String schema, BundledChangelog changelog, Duration timeout, int sinceNumber) {
		this.tables = tables;
		this.schema = schema;
		this.changelog = changelog;
		this.timeout = timeout;
		this.sinceNumber = sinceNumber;
	}

	@Override
	public Swapped swap(Connection connection, LockedWork work) throws SQLException {
		String events = this.tables.sql(SessionTable.EVENTS, DIALECT);
		String eventsName = this.tables.name(SessionTable.EVENTS);
		String keptName = this.tables.name(BookkeepingTable.KEPT);
		String foreignKey = cut(eventsName + FOREIGN_KEY_SUFFIX);
		connection.setAutoCommit(false);
		RowCounts counts;
		try {
			SqlScript script = new SqlScript(connection);
			new PostgresTableLock(this.tables, this.timeout).acquire(connection);
			counts = work.reconcile(connection);
			new StateRows(DIALECT, this.tables, this.changelog).create(script);
			String shadow = this.tables.sql(BookkeepingTable.SHADOW, DIALECT);
			rename(script, connection, eventsName, events, keptName + KEY_SUFFIX, keptName + FOREIGN_KEY_SUFFIX);
			renameIndexes(script, eventsName, keptName);
			script.apply(this.changelog.get("0001_keep_events"));
			String shadowKey = this.tables.name(BookkeepingTable.SHADOW) + FOREIGN_KEY_SUFFIX;
			SqlScript shadowScript = new SqlScript(connection);
			shadowScript.execute("ALTER TABLE " + shadow + " ADD CONSTRAINT " + quote(shadowKey)
					+ " FOREIGN KEY (app_name, user_id, session_id) REFERENCES "
					+ this.tables.sql(SessionTable.SESSIONS, DIALECT)
					+ " (app_name, user_id, id) ON DELETE CASCADE NOT VALID", "");
			rename(shadowScript, connection, this.tables.name(BookkeepingTable.SHADOW), shadow, eventsName + KEY_SUFFIX,
					foreignKey);
			String shadowIndex = this.tables.name(BookkeepingTable.SHADOW) + "_ts_id";
			renameIndex(shadowScript, shadowIndex, this.tables.eventsIndexName());
			// To undo this is to put the table aside under yet another name.
			script.followWith(shadowScript);
			script.apply(this.changelog.get("0001_swap"));
			script.undo(namesOfSince(events, eventsName, foreignKey));
			grants(script, keptName, events);
			rowSecurity(script, keptName, events);
			boolean marked = exists(script, this.tables.name(SessionTable.METADATA));
			script.apply(this.changelog.get("0001_metadata"));
			if (!marked) {
				grants(script, this.tables.name(SessionTable.SESSIONS),
						this.tables.sql(SessionTable.METADATA, DIALECT));
			}
			script.apply(this.changelog.get("0001_schema_version"));
			work.swapping(connection, script.changeset(this.changelog.get("0001_swap"), List.of()));
			work.swapped(connection);
			connection.commit();
		}
		catch (SQLException | RuntimeException | Error ex) {
			TableSwap.rollback(connection, ex);
			throw ex;
		}
		finally {
			connection.setAutoCommit(true);
		}
		validate(connection, this.tables);
		return new Swapped(counts, List.of(keptName));
	}

	/**
	 * Validate what a swap has added without a look at the rows, also for a run that died
	 * before it could.
	 */
	static void validate(Connection connection, SessionTables tables) throws SQLException {
		String events = tables.sql(SessionTable.EVENTS, DIALECT);
		SqlScript script = new SqlScript(connection);
		for (String name : script.strings("SELECT conname FROM pg_catalog.pg_constraint WHERE conrelid = '"
				+ events.replace("'", "''") + "'::regclass AND contype = 'f' AND NOT convalidated AND conname = "
				+ literal(cut(tables.name(SessionTable.EVENTS) + FOREIGN_KEY_SUFFIX)))) {
			script.execute("ALTER TABLE " + events + " VALIDATE CONSTRAINT " + quote(name), "");
		}
	}

	private void rename(SqlScript script, Connection connection, String table, String sql, String primaryKey,
			String foreignKey) throws SQLException {
		for (Map.Entry<String, String> constraint : constraints(connection, table).entrySet()) {
			String wanted = cut(constraint.getValue().equals("p") ? primaryKey : foreignKey);
			if (!constraint.getKey().equals(wanted)) {
				script.execute(
						"ALTER TABLE " + sql + " RENAME CONSTRAINT " + quote(constraint.getKey()) + " TO "
								+ quote(wanted),
						"ALTER TABLE " + sql + " RENAME CONSTRAINT " + quote(wanted) + " TO "
								+ quote(constraint.getKey()));
			}
		}
	}

	/**
	 * Return the primary key and the foreign key to the sessions; others are a user's
	 * own.
	 */
	private Map<String, String> constraints(Connection connection, String table) throws SQLException {
		Map<String, String> names = new LinkedHashMap<>();
		try (PreparedStatement query = connection
			.prepareStatement("SELECT k.conname, k.contype FROM pg_catalog.pg_constraint k"
					+ " JOIN pg_catalog.pg_class c ON c.oid = k.conrelid"
					+ " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
					+ " LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid WHERE n.nspname = ? AND c.relname = ?"
					+ " AND (k.contype = 'p' OR (k.contype = 'f' AND f.relname = ?)) ORDER BY k.conname")) {
			query.setString(1, this.schema);
			query.setString(2, table);
			query.setString(3, this.tables.name(SessionTable.SESSIONS));
			try (ResultSet rows = query.executeQuery()) {
				while (rows.next()) {
					names.putIfAbsent(rows.getString(1), rows.getString(2));
				}
			}
		}
		return names;
	}

	private void renameIndexes(SqlScript script, String table, String keptName) throws SQLException {
		List<String> existing = script.strings("SELECT i.relname FROM pg_catalog.pg_index x"
				+ " JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid JOIN pg_catalog.pg_class c ON c.oid = x.indrelid"
				+ " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = " + literal(this.schema)
				+ " AND c.relname = " + literal(table));
		if (existing.contains(this.tables.eventsIndexName())) {
			renameIndex(script, this.tables.eventsIndexName(), keptName + "_ts_id");
		}
		if (existing.contains(this.tables.supersededIndexName())) {
			renameIndex(script, this.tables.supersededIndexName(), keptName + "_ts");
		}
	}

	private void renameIndex(SqlScript script, String from, String to) throws SQLException {
		script.execute("ALTER INDEX " + this.tables.qualify(from, DIALECT) + " RENAME TO " + quote(cut(to)),
				"ALTER INDEX " + this.tables.qualify(cut(to), DIALECT) + " RENAME TO " + quote(from));
	}

	/**
	 * Let everybody who has a right on one table have it on another: whoever migrates is
	 * often not the user of the application.
	 */
	private void grants(SqlScript script, String from, String to) throws SQLException {
		for (String grant : script.strings("SELECT 'GRANT ' || a.privilege_type || ' ON TABLE " + to.replace("'", "''")
				+ " TO ' || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END"
				+ " || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END FROM pg_catalog.pg_class c"
				+ " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,"
				+ " aclexplode(COALESCE(c.relacl, acldefault('r', c.relowner))) a WHERE n.nspname = "
				+ literal(this.schema) + " AND c.relname = " + literal(from)
				+ " AND a.grantee <> (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user)")) {
			script.execute(grant, "");
		}
	}

	/**
	 * Let the new table be as closed as the old one: its policies stay there, and without
	 * any nobody but the owner sees a row.
	 */
	private void rowSecurity(SqlScript script, String from, String to) throws SQLException {
		for (String action : script.strings(
				"SELECT unnest(CASE WHEN c.relforcerowsecurity THEN ARRAY['ENABLE', 'FORCE'] ELSE ARRAY['ENABLE'] END)"
						+ " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
						+ " WHERE c.relrowsecurity AND n.nspname = " + literal(this.schema) + " AND c.relname = "
						+ literal(from))) {
			script.execute("ALTER TABLE " + to + " " + action + " ROW LEVEL SECURITY", "");
		}
	}

	/**
	 * Return what gives the constraints and indexes of the new table names of their own,
	 * in front of its new name. Those that adk-python or a user may have made or dropped
	 * since are looked for.
	 */
	private List<String> namesOfSince(String events, String eventsName, String foreignKey) {
		String since = this.tables.name(BookkeepingTable.SINCE, this.sinceNumber);
		return List.of(
				"ALTER TABLE " + events + " RENAME CONSTRAINT " + quote(cut(eventsName + KEY_SUFFIX)) + " TO "
						+ quote(cut(since + KEY_SUFFIX)),
				"ALTER TABLE " + events + " RENAME CONSTRAINT " + quote(foreignKey) + " TO "
						+ quote(cut(since + FOREIGN_KEY_SUFFIX)),
				"ALTER INDEX IF EXISTS " + this.tables.qualify(this.tables.eventsIndexName(), DIALECT) + " RENAME TO "
						+ quote(cut(since + "_ts_id")),
				"ALTER INDEX IF EXISTS " + this.tables.qualify(this.tables.supersededIndexName(), DIALECT)
						+ " RENAME TO " + quote(cut(since + "_ts")));
	}

	private boolean exists(SqlScript script, String table) throws SQLException {
		return !script
			.strings("SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
					+ " ON n.oid = c.relnamespace WHERE n.nspname = " + literal(this.schema) + " AND c.relname = "
					+ literal(table))
			.isEmpty();
	}

	private static String literal(String text) {
		return "'" + text.replace("'", "''") + "'";
	}

	private static String cut(String name) {
		return name.substring(0, Math.min(name.length(), LONGEST_NAME));
	}

	private static String quote(String name) {
		return DIALECT.quote(name);
	}

}
