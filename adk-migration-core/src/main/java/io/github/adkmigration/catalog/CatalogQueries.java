package io.github.adkmigration.catalog;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * The statements that read the catalog of one dialect. Each has one parameter for the
 * schema and then {@code %s}, where the parameters for the names of the tables stand.
 *
 * @param columns table, kind ({@code table} or another word), column, type, type for a
 * definition, nullable, default and what MySQL calls extra; a row without column for what
 * has none
 * @param primaryKeys table and column in key order
 * @param foreignKeys table, name, column, referenced table, referenced column and delete
 * rule, in key order
 * @param indexes table, name, column, descending, unique and valid, in index order
 */
record CatalogQueries(String columns, String primaryKeys, String foreignKeys, String indexes) {

	static CatalogQueries of(DatabaseDialect dialect) {
		return switch (dialect) {
			case SQLITE -> SqliteCatalog.QUERIES;
			case POSTGRESQL -> PostgresqlCatalog.QUERIES;
			case MYSQL, MARIADB -> MysqlCatalog.QUERIES;
			case H2 -> H2Catalog.QUERIES;
		};
	}

}
