package io.github.adkmigration.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.changelog.Checksum;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.Difference;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Looks whether the SQL of the record is still the SQL that was recorded, since a
 * downgrade executes it.
 *
 * @since 0.1.0
 */
public final class StepIntegrity {

	private final String name;

	private final String table;

	/**
	 * Create the check of a target.
	 * @param dialect dialect of its database
	 * @param tables its names
	 */
	public StepIntegrity(DatabaseDialect dialect, SessionTables tables) {
		this.name = tables.name(BookkeepingTable.STEP);
		this.table = tables.sql(BookkeepingTable.STEP, dialect);
	}

	/**
	 * Compare each text with its checksum.
	 * @param connection any connection
	 * @return a difference for each text that was changed
	 * @throws SQLException if the table does not exist
	 */
	public List<Difference> check(Connection connection) throws SQLException {
		List<Difference> differences = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("SELECT changeset, forward_sql, forward_sha256, rollback_sql, rollback_sha256 FROM "
							+ this.table + " ORDER BY run_number, step_number")) {
			while (rows.next()) {
				compare(rows, "forward", differences);
				compare(rows, "rollback", differences);
			}
		}
		return differences;
	}

	private void compare(ResultSet row, String which, List<Difference> differences) throws SQLException {
		String expected = row.getString(which + "_sha256");
		String found = Checksum.of(row.getString(which + "_sql"));
		if (!found.equals(expected)) {
			differences.add(new Difference(this.name + "." + which + "_sql of " + row.getString("changeset"),
					"SHA-256 " + expected, found));
		}
	}

}
