package io.github.adkmigration.schema;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the database says of the tables of one target, read in one go. Names are lower
 * case whatever the database stores.
 *
 * @param schema the schema or database that was read, as the database spells it; empty on
 * SQLite
 * @param tables the session tables and bookkeeping tables that exist, and those that
 * other implementations use, by name
 * @param nonTables names of the same list that something else than a table bears, with
 * what it is, for example {@code view}
 * @since 0.1.0
 */
public record Catalog(String schema, Map<String, Table> tables, Map<String, String> nonTables) {

	public Catalog {
		tables = Collections.unmodifiableMap(new TreeMap<>(tables));
		nonTables = Collections.unmodifiableMap(new TreeMap<>(nonTables));
	}

	/**
	 * Create a snapshot in which only tables bear the names.
	 * @param schema the schema, empty on SQLite
	 * @param tables the tables by name
	 */
	public Catalog(String schema, Map<String, Table> tables) {
		this(schema, tables, Map.of());
	}

	/**
	 * Find a table.
	 * @param name its name in any case
	 * @return the table, if it exists
	 */
	public Optional<Table> table(String name) {
		return Optional.ofNullable(this.tables.get(name.toLowerCase(Locale.ROOT)));
	}

	/**
	 * A table.
	 *
	 * @param name lower case
	 * @param columns in physical order
	 * @param primaryKey column names in key order, empty without a key
	 * @param foreignKeys in no particular order
	 * @param indexes without the one that backs the primary key
	 */
	public record Table(String name, List<Column> columns, List<String> primaryKey, List<ForeignKey> foreignKeys,
			List<Index> indexes) {

		public Table {
			columns = List.copyOf(columns);
			primaryKey = List.copyOf(primaryKey);
			foreignKeys = List.copyOf(foreignKeys);
			indexes = List.copyOf(indexes);
		}

		/**
		 * Find a column.
		 * @param name its name, lower case
		 * @return the column, if it exists
		 */
		public Optional<Column> column(String name) {
			return this.columns.stream().filter((column) -> column.name().equals(name)).findFirst();
		}

		/**
		 * Return whether a column exists.
		 * @param name its name, lower case
		 * @return whether the table has it
		 */
		public boolean has(String name) {
			return column(name).isPresent();
		}

		/**
		 * Find an index.
		 * @param name its name, lower case
		 * @return the index, if it exists
		 */
		public Optional<Index> index(String name) {
			return this.indexes.stream().filter((index) -> index.name().equals(name)).findFirst();
		}

	}

	/**
	 * A column.
	 *
	 * @param name lower case
	 * @param type normalised: lower case, one spelling per type, length or precision in
	 * parentheses where the table declares it, for example {@code varchar(128)},
	 * {@code timestamp}, {@code timestamptz(6)}, {@code datetime(6)}, {@code boolean},
	 * {@code longblob}; on SQLite the declared type
	 * @param nullable whether NULL is allowed
	 * @param definition the type, and the default if there is one, as a statement of this
	 * database may repeat it
	 */
	public record Column(String name, String type, boolean nullable, String definition) {
	}

	/**
	 * A foreign key.
	 *
	 * @param name lower case, empty where the database has none
	 * @param columns in key order
	 * @param referencedTable lower case, qualified only if it stands in another schema
	 * @param referencedColumns in key order; empty if SQLite's declaration names none,
	 * which means the primary key
	 * @param deleteRule {@code CASCADE}, {@code NO ACTION}, {@code RESTRICT},
	 * {@code SET NULL} or {@code SET DEFAULT}
	 */
	public record ForeignKey(String name, List<String> columns, String referencedTable, List<String> referencedColumns,
			String deleteRule) {
	}

	/**
	 * An index.
	 *
	 * @param name lower case
	 * @param columns in order, a descending one followed by {@code " desc"}, an
	 * expression as its text or as {@code (expression)}
	 * @param unique whether it is unique
	 * @param valid false only for an index that PostgreSQL marks INVALID
	 */
	public record Index(String name, List<String> columns, boolean unique, boolean valid) {
	}

}
