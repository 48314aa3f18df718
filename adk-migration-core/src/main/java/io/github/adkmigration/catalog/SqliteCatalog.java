package io.github.adkmigration.catalog;

/**
 * SQLite's catalog: the pragma functions, which take the schema as an argument.
 */
final class SqliteCatalog {

	static final CatalogQueries QUERIES = new CatalogQueries("""
			SELECT m.name, m.type, c.name, c.type, c.type, c."notnull" = 0, c.dflt_value, ''
			FROM sqlite_schema m LEFT JOIN pragma_table_xinfo(m.name, ?) c ON c.hidden <> 1
			WHERE m.type IN ('table', 'view') AND lower(m.name) IN (%s)
			ORDER BY m.name, c.cid
			""", """
			SELECT m.name, c.name
			FROM sqlite_schema m JOIN pragma_table_info(m.name, ?) c ON c.pk > 0
			WHERE m.type = 'table' AND lower(m.name) IN (%s)
			ORDER BY m.name, c.pk
			""", """
			SELECT m.name, '#' || f.id, f."from", f."table", f."to", f.on_delete
			FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name, ?) f
			WHERE m.type = 'table' AND lower(m.name) IN (%s)
			ORDER BY m.name, f.id, f.seq
			""", """
			SELECT m.name, i.name, coalesce(c.name, '(expression)'), c."desc", i."unique", 1
			FROM sqlite_schema m JOIN pragma_index_list(m.name, ?) i ON i.origin <> 'pk'
			JOIN pragma_index_xinfo(i.name) c ON c.key = 1
			WHERE m.type = 'table' AND lower(m.name) IN (%s)
			ORDER BY m.name, i.name, c.seqno
			""");

	private SqliteCatalog() {
	}

}
