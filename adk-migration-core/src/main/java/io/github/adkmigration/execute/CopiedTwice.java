package io.github.adkmigration.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Removes the older copies of rows that the copy has met twice. It goes through the old
 * table in the order of its blocks or rows, and whoever writes a row again moves it to
 * where the copy has not been. That is only looked for when the key of the shadow table
 * cannot be built.
 */
final class CopiedTwice {

	private final DatabaseDialect dialect;

	private final String shadow;

	CopiedTwice(DatabaseDialect dialect, SessionTables tables) {
		this.dialect = dialect;
		this.shadow = tables.sql(BookkeepingTable.SHADOW, dialect);
	}

	/**
	 * Remove all but the newest copy of each row.
	 * @return how many rows were removed
	 */
	int remove(Connection connection) throws SQLException {
		String sql = this.dialect == DatabaseDialect.POSTGRESQL
				? "DELETE FROM " + this.shadow + " a USING " + this.shadow + " b WHERE a.ctid < b.ctid AND a.id = b.id"
						+ " AND a.app_name = b.app_name AND a.user_id = b.user_id AND a.session_id = b.session_id"
				: "DELETE FROM " + this.shadow + " WHERE rowid NOT IN (SELECT max(rowid) FROM " + this.shadow
						+ " GROUP BY id, app_name, user_id, session_id)";
		try (Statement statement = connection.createStatement()) {
			return statement.executeUpdate(sql);
		}
	}

}
