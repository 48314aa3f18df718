package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.catalog.CatalogReader;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a catalog says of ADK's tables, of the kept ones and of our own, names
 * of keys, constraints and indexes included. Liquibase's tables, which only a run makes,
 * are left out.
 *
 * @param tables what the migration itself reads
 * @param lines what it does not: names of constraints, and SQLite's texts
 */
record FullCatalog(List<Catalog.Table> tables, List<@Nullable String> lines) {

	static FullCatalog of(TestDatabase database) throws SQLException {
		try (Connection connection = database.connection()) {
			List<Catalog.Table> tables = CatalogReader.read(connection, database.dialect(), SessionTables.defaults())
				.tables()
				.values()
				.stream()
				.filter((table) -> !table.name().contains("changelog"))
				.toList();
			return new FullCatalog(tables, Sql.column(database, query(database.dialect())));
		}
	}

	private static String query(DatabaseDialect dialect) {
		return switch (dialect) {
			case SQLITE ->
				"SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema"
						+ " WHERE name NOT LIKE '%changelog%' ORDER BY 1";
			case POSTGRESQL ->
				"SELECT c.relname || ' ' || k.conname || ' ' || k.convalidated || ' ' || pg_get_constraintdef(k.oid)"
						+ " FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
						+ " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()"
						+ " AND c.relname NOT LIKE '%changelog%' ORDER BY 1";
			case MYSQL, MARIADB ->
				"SELECT concat_ws(' ', c.table_name, c.ordinal_position, c.column_name, c.column_type, c.collation_name,"
						+ " t.table_collation, t.engine) FROM information_schema.columns c"
						+ " JOIN information_schema.tables t ON t.table_schema = c.table_schema"
						+ " AND t.table_name = c.table_name WHERE c.table_schema = database()"
						+ " AND c.table_name NOT LIKE '%changelog%' ORDER BY 1";
			case H2 -> "SELECT table_name || ' ' || column_name FROM information_schema.columns"
					+ " WHERE table_schema = 'PUBLIC' AND table_name NOT LIKE '%changelog%' ORDER BY 1";
		};
	}

}
