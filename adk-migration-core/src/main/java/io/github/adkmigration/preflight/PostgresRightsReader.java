package io.github.adkmigration.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * Asks PostgreSQL which rights its user lacks, itself or by its roles. What does not
 * exist, or is granted for some columns only, counts as granted: a wrong denial would
 * keep a good run from starting, and a missed one is told by the server later.
 */
final class PostgresRightsReader {

	private static final DatabaseDialect DIALECT = DatabaseDialect.POSTGRESQL;

	/** Since then there is a right to maintain a table, which includes to lock it. */
	private static final int MAINTAIN = 17;

	private PostgresRightsReader() {
	}

	/**
	 * Ask for rights.
	 * @param connection a connection to PostgreSQL
	 * @param schema the schema of the target
	 * @param required what a run needs
	 * @return those that are lacking
	 */
	static List<RequiredRight> missing(Connection connection, String schema, List<RequiredRight> required)
			throws SQLException {
		List<RequiredRight> missing = new ArrayList<>();
		if (required.isEmpty()) {
			return missing;
		}
		boolean maintain = connection.getMetaData().getDatabaseMajorVersion() >= MAINTAIN;
		String checks = required.stream()
			.map((right) -> "COALESCE(" + check(right, schema, maintain) + ", true)")
			.collect(Collectors.joining(", "));
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT " + checks)) {
			row.next();
			for (int i = 0; i < required.size(); i++) {
				if (!row.getBoolean(i + 1)) {
					missing.add(required.get(i));
				}
			}
		}
		return missing;
	}

	private static String check(RequiredRight right, String schema, boolean maintain) {
		String table = "pg_catalog.to_regclass(" + DIALECT.literal(right.object()) + ")";
		if (right.object().isEmpty()) {
			return "(SELECT pg_catalog.has_schema_privilege(oid, '" + right.right()
					+ "') FROM pg_catalog.pg_namespace WHERE nspname = " + DIALECT.literal(schema) + ")";
		}
		return switch (right.right()) {
			case RequiredRight.OWNER ->
				"(SELECT pg_catalog.pg_has_role(relowner, 'USAGE') FROM pg_catalog.pg_class WHERE oid = " + table + ")";
			case RequiredRight.LOCK -> "pg_catalog.has_table_privilege(" + table + ", 'UPDATE, DELETE, TRUNCATE"
					+ (maintain ? ", MAINTAIN" : "") + "')";
			case "DELETE" -> "pg_catalog.has_table_privilege(" + table + ", 'DELETE')";
			default -> "pg_catalog.has_any_column_privilege(" + table + ", '" + right.right() + "')";
		};
	}

	/**
	 * Find the sequences that fill a column of a table and that the user may not use.
	 * @param connection a connection to PostgreSQL
	 * @param table the table as it stands in a statement
	 * @return their names
	 */
	static List<String> sequences(Connection connection, String table) throws SQLException {
		List<String> names = new ArrayList<>();
		// A CASE keeps the order: whatever is no sequence must not be asked for its
		// rights.
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT s.oid::regclass::text FROM pg_catalog.pg_attrdef d"
						+ " JOIN pg_catalog.pg_depend p ON p.classid = 'pg_catalog.pg_attrdef'::regclass AND p.objid = d.oid"
						+ " AND p.refclassid = 'pg_catalog.pg_class'::regclass"
						+ " JOIN pg_catalog.pg_class s ON s.oid = p.refobjid WHERE d.adrelid = pg_catalog.to_regclass("
						+ DIALECT.literal(table) + ") AND CASE WHEN s.relkind = 'S'"
						+ " THEN NOT pg_catalog.has_sequence_privilege(s.oid, 'USAGE, UPDATE') ELSE false END ORDER BY 1")) {
			while (row.next()) {
				names.add(row.getString(1));
			}
		}
		return names;
	}

}
