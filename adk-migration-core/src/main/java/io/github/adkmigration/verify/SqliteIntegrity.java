package io.github.adkmigration.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Looks whether the pages of SQLite's session tables and of their indexes are sound. That
 * is {@code quick_check} of each table, which reads what a run has written. A full
 * {@code integrity_check} looks up every row in every index, which takes more than a
 * third of the time of the conversion, and the keys have been compared before the swap.
 *
 * @since 0.1.0
 */
public final class SqliteIntegrity {

	private final SessionTables tables;

	/**
	 * Create the check of a target.
	 * @param tables its names
	 */
	public SqliteIntegrity(SessionTables tables) {
		this.tables = tables;
	}

	/**
	 * Look for damage.
	 * @param connection any connection to SQLite
	 * @return the first finding, which names tables and pages but no values
	 * @throws SQLException if SQLite cannot look
	 */
	public Optional<String> damage(Connection connection) throws SQLException {
		for (String table : Arrays.stream(SessionTable.values()).map(this.tables::name).toList()) {
			try (PreparedStatement check = connection
				.prepareStatement("SELECT c.quick_check FROM sqlite_schema s, pragma_quick_check(s.name) c"
						+ " WHERE s.type = 'table' AND s.name = ? COLLATE NOCASE LIMIT 1")) {
				check.setString(1, table);
				try (ResultSet row = check.executeQuery()) {
					if (row.next() && !row.getString(1).equals("ok")) {
						return Optional.of(row.getString(1));
					}
				}
			}
		}
		return Optional.empty();
	}

}
