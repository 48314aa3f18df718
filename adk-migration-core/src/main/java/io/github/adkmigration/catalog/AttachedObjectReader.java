package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.catalog.AttachedObject.Kind;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Reads what a user has attached to the table of events. Only what follows the table
 * itself counts: a view of MySQL, for example, means a name.
 *
 * @since 0.1.0
 */
public final class AttachedObjectReader {

	private static final String POSTGRESQL = """
			WITH t AS (SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			  WHERE n.nspname = ? AND c.relname = ?)
			SELECT 'CONSTRAINT', k.conname::text FROM pg_catalog.pg_constraint k JOIN t ON t.oid = k.conrelid
			  WHERE k.contype = 'c'
			UNION ALL SELECT 'REFERENCE', k.conname || ' of ' || k.conrelid::regclass FROM pg_catalog.pg_constraint k
			  JOIN t ON t.oid = k.confrelid WHERE k.contype = 'f'
			UNION ALL SELECT 'TRIGGER', g.tgname FROM pg_catalog.pg_trigger g JOIN t ON t.oid = g.tgrelid
			  WHERE NOT g.tgisinternal
			UNION ALL SELECT 'POLICY', p.polname FROM pg_catalog.pg_policy p JOIN t ON t.oid = p.polrelid
			UNION ALL SELECT 'COLUMN_GRANT', a.attname FROM pg_catalog.pg_attribute a JOIN t ON t.oid = a.attrelid
			  WHERE cardinality(a.attacl) > 0 AND NOT a.attisdropped
			UNION ALL SELECT DISTINCT 'VIEW', r.ev_class::regclass::text FROM pg_catalog.pg_depend d
			  JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_catalog.pg_rewrite'::regclass
			  JOIN t ON t.oid = d.refobjid AND d.refclassid = 'pg_catalog.pg_class'::regclass WHERE r.ev_class <> t.oid
			ORDER BY 1, 2""";

	private static final String MYSQL = """
			SELECT DISTINCT 'REFERENCE', concat(constraint_name, ' of ', table_name) FROM information_schema.key_column_usage
			  WHERE referenced_table_schema = ? AND referenced_table_name = ?
			UNION ALL SELECT 'TRIGGER', trigger_name FROM information_schema.triggers
			  WHERE event_object_schema = ? AND event_object_table = ?
			ORDER BY 1, 2""";

	private static final String SQLITE = """
			SELECT 'TRIGGER', name FROM sqlite_schema WHERE type = 'trigger' AND lower(tbl_name) = lower(?)
			ORDER BY 1, 2""";

	private AttachedObjectReader() {
	}

	/**
	 * Read what is attached to the table of events.
	 * @param connection any connection
	 * @param dialect its dialect
	 * @param tables the names of the target
	 * @param catalog what is known of the tables already
	 * @return the objects, by kind and name
	 * @throws SQLException if the catalog cannot be read
	 */
	public static List<AttachedObject> read(Connection connection, DatabaseDialect dialect, SessionTables tables,
			Catalog catalog) throws SQLException {
		List<AttachedObject> objects = new ArrayList<>();
		catalog.table(tables.name(SessionTable.EVENTS)).ifPresent((events) -> {
			events.indexes()
				.stream()
				.filter((index) -> !ours(index, dialect, tables))
				.forEach((index) -> objects.add(new AttachedObject(Kind.INDEX, index.name())));
			events.foreignKeys()
				.stream()
				.filter((key) -> !key.referencedTable().equals(tables.name(SessionTable.SESSIONS)))
				.forEach((key) -> objects.add(new AttachedObject(Kind.CONSTRAINT,
						key.name().isEmpty() ? "to " + key.referencedTable() : key.name())));
		});
		String sql = switch (dialect) {
			case POSTGRESQL -> POSTGRESQL;
			case MYSQL, MARIADB -> MYSQL;
			case SQLITE -> SQLITE;
			case H2 -> "";
		};
		if (!sql.isEmpty()) {
			objects.addAll(
					query(connection, sql, parameters(dialect, catalog.schema(), tables.name(SessionTable.EVENTS))));
		}
		return objects;
	}

	/**
	 * MySQL makes an index for each foreign key.
	 */
	private static boolean ours(Catalog.Index index, DatabaseDialect dialect, SessionTables tables) {
		return index.name().equals(tables.eventsIndexName()) || index.name().equals(tables.supersededIndexName())
				|| (dialect.mysqlFamily() && index.columns().equals(List.of("app_name", "user_id", "session_id")));
	}

	private static List<String> parameters(DatabaseDialect dialect, String schema, String table) {
		return switch (dialect) {
			case POSTGRESQL -> List.of(schema, table);
			case MYSQL, MARIADB -> List.of(schema, table, schema, table);
			case SQLITE, H2 -> List.of(table);
		};
	}

	private static List<AttachedObject> query(Connection connection, String sql, List<String> parameters)
			throws SQLException {
		List<AttachedObject> objects = new ArrayList<>();
		try (PreparedStatement query = connection.prepareStatement(sql)) {
			for (int i = 0; i < parameters.size(); i++) {
				query.setString(i + 1, parameters.get(i));
			}
			try (ResultSet rows = query.executeQuery()) {
				while (rows.next()) {
					objects.add(new AttachedObject(Kind.valueOf(rows.getString(1)), rows.getString(2)));
				}
			}
		}
		return objects;
	}

}
