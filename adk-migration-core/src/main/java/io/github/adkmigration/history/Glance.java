package io.github.adkmigration.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.changelog.Checksum;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * Tells in one round trip that nothing has changed since our last run: the database adds
 * up its own catalog of the session tables, and the sum must be the one that the run
 * stored together with the names, the newest revision and the schema version.
 *
 * @since 0.1.0
 */
public final class Glance {

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	/**
	 * Create a glance at a target.
	 * @param dialect dialect of its database
	 * @param tables its names
	 */
	public Glance(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.tables = tables;
	}

	/**
	 * Ask whether nothing has changed since a run that led to head.
	 * @param connection a connection in auto-commit mode
	 * @param settings text of every other setting that decides what head is
	 * @return the newest run if the fingerprint that it stored equals today's
	 */
	public Optional<RunRecord> unchanged(Connection connection, String settings) {
		return unchanged(connection, settings, List.of(BundledChangelog.HEAD)).map(Unchanged::run);
	}

	/**
	 * Ask whether nothing has changed since a run that led to one of several states.
	 * @param connection a connection in auto-commit mode
	 * @param settings text of every other setting that decides what head is
	 * @param states what a run may have reached, as {@link #fingerprint} was told
	 * @return the newest run and what it reached, if the fingerprint that it stored
	 * equals today's
	 */
	public Optional<Unchanged> unchanged(Connection connection, String settings, List<String> states) {
		try {
			Row row = read(connection);
			if (row != null) {
				for (String state : states) {
					if (fingerprint(row, settings, state).equals(row.stored())) {
						return Optional.of(new Unchanged(row.run(), state));
					}
				}
			}
			return Optional.empty();
		}
		catch (SQLException ex) {
			// Our tables do not exist yet, or somebody dropped one: the full look will
			// tell.
			return Optional.empty();
		}
	}

	/**
	 * Compute today's fingerprint, for the run to store.
	 * @param connection any connection
	 * @param settings text of every other setting that decides what head is
	 * @param revision what was reached: a revision, of which only the newest one says
	 * that nothing is pending, or a word for what is deferred
	 * @return 64 hexadecimal digits
	 * @throws SQLException if a table is missing
	 */
	public String fingerprint(Connection connection, String settings, String revision) throws SQLException {
		Row row = read(connection);
		if (row == null) {
			throw new SQLException("The history has no run");
		}
		return fingerprint(row, settings, revision);
	}

	private String fingerprint(Row row, String settings, String revision) {
		return Checksum.of(revision + "|" + this.tables.names() + "|" + row.schemaVersion() + "|" + row.catalog() + "|"
				+ settings);
	}

	private @Nullable Row read(Connection connection) throws SQLException {
		String run = this.tables.sql(BookkeepingTable.RUN, this.dialect);
		String metadata = this.tables.sql(SessionTable.METADATA, this.dialect);
		String sql = "SELECT r.fingerprint, m." + this.dialect.quote("value") + ", (" + catalogSum() + "), "
				+ RunHistory.COLUMNS + " FROM " + run + " r, " + metadata + " m WHERE m." + this.dialect.quote("key")
				+ " = 'schema_version' AND r.run_number = (SELECT MAX(run_number) FROM " + run + ")";
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			return rows.next() ? new Row(rows.getString(1), rows.getString(2), rows.getString(3),
					RunHistory.record(rows, this.dialect)) : null;
		}
	}

	private String catalogSum() {
		StringBuilder list = new StringBuilder();
		for (SessionTable table : SessionTable.values()) {
			list.append(list.isEmpty() ? "'" : ", '").append(this.tables.name(table)).append('\'');
		}
		String names = list.toString();
		String schema = this.tables.schema();
		return switch (this.dialect) {
			case SQLITE -> "SELECT group_concat(sql) FROM (SELECT sql FROM sqlite_schema WHERE tbl_name IN (" + names
					+ ") ORDER BY name)";
			case POSTGRESQL ->
				"SELECT sum(hashtextextended(concat_ws(':', c.relname, a.attname, a.atttypid, a.atttypmod,"
						+ " a.attnotnull), 0)) + COALESCE((SELECT sum(hashtextextended(concat_ws(':', i.relname, x.indisvalid,"
						+ " pg_get_indexdef(x.indexrelid)), 0)) FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i"
						+ " ON i.oid = x.indexrelid WHERE x.indrelid = ANY (array_agg(c.oid))), 0)"
						+ " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c"
						+ " ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = "
						+ (schema == null ? "current_schema()" : "'" + schema + "'") + " AND c.relname IN (" + names
						+ ") AND a.attnum > 0 AND NOT a.attisdropped";
			case MYSQL, MARIADB ->
				"SELECT concat((SELECT sum(crc32(concat_ws(':', table_name, column_name, column_type,"
						+ " is_nullable))) FROM information_schema.columns" + where(schema, "database()", names)
						+ "), ':',"
						+ " (SELECT sum(crc32(concat_ws(':', table_name, index_name, seq_in_index, column_name, collation)))"
						+ " FROM information_schema.statistics" + where(schema, "database()", names) + "))";
			case H2 ->
				"SELECT (SELECT listagg(table_name || ':' || column_name || ':' || data_type || ':' || is_nullable,"
						+ " ',') WITHIN GROUP (ORDER BY table_name, ordinal_position) FROM information_schema.columns"
						+ where(schema, "SCHEMA()", names) + ") || (SELECT listagg(index_name, ',') WITHIN GROUP"
						+ " (ORDER BY index_name) FROM information_schema.indexes" + where(schema, "SCHEMA()", names)
						+ ")";
		};
	}

	private String where(@Nullable String schema, String current, String names) {
		// MariaDB opens every table of the schema unless the name is compared as it is.
		String name = this.dialect == DatabaseDialect.H2 ? "lower(table_name)" : "table_name";
		return " WHERE table_schema = " + (schema == null ? current : "'" + schema + "'") + " AND " + name + " IN ("
				+ names + ")";
	}

	/**
	 * The newest run, since which nothing has changed.
	 *
	 * @param run the run
	 * @param reached what it has led to
	 */
	public record Unchanged(RunRecord run, String reached) {
	}

	private record Row(String stored, String schemaVersion, String catalog, RunRecord run) {
	}

}
