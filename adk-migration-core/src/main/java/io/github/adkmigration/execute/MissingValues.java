package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * Says which values a writer has left open, so that they can be open again: a state that
 * is still empty, and a time that nobody has set since. A time is open too where it is
 * the one that Go calls zero.
 */
final class MissingValues {

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	MissingValues(Connection connection, DatabaseDialect dialect, SessionTables tables) {
		this.connection = connection;
		this.dialect = dialect;
		this.tables = tables;
	}

	/**
	 * Return a statement for each row of a table with a missing value.
	 */
	List<String> restore(SessionTable table) throws SQLException {
		HeadSchema head = HeadSchema.of(this.dialect, this.tables);
		List<String> keys = head.table(table).primaryKey();
		List<String> values = head.table(table)
			.columns()
			.stream()
			.map((column) -> column.name())
			.filter((column) -> !keys.contains(column))
			.toList();
		List<String> statements = new ArrayList<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT " + now() + ", " + list(keys) + ", "
						+ values.stream()
							.map((column) -> time(column) ? text(column) : this.dialect.quote(column))
							.collect(Collectors.joining(", "))
						+ " FROM " + this.tables.sql(table, this.dialect) + " WHERE "
						+ values.stream().map(this::open).collect(Collectors.joining(" OR ")))) {
			while (rows.next()) {
				statements.add(statement(table, keys, values, rows));
			}
		}
		return statements;
	}

	private String statement(SessionTable table, List<String> keys, List<String> values, ResultSet row)
			throws SQLException {
		List<String> assignments = new ArrayList<>();
		for (int i = 0; i < values.size(); i++) {
			String value = row.getString(2 + keys.size() + i);
			if (value == null || zero(values.get(i), value)) {
				String column = this.dialect.quote(values.get(i));
				assignments
					.add(column + " = CASE WHEN " + untouched(values.get(i), this.dialect.literal(row.getString(1)))
							+ " THEN " + original(value) + " ELSE " + column + " END");
			}
		}
		List<String> conditions = new ArrayList<>();
		for (int i = 0; i < keys.size(); i++) {
			conditions.add(this.dialect.quote(keys.get(i)) + " = " + this.dialect.literal(row.getString(2 + i)));
		}
		// A zero date has to be written again where the session allows none.
		String update = this.dialect.mysqlFamily() ? "UPDATE IGNORE " : "UPDATE ";
		return update + this.tables.sql(table, this.dialect) + " SET " + String.join(", ", assignments) + " WHERE "
				+ String.join(" AND ", conditions);
	}

	private String open(String column) {
		return this.dialect.quote(column) + " IS NULL" + (time(column) ? " OR " + text(column) + " < '1000'" : "");
	}

	/** A text, since not every driver can hand over a date of the year 0. */
	private String text(String column) {
		String quoted = this.dialect.quote(column);
		return this.dialect == DatabaseDialect.POSTGRESQL ? "to_char(" + quoted + ", 'YYYY-MM-DD HH24:MI:SS.US')"
				: "CAST(" + quoted + " AS CHAR)";
	}

	private static boolean zero(String column, String value) {
		return time(column) && value.compareTo("1000") < 0;
	}

	private static boolean time(String column) {
		return column.endsWith("_time");
	}

	private String original(@Nullable String value) {
		return value == null ? "NULL"
				: (this.dialect == DatabaseDialect.POSTGRESQL ? "TIMESTAMP " : "") + this.dialect.literal(value);
	}

	private String untouched(String column, String now) {
		boolean postgres = this.dialect == DatabaseDialect.POSTGRESQL;
		return switch (column) {
			// MySQL's JSON equals no text.
			case "state" -> postgres ? "state = '{}'::jsonb" : "CAST(state AS CHAR) = '{}'";
			case "value" -> "value = ''";
			default -> this.dialect.quote(column) + " < " + (postgres ? "TIMESTAMP " : "") + now;
		};
	}

	private String now() {
		return this.dialect == DatabaseDialect.POSTGRESQL
				? "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
				: "CAST(UTC_TIMESTAMP(6) AS CHAR)";
	}

	private String list(List<String> columns) {
		return columns.stream().map(this.dialect::quote).collect(Collectors.joining(", "));
	}

}
