package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.changelog.StoredSql;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Works out what undoes a change where no text in the changelog can say it, since it
 * depends on what the database looked like before: types of columns, missing values, and
 * what MySQL makes and drops by itself.
 */
final class Reversal {

	private static final String COLUMNS_SUFFIX = "_columns";

	private static final String INSTANTS_SUFFIX = "_instants";

	private static final String NULLS_SUFFIX = "_nulls";

	private static final Pattern COLUMN = Pattern.compile("(?:ALTER COLUMN|MODIFY) `?\"?(\\w+)");

	private static final Pattern GENERATED = Pattern.compile("\\w+_ibfk_\\d+|\\d+");

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final String schema;

	Reversal(Connection connection, DatabaseDialect dialect, SessionTables tables, String schema) {
		this.connection = connection;
		this.dialect = dialect;
		this.tables = tables;
		this.schema = schema;
	}

	/**
	 * Return a change with what undoes it, before it is applied.
	 */
	Changeset before(Changeset changeset) throws SQLException {
		for (String suffix : List.of(COLUMNS_SUFFIX, INSTANTS_SUFFIX)) {
			if (changeset.id().endsWith(suffix)) {
				return with(changeset, List.of(columns(changeset, table(changeset, suffix))));
			}
		}
		if (changeset.id().endsWith(NULLS_SUFFIX)) {
			List<String> values = new MissingValues(this.connection, this.dialect, this.tables)
				.restore(table(changeset, NULLS_SUFFIX));
			return with(changeset, values.isEmpty() ? List.of(StoredSql.NOTHING) : values);
		}
		if (changeset.id().endsWith("_0001_sessions_temporary")) {
			List<String> values = strings(temporary());
			return with(changeset, values.isEmpty() ? List.of(StoredSql.NOTHING) : values);
		}
		// What is there already is not ours to remove.
		boolean there = changeset.precondition() != null && !new SqlScript(this.connection).pending(changeset);
		return there ? with(changeset, List.of(StoredSql.NOTHING)) : changeset;
	}

	/**
	 * Record what undoes a change that is applied, where only now it can be seen.
	 */
	void record(StepRecorder recorder, Changeset changeset) throws SQLException {
		if (!this.dialect.mysqlFamily()) {
			return;
		}
		if (changeset.id().endsWith("_0002_events_index")) {
			index(recorder, changeset);
		}
		else if (changeset.id().endsWith("_0001_owner_column")) {
			owner(recorder, changeset);
		}
	}

	private static Changeset with(Changeset changeset, List<String> rollback) {
		return new Changeset(changeset.id(), changeset.phase(), changeset.minCompatible(), changeset.description(),
				changeset.precondition(), changeset.expected(), changeset.sql(), rollback);
	}

	private static SessionTable table(Changeset changeset, String suffix) {
		String name = changeset.id().substring("ext_adk_0001_".length(), changeset.id().length() - suffix.length());
		return SessionTable.valueOf(name.toUpperCase(Locale.ROOT));
	}

	private String columns(Changeset changeset, SessionTable table) throws SQLException {
		List<String> parts = new ArrayList<>();
		List<String> seen = new ArrayList<>();
		Matcher matcher = COLUMN.matcher(changeset.sql());
		while (matcher.find()) {
			String column = matcher.group(1);
			if (!seen.contains(column)) {
				seen.add(column);
				parts.addAll(this.dialect == DatabaseDialect.POSTGRESQL ? postgresColumn(table, column)
						: List.of("MODIFY " + mysqlColumn(table, column)));
			}
		}
		return "ALTER TABLE " + this.tables.sql(table, this.dialect) + " " + String.join(", ", parts);
	}

	private List<String> postgresColumn(SessionTable table, String column) throws SQLException {
		String quoted = this.dialect.quote(column);
		return strings("SELECT 'ALTER COLUMN " + quoted + " TYPE ' || format_type(a.atttypid, a.atttypmod)"
				+ " || CASE WHEN a.atttypid = 'timestamptz'::regtype THEN ' USING " + quoted
				+ " AT TIME ZONE ''UTC''' ELSE '' END || ', ALTER COLUMN " + quoted
				+ "' || CASE WHEN a.attnotnull THEN ' SET' ELSE ' DROP' END"
				+ " || ' NOT NULL' FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
				+ " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = "
				+ this.dialect.literal(this.schema) + " AND c.relname = "
				+ this.dialect.literal(this.tables.name(table)) + " AND a.attname = " + this.dialect.literal(column)
				+ " AND NOT a.attisdropped");
	}

