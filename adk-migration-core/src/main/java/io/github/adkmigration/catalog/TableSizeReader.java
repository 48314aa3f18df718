package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.TableSizes;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Reads how large tables are, without counting. SQLite would have to read every page of a
 * table for that, and H2 knows nothing of the kind.
 *
 * @since 0.1.0
 */
public final class TableSizeReader {

	/** Before the first ANALYZE only the statistics of the sessions tell of rows. */
	private static final String POSTGRESQL = "WITH t AS (SELECT pg_catalog.pg_total_relation_size(oid) AS bytes,"
			+ " CASE WHEN reltuples > 0 THEN reltuples::bigint"
			+ " ELSE pg_catalog.pg_stat_get_live_tuples(oid) END AS n, pg_catalog.pg_relation_size(oid) AS pages"
			+ " FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(?))"
			+ " SELECT CASE WHEN n = 0 AND pages > 0 THEN -1 ELSE n END, bytes FROM t";

	private static final String MYSQL = "SELECT COALESCE(table_rows, -1), data_length + index_length"
			+ " FROM information_schema.tables WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ?"
			+ " AND data_length IS NOT NULL";

	private TableSizeReader() {
	}

	/**
	 * Read the sizes.
	 * @param connection a connection in auto-commit mode
	 * @param dialect its dialect
	 * @param tables the names of the target
	 * @return a size for each table that exists
	 * @throws SQLException if the database refuses a query
	 */
	public static List<TableSizes.Size> read(Connection connection, DatabaseDialect dialect, SessionTables tables)
			throws SQLException {
		return read(connection, dialect, tables, List.of(SessionTable.values()));
	}

	/**
	 * Read how many rows a table has, by the statistics of the database.
	 * @param connection a connection in auto-commit mode
	 * @param dialect its dialect
	 * @param tables the names of the target
	 * @param table which table
	 * @return about so many rows, -1 where the statistics say nothing
	 * @throws SQLException if the database refuses a query
	 */
	static long rows(Connection connection, DatabaseDialect dialect, SessionTables tables, SessionTable table)
			throws SQLException {
		return read(connection, dialect, tables, List.of(table)).stream()
			.mapToLong(TableSizes.Size::rows)
			.findFirst()
			.orElse(-1);
	}

	private static List<TableSizes.Size> read(Connection connection, DatabaseDialect dialect, SessionTables tables,
			List<SessionTable> wanted) throws SQLException {
		List<TableSizes.Size> sizes = new ArrayList<>();
		if (dialect == DatabaseDialect.POSTGRESQL || dialect.mysqlFamily()) {
			try (PreparedStatement statement = connection
				.prepareStatement(dialect.mysqlFamily() ? MYSQL : POSTGRESQL)) {
				for (SessionTable table : wanted) {
					if (dialect.mysqlFamily()) {
						statement.setString(1, tables.schema());
						statement.setString(2, tables.name(table));
					}
					else {
						statement.setString(1, tables.sql(table, dialect));
					}
					try (ResultSet row = statement.executeQuery()) {
						if (row.next()) {
							sizes.add(new TableSizes.Size(table, row.getLong(1), row.getLong(2)));
						}
					}
				}
			}
		}
		return sizes;
	}

}
