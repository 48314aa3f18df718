package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.adkmigration.changelog.Checksum;
import io.github.adkmigration.changelog.StoredSql;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * What a run leaves that must not depend on what happened to it: the catalog, all rows of
 * the session tables, of the kept tables, of quarantine and substitution, the steps of
 * the history in their order with the SQL that undoes them, the changesets that Liquibase
 * remembers, and how the newest run ended. Times of the run itself are left out.
 *
 * @param lines lines by table
 */
record Aftermath(Map<String, List<String>> lines) {

	private static final String OF_THE_RUN = ".*adk_migration_(run|step|lock|changelog|changelog_lock)$";

	static Aftermath of(TestDatabase database) throws SQLException {
		Map<String, List<String>> lines = new TreeMap<>(Contents.of(database).tables());
		// Their columns are compared, their rows as far as they say the same below.
		lines.replaceAll((table, rows) -> table.matches(OF_THE_RUN)
				? rows.stream().filter((line) -> !line.startsWith("row ")).toList() : rows);
		// Rows that were made now have the time of now.
		lines.replaceAll((table, rows) -> table.matches(".*(app|user)_states$")
				? rows.stream().map((line) -> line.replaceAll("^(row .*?)\\d{4}-.*", "$1now")).toList() : rows);
		lines.put("steps", steps(database));
		lines.put("changesets", text(database, "SELECT %s FROM adk_migration_changelog ORDER BY id", "id"));
		String newest = "SELECT %s FROM adk_migration_run WHERE run_number = (SELECT max(run_number) FROM adk_migration_run";
		lines.put("newest run", text(database, newest + ")", "outcome"));
		// Who only records schema version 1 after a swap has read no row.
		lines.put("newest counts", text(database, newest + " WHERE rows_read > 0)", "rows_read", "rows_converted",
				"rows_substituted", "rows_quarantined", "rows_orphaned"));
		lines.put("runs that never ended",
				text(database, "SELECT %s FROM adk_migration_run WHERE outcome = 'running'", "run_number"));
		if (database.dialect() == DatabaseDialect.SQLITE) {
			lines.put("integrity", strings(Sql.column(database, "PRAGMA integrity_check")));
		}
		return new Aftermath(lines);
	}

	private static List<String> steps(TestDatabase database) throws SQLException {
		List<String> lines = new ArrayList<>();
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT changeset, revision, phase, min_compatible, state,"
						+ " forward_sql, forward_sha256, rollback_sql, rollback_sha256 FROM adk_migration_step"
						+ " ORDER BY run_number, step_number")) {
			while (rows.next()) {
				String forward = rows.getString(6);
				String rollback = rows.getString(8);
				boolean intact = Checksum.of(forward).equals(rows.getString(7))
						&& Checksum.of(rollback).equals(rows.getString(9));
				lines.add(rows.getString(1) + "|" + rows.getString(2) + "|" + rows.getString(3) + "|"
						+ rows.getString(4) + "|" + rows.getString(5) + "|" + intact + "|" + withoutTimes(forward) + "|"
						// A run that went on for a dead one removes what both had made.
						+ StoredSql.split(withoutTimes(rollback)).stream().distinct().toList());
			}
		}
		return lines;
	}

	private static String withoutTimes(String sql) {
		return sql.replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}", "now");
	}

	/**
	 * Return the tables whose lines differ, with the lines.
	 */
	Map<String, String> differences(Aftermath undisturbed) {
		Map<String, String> differences = new TreeMap<>();
		undisturbed.lines.forEach((table, expected) -> {
			List<String> found = this.lines.getOrDefault(table, List.of("missing"));
			if (!found.equals(expected)) {
				differences.put(table, "expected " + without(expected, found) + " but found " + without(found, expected)
						+ (without(expected, found).equals(without(found, expected)) ? ", in another order" : ""));
			}
		});
		this.lines.keySet()
			.stream()
			.filter((table) -> !undisturbed.lines.containsKey(table))
			.forEach((table) -> differences.put(table, "left over"));
		return differences;
	}

	private static List<String> without(List<String> lines, List<String> others) {
		List<String> rest = new ArrayList<>(lines);
		others.forEach(rest::remove);
		return rest.subList(0, Math.min(rest.size(), 5));
	}

	private static List<String> text(TestDatabase database, String query, String... columns) throws SQLException {
		boolean mysql = database.dialect().mysqlFamily();
		String line = mysql ? "concat_ws('|', " + String.join(", ", columns) + ")"
				: String.join(" || '|' || ", columns);
		return strings(Sql.column(database, query.formatted(line)));
	}

	private static List<String> strings(List<@Nullable String> values) {
		return values.stream().map(String::valueOf).toList();
	}

}
