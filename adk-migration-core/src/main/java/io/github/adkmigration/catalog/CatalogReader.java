package io.github.adkmigration.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables of a target from the database's catalog, in at most six statements.
 * Every one of them names the schema, so a table of another tenant is never taken for one
 * of the target.
 *
 * @since 0.1.0
 */
public final class CatalogReader {

	/** Tables of other implementations and tools that say who has been here. */
	private static final List<String> OTHER_TABLES = List.of("adk_sessions", "adk_events", "adk_session", "adk_event",
			"adk_app_state", "adk_user_state", "flyway_schema_history", "alembic_version", "ddl_migrations");

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final Set<String> names;

	private final String schema;

	private CatalogReader(Connection connection, DatabaseDialect dialect, SessionTables tables) throws SQLException {
		this.connection = connection;
		this.dialect = dialect;
		this.names = names(tables);
		this.schema = schema(connection, dialect, tables.schema());
	}

	/**
	 * Read the tables of a target.
	 * @param connection an open connection; only read from
	 * @param dialect its dialect
	 * @param tables where the tables are and what they are called
	 * @return the snapshot
	 * @throws SQLException if the database does not answer
	 * @throws MigrationException with {@code INVALID_SETTING} if no schema is set and the
	 * connection has no current one
	 */
	public static Catalog read(Connection connection, DatabaseDialect dialect, SessionTables tables)
			throws SQLException {
		return new CatalogReader(connection, dialect, tables).read();
	}

	private static Set<String> names(SessionTables tables) {
		Set<String> names = new LinkedHashSet<>(OTHER_TABLES);
		for (SessionTable table : SessionTable.values()) {
			names.add(tables.name(table));
		}
		for (BookkeepingTable table : BookkeepingTable.values()) {
			names.add(tables.name(table));
		}
		return names;
	}