	/**
	 * Return the query for what puts back the temporary keys of each session.
	 */
	private String temporary() {
		String sessions = this.tables.sql(SessionTable.SESSIONS, this.dialect);
		return "SELECT format('UPDATE %s SET state = state || %L::jsonb WHERE app_name = %L AND user_id = %L AND id = %L', "
				+ this.dialect.literal(sessions) + ", t.keys, s.app_name, s.user_id, s.id) FROM " + sessions
				+ " s CROSS JOIN LATERAL (SELECT jsonb_object_agg(key, value) AS keys FROM jsonb_each("
				+ "CASE WHEN jsonb_typeof(s.state) = 'object' THEN s.state ELSE '{}' END)"
				+ " WHERE starts_with(key, 'temp:')) t WHERE t.keys IS NOT NULL";
	}

	/**
	 * Return the definition of a column as the server itself writes it.
	 */
	private String mysqlColumn(SessionTable table, String column) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + this.tables.sql(table, this.dialect))) {
			row.next();
			return row.getString(2)
				.lines()
				.map(String::strip)
				.filter((line) -> line.startsWith(this.dialect.quote(column) + " "))
				.map((line) -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("The column " + column + " has gone"));
		}
	}

	/**
	 * The server drops the index that it made for the foreign key when another serves it,
	 * and lets nobody drop that one unless the first is there again.
	 */
	private void index(StepRecorder recorder, Changeset changeset) throws SQLException {
		String events = this.dialect.literal(this.tables.name(SessionTable.EVENTS));
		String of = " WHERE table_schema = " + this.dialect.literal(this.schema) + " AND table_name = " + events;
		List<String> serving = strings("SELECT index_name FROM information_schema.statistics" + of
				+ " AND index_name <> " + this.dialect.literal(this.tables.eventsIndexName())
				+ " AND ((seq_in_index = 1 AND column_name = 'app_name') OR (seq_in_index = 2 AND column_name = 'user_id')"
				+ " OR (seq_in_index = 3 AND column_name = 'session_id')) GROUP BY index_name HAVING count(*) = 3");
		List<String> keys = strings("SELECT DISTINCT constraint_name FROM information_schema.key_column_usage" + of
				+ " AND referenced_table_name = " + this.dialect.literal(this.tables.name(SessionTable.SESSIONS)));
		if (serving.isEmpty() && !keys.isEmpty()) {
			String name = GENERATED.matcher(keys.get(0)).matches() ? "app_name" : keys.get(0);
			recorder.reversible(this.connection, changeset.id(),
					List.of("ALTER TABLE " + this.tables.sql(SessionTable.EVENTS, this.dialect) + " ADD INDEX "
							+ this.dialect.quote(name) + " (app_name, user_id, session_id), DROP INDEX "
							+ this.dialect.quote(this.tables.eventsIndexName()) + ", ALGORITHM=INPLACE, LOCK=NONE"));
		}
	}

	/**
	 * A column cannot be dropped while a foreign key uses it, and the server gives that
	 * its name.
	 */
	private void owner(StepRecorder recorder, Changeset changeset) throws SQLException {
		Matcher column = Pattern.compile("DROP COLUMN `(\\w+)`").matcher(String.join(" ", changeset.rollback()));
		if (!column.find()) {
			return;
		}
		List<String> keys = strings("SELECT DISTINCT constraint_name FROM information_schema.key_column_usage"
				+ " WHERE table_schema = " + this.dialect.literal(this.schema) + " AND table_name = "
				+ this.dialect.literal(this.tables.name(SessionTable.SESSIONS)) + " AND column_name = "
				+ this.dialect.literal(column.group(1)) + " AND referenced_table_name IS NOT NULL");
		if (!keys.isEmpty()) {
			recorder.reversible(this.connection, changeset.id(),
					List.of("ALTER TABLE " + this.tables.sql(SessionTable.SESSIONS, this.dialect) + " DROP FOREIGN KEY "
							+ this.dialect.quote(keys.get(0)) + ", DROP COLUMN "
							+ this.dialect.quote(column.group(1))));
		}
	}

	private List<String> strings(String query) throws SQLException {
		return new SqlScript(this.connection).strings(query);
	}

}
