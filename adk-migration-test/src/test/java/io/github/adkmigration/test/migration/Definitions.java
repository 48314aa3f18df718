package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;

/**
 * The exact definition of each table but our own, as the database itself writes it, with
 * the names of its constraints and indexes.
 *
 * @param tables lines by table
 */
record Definitions(Map<String, List<String>> tables) {

	private static final String POSTGRESQL = """
			SELECT c.relname, 'column ' || a.attnum || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' '
			  || a.attnotnull FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
			  WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND c.relnamespace::regnamespace::text !~ '^pg_|^info'
			UNION ALL SELECT conrelid::regclass::text, 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) || ' '
			  || convalidated FROM pg_constraint WHERE conrelid <> 0 AND connamespace::regnamespace::text !~ '^pg_|^info'
			UNION ALL SELECT tablename, 'index ' || indexdef FROM pg_indexes WHERE schemaname !~ '^pg_|^info'
			UNION ALL SELECT relname, 'rights ' || COALESCE(relacl::text, '') FROM pg_class WHERE relkind = 'r'
			  AND relnamespace::regnamespace::text !~ '^pg_|^info'
			ORDER BY 1, 2""";

	static Definitions of(TestDatabase database) throws SQLException {
		Map<String, List<String>> tables = new TreeMap<>();
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			if (database.dialect().mysqlFamily()) {
				for (String table : Sql.column(database, "SHOW TABLES").stream().map(String::valueOf).toList()) {
					try (ResultSet row = statement.executeQuery("SHOW CREATE TABLE `" + table + "`")) {
						row.next();
						tables.put(table, List.of(row.getString(2)));
					}
				}
			}
			else {
				boolean sqlite = database.dialect() == DatabaseDialect.SQLITE;
				try (ResultSet rows = statement.executeQuery(sqlite
						? "SELECT tbl_name, type || ' ' || name || ' ' || sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY 2"
						: POSTGRESQL)) {
					while (rows.next()) {
						// To rename a table puts its name between quotes.
						tables.computeIfAbsent(rows.getString(1).replace("\"", ""), (key) -> new ArrayList<>())
							.add(rows.getString(2).replace("\"", "").replace(" IF NOT EXISTS", ""));
					}
				}
			}
		}
		tables.keySet().removeIf((table) -> table.contains("adk_migration_"));
		return new Definitions(tables);
	}

}