	private static String schema(Connection connection, DatabaseDialect dialect, @Nullable String configured)
			throws SQLException {
		if (dialect == DatabaseDialect.SQLITE) {
			return "main";
		}
		if (configured != null) {
			return configured;
		}
		String sql = switch (dialect) {
			case POSTGRESQL -> "SELECT current_schema()";
			case MYSQL, MARIADB -> "SELECT database()";
			case H2 -> "SELECT SCHEMA()";
			case SQLITE -> throw new IllegalArgumentException("SQLite has one schema");
		};
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			String current = rows.next() ? rows.getString(1) : null;
			if (current == null) {
				throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
						"The connection has no current schema.",
						"Name the schema of the tables in adk.migration.schema, or in the URL of the data source.");
			}
			return current;
		}
	}

	private Catalog read() throws SQLException {
		CatalogQueries queries = CatalogQueries.of(this.dialect);
		Predicate<String> reachable = reachable();
		Map<String, TableParts> tables = new TreeMap<>();
		Map<String, String> nonTables = new TreeMap<>();
		query(queries.columns(), reachable, (row) -> {
			String name = lower(row, 1);
			String kind = row.getString(2);
			if (!kind.equals("table")) {
				nonTables.put(name, kind);
				return;
			}
			TableParts table = tables.computeIfAbsent(name, (key) -> new TableParts());
			if (row.getString(3) != null) {
				table.columns.add(column(row));
			}
		});
		if (!tables.isEmpty()) {
			readConstraints(queries, reachable, tables);
		}
		Map<String, Catalog.Table> result = new TreeMap<>();
		tables.forEach((name, parts) -> result.put(name, parts.build(name)));
		return new Catalog(this.dialect == DatabaseDialect.SQLITE ? "" : this.schema, result, nonTables);
	}

	private void readConstraints(CatalogQueries queries, Predicate<String> reachable, Map<String, TableParts> tables)
			throws SQLException {
		query(queries.primaryKeys(), reachable, (row) -> {
			TableParts table = tables.get(lower(row, 1));
			if (table != null) {
				table.primaryKey.add(lower(row, 2));
			}
		});
		query(queries.foreignKeys(), reachable, (row) -> {
			TableParts table = tables.get(lower(row, 1));
			if (table != null) {
				table.foreignKey(row);
			}
		});
		query(queries.indexes(), reachable, (row) -> {
			TableParts table = tables.get(lower(row, 1));
			if (table != null) {
				table.index(row);
			}
		});
	}

	private Catalog.Column column(ResultSet row) throws SQLException {
		String type = ColumnTypes.normalise(this.dialect, row.getString(4));
		String definition = ColumnTypes.definition(this.dialect, row.getString(5), row.getString(7), row.getString(8));
		return new Catalog.Column(lower(row, 3), type, row.getBoolean(6), definition);
	}

	/** Which stored names our statements reach: letter case counts on some servers. */
	private Predicate<String> reachable() throws SQLException {
		switch (this.dialect) {
			case MYSQL, MARIADB -> {
				try (Statement statement = this.connection.createStatement();
						ResultSet row = statement.executeQuery("SELECT @@lower_case_table_names")) {
					boolean exact = row.next() && row.getInt(1) == 0;
					return (name) -> !exact || name.equals(name.toLowerCase(Locale.ROOT));
				}
			}
			case H2 -> {
				boolean upper = this.connection.getMetaData().storesUpperCaseIdentifiers();
				boolean lower = this.connection.getMetaData().storesLowerCaseIdentifiers();
				return (name) -> !(upper && !name.equals(name.toUpperCase(Locale.ROOT)))
						&& !(lower && !name.equals(name.toLowerCase(Locale.ROOT)));
			}
			default -> {
				return (name) -> true;
			}
		}
	}

	private void query(String sql, Predicate<String> reachable, RowConsumer consumer) throws SQLException {
		String placeholders = String.join(", ", Collections.nCopies(this.names.size(), "?"));
		try (PreparedStatement statement = this.connection.prepareStatement(sql.formatted(placeholders))) {
			int index = 1;
			statement.setString(index++, this.schema);
			for (String name : this.names) {
				statement.setString(index++, name);
			}
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					if (reachable.test(rows.getString(1))) {
						consumer.accept(rows);
					}
				}
			}
		}
	}

	private static String lower(ResultSet row, int index) throws SQLException {
		return row.getString(index).toLowerCase(Locale.ROOT);
	}

	/** Takes one row. */
	@FunctionalInterface
	private interface RowConsumer {

		void accept(ResultSet row) throws SQLException;

	}

	/** A table whose parts come from several statements. */
	private static final class TableParts {

		private final List<Catalog.Column> columns = new ArrayList<>();

		private final List<String> primaryKey = new ArrayList<>();

		private final Map<String, Catalog.ForeignKey> foreignKeys = new LinkedHashMap<>();

		private final Map<String, Catalog.Index> indexes = new LinkedHashMap<>();

		private void foreignKey(ResultSet row) throws SQLException {
			String key = lower(row, 2);
			// SQLite numbers its foreign keys instead of naming them.
			String name = key.startsWith("#") ? "" : key;
			List<String> referenced = row.getString(5) == null ? List.of() : List.of(lower(row, 5));
			this.foreignKeys.merge(key,
					new Catalog.ForeignKey(name, List.of(lower(row, 3)), lower(row, 4), referenced, row.getString(6)),
					(first, next) -> new Catalog.ForeignKey(name, concat(first.columns(), next.columns()),
							first.referencedTable(), concat(first.referencedColumns(), next.referencedColumns()),
							first.deleteRule()));
		}

		private void index(ResultSet row) throws SQLException {
			String name = lower(row, 2);
			String column = lower(row, 3) + (row.getBoolean(4) ? " desc" : "");
			this.indexes.merge(name, new Catalog.Index(name, List.of(column), row.getBoolean(5), row.getBoolean(6)),
					(first, next) -> new Catalog.Index(name, concat(first.columns(), next.columns()), first.unique(),
							first.valid()));
		}

		private Catalog.Table build(String name) {
			return new Catalog.Table(name, this.columns, this.primaryKey, List.copyOf(this.foreignKeys.values()),
					List.copyOf(this.indexes.values()));
		}

		private static List<String> concat(List<String> first, List<String> second) {
			List<String> result = new ArrayList<>(first);
			result.addAll(second);
			return result;
		}

	}

}
