package io.github.adkmigration.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.settings.OwnerColumn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for sessions whose owner is not in the table that the owner column refers to.
 * MySQL, MariaDB and SQLite would take them over, since foreign keys are not looked at
 * while head's tables are filled.
 */
final class OwnerReferenceReader {

	private static final Logger logger = LoggerFactory.getLogger(OwnerReferenceReader.class);

	/** Two columns whose collations cannot be compared. */
	private static final int MYSQL_COLLATIONS = 1267;

	/** Columns or a table that may not be read, or a table that is missing. */
	private static final Set<Integer> MYSQL_UNREADABLE = Set.of(1142, 1143, 1146);

	private static final Set<String> POSTGRESQL_UNREADABLE = Set.of("42501", "42P01");

	private final Connection connection;

	private final DatabaseDialect dialect;

	private final OwnerColumn owner;

	OwnerReferenceReader(Connection connection, DatabaseDialect dialect, OwnerColumn owner) {
		this.connection = connection;
		this.dialect = dialect;
		this.owner = owner;
	}

	/**
	 * Return what is wrong with the owners of sessions.
	 * @param sessions the table of the sessions as it stands in a statement
	 * @param name its name
	 * @return a sentence with names and a number, or nothing
	 */
	Optional<String> obstacle(String sessions, String name) throws SQLException {
		String table = this.owner.referencedTable();
		String column = this.owner.referencedColumn();
		if (table == null || column == null) {
			return Optional.empty();
		}
		long dangling;
		try {
			dangling = dangling(sessions, this.dialect.quote(column));
		}
		catch (SQLException ex) {
			if (String.valueOf(ex.getSQLState()).startsWith("22")) {
				return Optional.of("The type " + this.owner.type() + " of the owner column " + this.owner.name()
						+ " does not hold every value that the column has in " + name + ".");
			}
			if (!unreadable(ex)) {
				throw ex;
			}
			// Who may refer to a table need not have the right to read it.
			logger.debug("The table {} cannot be read: {}", table, ex.getSQLState());
			return Optional.empty();
		}
		return dangling == 0 ? Optional.empty()
				: Optional.of(dangling + (dangling == 1 ? " session of " : " sessions of ") + name
						+ (dangling == 1 ? " has" : " have") + " an owner in the column " + this.owner.name()
						+ " that is not in the column " + column + " of the table " + table
						+ ", to which the owner column refers.");
	}

	private long dangling(String sessions, String column) throws SQLException {
		String value = "s." + this.dialect.quote(this.owner.name());
		try {
			return number(sessions, value, "r." + column + " = " + typed(value));
		}
		catch (SQLException ex) {
			if (ex.getErrorCode() != MYSQL_COLLATIONS) {
				throw ex;
			}
			return number(sessions, value, text("r." + column) + " = " + text(value));
		}
	}

	private long number(String sessions, String value, String same) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT count(*) FROM " + sessions + " s WHERE " + value
						+ " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " + this.owner.referencedTable(this.dialect)
						+ " r WHERE " + same + ")")) {
			row.next();
			return row.getLong(1);
		}
	}

	/** PostgreSQL makes no text an integer or a UUID by itself. */
	private String typed(String value) {
		return this.dialect == DatabaseDialect.POSTGRESQL ? "CAST(" + value + " AS " + this.owner.type() + ")" : value;
	}

	private static String text(String column) {
		return "CAST(" + column + " AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_general_ci";
	}

	private static boolean unreadable(SQLException ex) {
		return MYSQL_UNREADABLE.contains(ex.getErrorCode())
				|| POSTGRESQL_UNREADABLE.contains(String.valueOf(ex.getSQLState()))
				|| String.valueOf(ex.getMessage()).contains("no such table");
	}

}
