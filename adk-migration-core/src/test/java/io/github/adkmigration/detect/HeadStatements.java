package io.github.adkmigration.detect;

import java.util.List;
import java.util.stream.Collectors;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;

/**
 * Turns the model of head into statements, so that the model can be held against a real
 * database.
 */
final class HeadStatements {

	private HeadStatements() {
	}

	static String create(Catalog.Table table, DatabaseDialect dialect) {
		String columns = table.columns()
			.stream()
			.map((column) -> dialect.quote(column.name()) + " " + column.definition()
					+ (column.nullable() ? "" : " NOT NULL"))
			.collect(Collectors.joining(", "));
		String keys = table.foreignKeys()
			.stream()
			.map((key) -> ", FOREIGN KEY (" + names(key.columns(), dialect) + ") REFERENCES "
					+ dialect.quote(key.referencedTable()) + " (" + names(key.referencedColumns(), dialect)
					+ ") ON DELETE " + key.deleteRule())
			.collect(Collectors.joining());
		return "CREATE TABLE " + dialect.quote(table.name()) + " (" + columns + ", PRIMARY KEY ("
				+ names(table.primaryKey(), dialect) + ")" + keys + ")";
	}

	static String index(Catalog.Table table, DatabaseDialect dialect) {
		Catalog.Index index = table.indexes().get(0);
		String columns = index.columns()
			.stream()
			.map((column) -> column.endsWith(" desc")
					? dialect.quote(column.substring(0, column.length() - " desc".length())) + " DESC"
					: dialect.quote(column))
			.collect(Collectors.joining(", "));
		return "CREATE INDEX " + dialect.quote(index.name()) + " ON " + dialect.quote(table.name()) + " (" + columns
				+ ")";
	}

	private static String names(List<String> names, DatabaseDialect dialect) {
		return names.stream().map(dialect::quote).collect(Collectors.joining(", "));
	}

}
