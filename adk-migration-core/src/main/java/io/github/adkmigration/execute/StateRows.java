package io.github.adkmigration.execute;

import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.changelog.Changeset;
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

	void create(SqlScript script) throws SQLException {
		String now = "'" + script.strings("SELECT " + text()).get(0) + "'";
		create(script, this.changelog.get("0001_app_state_rows"), SessionTable.APP_STATES, now);
		create(script, this.changelog.get("0001_user_state_rows"), SessionTable.USER_STATES, now);
	}

	private void create(SqlScript script, Changeset changeset, SessionTable table, String now) throws SQLException {
		boolean postgres = this.dialect == DatabaseDialect.POSTGRESQL;
		String time = postgres ? "TIMESTAMP " + now : now;
		script.execute(changeset.sql().replace(clock(), time),
				List.of("DELETE FROM " + this.tables.sql(table, this.dialect) + " WHERE state = '{}'"
						+ (postgres ? "::jsonb" : "") + " AND update_time = " + time));
	}

	/** The clock as the changelog asks for it. */
	private String clock() {
		return switch (this.dialect) {
			case SQLITE -> "strftime('%Y-%m-%d %H:%M:%f000', 'now')";
			case POSTGRESQL -> "(clock_timestamp() AT TIME ZONE 'UTC')";
			case MYSQL, MARIADB -> "UTC_TIMESTAMP(6)";
			case H2 -> throw new IllegalStateException("Nothing is converted on H2");
		};
	}

	private String text() {
		return switch (this.dialect) {
			case SQLITE -> clock();
			case POSTGRESQL -> "to_char(" + clock() + ", 'YYYY-MM-DD HH24:MI:SS.US')";
			case MYSQL, MARIADB -> "CAST(" + clock() + " AS CHAR)";
			case H2 -> throw new IllegalStateException("Nothing is converted on H2");
		};
	}

}
