package io.github.adkmigration.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Makes a table anew beside the old one, since SQLite cannot change a column. The old one
 * is kept. To undo that, the kept table is brought up to date and takes its place again,
 * and the new one is put aside.
 */
final class SqliteRebuild {

	private static final DatabaseDialect DIALECT = DatabaseDialect.SQLITE;

	private final SessionTables tables;

	private final Catalog catalog;

	private final BundledChangelog changelog;

	private final int sinceNumber;

	private final SqliteValues values;

	SqliteRebuild(SessionTables tables, Catalog catalog, LayoutFamily source, BundledChangelog changelog,
			int sinceNumber) {
		this.tables = tables;
		this.catalog = catalog;
		this.changelog = changelog;
		this.sinceNumber = sinceNumber;
		this.values = new SqliteValues(source);
	}

	/**
	 * Return what rebuilds a table.
	 * @param table which
	 * @param attached its indexes and triggers
	 */
	List<Change> changes(SessionTable table, List<SqliteFacts.Attached> attached) {
		String name = this.tables.name(table);
		String kept = this.tables.name(BookkeepingTable.kept(table));
		String since = this.tables.name(BesideSwap.since(table), this.sinceNumber);
		List<Change> changes = new ArrayList<>();
		attached.forEach((object) -> changes.add(object.drop()));
		changes.add(new Change("ALTER TABLE " + DIALECT.quote(name) + " RENAME TO " + DIALECT.quote(kept),
				"ALTER TABLE " + DIALECT.quote(kept) + " RENAME TO " + DIALECT.quote(name)));
		changes.add(new Change(this.changelog.get("0001_" + table.defaultName()).sql(),
				"ALTER TABLE " + DIALECT.quote(name) + " RENAME TO " + DIALECT.quote(since)));
		Catalog.Table old = this.catalog.table(name)
			.orElseThrow(() -> new IllegalStateException("The table " + name + " has gone"));
		Catalog.Table head = HeadSchema.of(DIALECT, this.tables).table(table);
		for (Catalog.Column column : old.columns()) {
			if (!head.has(column.name())) {
				changes.add(new Change("ALTER TABLE " + DIALECT.quote(name) + " ADD COLUMN "
						+ DIALECT.quote(column.name()) + " " + column.definition(), ""));
			}
		}
		String values = old.columns()
			.stream()
			.map((column) -> this.values.toHead(column, ""))
			.collect(Collectors.joining(", "));
		changes.add(new Change("INSERT INTO " + DIALECT.quote(name) + " (" + list(old, "") + ") SELECT " + values
				+ " FROM " + DIALECT.quote(kept) + " ORDER BY rowid", bringBack(name, kept, old, head.primaryKey())));
		attached.forEach((object) -> changes.add(object.makeAgain()));
		return changes;
	}

	/**
	 * Return what brings rows that were deleted, changed and written since into the kept
	 * table, in its form of times.
	 */
	private List<String> bringBack(String name, String kept, Catalog.Table old, List<String> key) {
		String from = " FROM " + DIALECT.quote(name) + " AS n";
		String same = key.stream()
			.map((column) -> "n." + DIALECT.quote(column) + " = " + DIALECT.quote(kept) + "." + DIALECT.quote(column))
			.collect(Collectors.joining(" AND "));
		List<Catalog.Column> others = old.columns().stream().filter((column) -> !key.contains(column.name())).toList();
		String changed = others.stream()
			.map((column) -> "n." + DIALECT.quote(column.name()) + " IS NOT "
					+ this.values.toHead(column, DIALECT.quote(kept) + "."))
			.collect(Collectors.joining(" OR "));
		List<String> statements = new ArrayList<>();
		statements
			.add("DELETE FROM " + DIALECT.quote(kept) + " WHERE NOT EXISTS (SELECT 1" + from + " WHERE " + same + ")");
		statements.add("UPDATE " + DIALECT.quote(kept) + " SET ("
				+ others.stream().map((column) -> DIALECT.quote(column.name())).collect(Collectors.joining(", "))
				+ ") = (SELECT " + others.stream().map(this.values::toSource).collect(Collectors.joining(", ")) + from
				+ " WHERE " + same + ") WHERE EXISTS (SELECT 1" + from + " WHERE " + same + " AND (" + changed + "))");
		statements.add("INSERT INTO " + DIALECT.quote(kept) + " (" + list(old, "") + ") SELECT "
				+ old.columns().stream().map(this.values::toSource).collect(Collectors.joining(", ")) + from
				+ " WHERE NOT EXISTS (SELECT 1 FROM " + DIALECT.quote(kept) + " WHERE " + same + ") ORDER BY n.rowid");
		return statements;
	}

	private static String list(Catalog.Table table, String qualifier) {
		return table.columns()
			.stream()
			.map((column) -> qualifier + DIALECT.quote(column.name()))
			.collect(Collectors.joining(", "));
	}

}
