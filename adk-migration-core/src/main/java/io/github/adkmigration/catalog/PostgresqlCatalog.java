package io.github.adkmigration.catalog;

/**
 * PostgreSQL's catalog: {@code pg_catalog}, which unlike {@code information_schema} knows
 * invalid indexes, descending columns and tables that belong to somebody else.
 */
final class PostgresqlCatalog {

	static final CatalogQueries QUERIES = new CatalogQueries("""
			SELECT c.relname,
			  CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view'
			    WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'S' THEN 'sequence'
			    ELSE 'relation' END,
			  a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
			  pg_catalog.format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
			  pg_catalog.pg_get_expr(d.adbin, d.adrelid), ''
			FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
			LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum AND a.attgenerated = ''
			WHERE n.nspname = ? AND c.relname IN (%s)
			ORDER BY c.relname, a.attnum
			""", """
			SELECT c.relname, a.attname
			FROM pg_catalog.pg_constraint k
			JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY u (attnum, position)
			JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum
			WHERE k.contype = 'p' AND n.nspname = ? AND c.relname IN (%s)
			ORDER BY c.relname, u.position
			""", """
			SELECT c.relname, k.conname, a.attname,
			  CASE WHEN rn.oid = n.oid THEN r.relname::text ELSE rn.nspname || '.' || r.relname END, ra.attname,
			  CASE k.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'r' THEN 'RESTRICT' WHEN 'n' THEN 'SET NULL'
			    WHEN 'd' THEN 'SET DEFAULT' ELSE 'NO ACTION' END
			FROM pg_catalog.pg_constraint k
			JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
			JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
			CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY u (attnum, refnum, position)
			JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum
			JOIN pg_catalog.pg_attribute ra ON ra.attrelid = r.oid AND ra.attnum = u.refnum
			WHERE k.contype = 'f' AND n.nspname = ? AND c.relname IN (%s)
			ORDER BY c.relname, k.conname, u.position
			""",
			"""
					SELECT c.relname, i.relname, coalesce(a.attname, pg_catalog.pg_get_indexdef(x.indexrelid, p.position, true)),
					  (x.indoption[p.position - 1] & 1) = 1, x.indisunique, x.indisvalid
					FROM pg_catalog.pg_index x
					JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
					JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
					JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
					CROSS JOIN LATERAL generate_series(1, x.indnkeyatts::int) p (position)
					LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[p.position - 1]
					WHERE NOT x.indisprimary AND n.nspname = ? AND c.relname IN (%s)
					ORDER BY c.relname, i.relname, p.position
					""");

	private PostgresqlCatalog() {
	}

}
