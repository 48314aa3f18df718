package io.github.adkmigration.execute;

import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Creates the state rows that newer writers expect, all with one time, by which they are
 * known when the swap is undone: a row that still has it, and no state, is ours.
 */
final class StateRows {

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final BundledChangelog changelog;

	StateRows(DatabaseDialect dialect, SessionTables tables, BundledChangelog changelog) {
		this.dialect = dialect;
		this.tables = tables;
		this.changelog = changelog;
	}

	/**
	 * Return what the time is, as it will stand in the rows.
	 */
	static String now(SqlScript script, DatabaseDialect dialect) throws SQLException {
		return script.strings("SELECT " + text(dialect)).get(0);
	}

	/**
	 * Return what creates the rows with one time, and what removes those.
	 */
	List<Change> at(String now) {
		return List.of(change("0001_app_state_rows", SessionTable.APP_STATES, now),
				change("0001_user_state_rows", SessionTable.USER_STATES, now));
	}

	/**
	 * Return what creates the rows whenever it is executed.
	 */
	List<Change> atAnyTime() {
		return List.of(new Change(this.changelog.get("0001_app_state_rows").sql(), ""),
				new Change(this.changelog.get("0001_user_state_rows").sql(), ""));
	}

	private Change change(String changeset, SessionTable table, String now) {
		boolean postgres = this.dialect == DatabaseDialect.POSTGRESQL;
		String time = (postgres ? "TIMESTAMP '" : "'") + now + "'";
		return new Change(this.changelog.get(changeset).sql().replace(clock(this.dialect), time),
				"DELETE FROM " + this.tables.sql(table, this.dialect) + " WHERE state = '{}'"
						+ (postgres ? "::jsonb" : "") + " AND update_time = " + time);
	}

	/** The clock as the changelog asks for it. */
	private static String clock(DatabaseDialect dialect) {
		return switch (dialect) {
			case SQLITE -> "strftime('%Y-%m-%d %H:%M:%f000', 'now')";
			case POSTGRESQL -> "(clock_timestamp() AT TIME ZONE 'UTC')";
			case MYSQL, MARIADB -> "UTC_TIMESTAMP(6)";
			case H2 -> throw new IllegalStateException("Nothing is converted on H2");
		};
	}

	private static String text(DatabaseDialect dialect) {
		return switch (dialect) {
			case SQLITE -> clock(dialect);
			case POSTGRESQL -> "to_char(" + clock(dialect) + ", 'YYYY-MM-DD HH24:MI:SS.US')";
			case MYSQL, MARIADB -> "CAST(" + clock(dialect) + " AS CHAR)";
			case H2 -> throw new IllegalStateException("Nothing is converted on H2");
		};
	}

}
