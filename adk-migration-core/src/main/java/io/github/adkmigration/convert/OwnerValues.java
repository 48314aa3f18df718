package io.github.adkmigration.convert;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.settings.OwnerColumn;

/**
 * Whom each session belongs to, in a column of the source that its user has added. The
 * database itself takes the value over, whatever its type.
 */
final class OwnerValues {

	private static final StateTable SESSIONS = StateTable.SESSIONS;

	private final Side from;

	private final Side to;

	private final OwnerColumn owner;

	OwnerValues(Side from, Side to, OwnerColumn owner) {
		this.from = from;
		this.to = to;
		this.owner = owner;
	}

	/**
	 * Return the column as it stands in a statement.
	 */
	String column() {
		return dialect().quote(this.owner.name());
	}

	/**
	 * Return the value of one session, whose key is to be bound.
	 */
	String ofSession() {
		return typed("(SELECT k." + column() + " FROM " + this.from.sql(SessionTable.SESSIONS) + " k WHERE "
				+ SESSIONS.keys().stream().map((key) -> "k." + key + " = ?").collect(Collectors.joining(" AND "))
				+ ")");
	}

	/**
	 * Compare the column of both tables, row by row.
	 */
	void verify(Connection connection) throws SQLException {
		String same = SESSIONS.keys()
			.stream()
			.map((key) -> "s." + key + " = k." + key)
			.collect(Collectors.joining(" AND "));
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT count(*) FROM " + this.to.sql(SessionTable.SESSIONS) + " s JOIN "
							+ this.from.sql(SessionTable.SESSIONS) + " k ON " + same + " WHERE " + different())) {
			row.next();
			if (row.getLong(1) > 0) {
				throw new MigrationException(MigrationErrorCode.VERIFICATION_FAILED,
						row.getLong(1) + " sessions have another " + this.owner.name() + " than in the source: "
								+ this.owner.type() + " does not hold every value.",
						"Give adk.migration.owner-id-column the type that the column has in the source, and start again;"
								+ " the old tables are unchanged.");
			}
		}
	}

	private String different() {
		String now = "s." + column();
		String before = "k." + column();
		return switch (dialect()) {
			case POSTGRESQL -> "lower(CAST(" + now + " AS text)) IS DISTINCT FROM lower(CAST(" + before + " AS text))";
			case SQLITE -> now + " IS NOT " + before;
			// Two collations cannot be compared.
			case MYSQL, MARIADB -> "NOT (" + text(now) + " <=> " + text(before) + ")";
			case H2 -> throw new IllegalStateException("Nothing is converted on H2");
		};
	}

	private static String text(String column) {
		return "HEX(CAST(" + column + " AS CHAR CHARACTER SET utf8mb4))";
	}

	/** PostgreSQL makes no text an integer or a UUID by itself. */
	private String typed(String value) {
		return dialect() == DatabaseDialect.POSTGRESQL ? "CAST(" + value + " AS " + this.owner.type() + ")" : value;
	}

	private DatabaseDialect dialect() {
		return this.to.dialect();
	}

}
