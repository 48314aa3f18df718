package io.github.adkmigration.catalog;

/**
 * The catalog of MySQL and MariaDB: {@code information_schema}.
 */
final class MysqlCatalog {

	static final CatalogQueries QUERIES = new CatalogQueries("""
			SELECT t.table_name,
			  CASE WHEN t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') THEN 'table' ELSE lower(t.table_type) END,
			  c.column_name, c.column_type,
			  concat(c.column_type, CASE WHEN c.collation_name IS NULL THEN ''
			    ELSE concat(' CHARACTER SET ', c.character_set_name, ' COLLATE ', c.collation_name) END),
			  c.is_nullable = 'YES', c.column_default, c.extra
			FROM information_schema.tables t
			LEFT JOIN information_schema.columns c ON c.table_schema = t.table_schema AND c.table_name = t.table_name
			WHERE t.table_schema = ? AND t.table_name IN (%s)
			ORDER BY t.table_name, c.ordinal_position
			""", """
			SELECT k.table_name, k.column_name
			FROM information_schema.key_column_usage k
			WHERE k.constraint_name = 'PRIMARY' AND k.table_schema = ? AND k.table_name IN (%s)
			ORDER BY k.table_name, k.ordinal_position
			""", """
			SELECT k.table_name, k.constraint_name, k.column_name,
			  CASE WHEN k.referenced_table_schema = k.table_schema THEN k.referenced_table_name
			    ELSE concat(k.referenced_table_schema, '.', k.referenced_table_name) END,
			  k.referenced_column_name, r.delete_rule
			FROM information_schema.key_column_usage k
			JOIN information_schema.referential_constraints r ON r.constraint_schema = k.constraint_schema
			  AND r.table_name = k.table_name AND r.constraint_name = k.constraint_name
			WHERE k.referenced_table_name IS NOT NULL AND k.table_schema = ? AND k.table_name IN (%s)
			ORDER BY k.table_name, k.constraint_name, k.ordinal_position
			""",
			"""
					SELECT s.table_name, s.index_name, coalesce(s.column_name, '(expression)'), coalesce(s.collation, 'A') = 'D',
					  s.non_unique = 0, 1
					FROM information_schema.statistics s
					WHERE s.index_name <> 'PRIMARY' AND s.table_schema = ? AND s.table_name IN (%s)
					ORDER BY s.table_name, s.index_name, s.seq_in_index
					""");

	private MysqlCatalog() {
	}

}
