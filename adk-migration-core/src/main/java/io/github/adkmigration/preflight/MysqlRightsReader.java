package io.github.adkmigration.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks MySQL and MariaDB which rights their user lacks, itself or by the roles that are
 * active. Where the server does not say, nothing is lacking.
 */
final class MysqlRightsReader {

	private static final Logger logger = LoggerFactory.getLogger(MysqlRightsReader.class);

	private static final String NONE = "NONE";

	private MysqlRightsReader() {
	}

	/**
	 * Ask for rights.
	 * @param connection a connection
	 * @param dialect which of the two it leads to
	 * @param schema the database of the target
	 * @param required what a run needs
	 * @return those that are lacking
	 */
	static List<RequiredRight> missing(Connection connection, DatabaseDialect dialect, String schema,
			List<RequiredRight> required) {
		if (schema.equals("test") || schema.startsWith("test_")) {
			// Old servers let everybody use these, and do not list it among the grants
			// of anybody.
			return List.of();
		}
		try {
			Optional<MysqlGrants> grants = MysqlGrants.parse(
					strings(connection, "SHOW GRANTS" + (dialect == DatabaseDialect.MYSQL ? using(connection) : "")));
			return grants.isEmpty() ? List.of()
					: required.stream()
						.filter((right) -> !grants.get().gives(right.right(), schema, right.name()))
						.toList();
		}
		catch (SQLException ex) {
			logger.debug("The server does not say which rights its user has: {}", ex.getClass().getSimpleName());
			return List.of();
		}
	}

	/** MariaDB lists the rights of the active role unasked. */
	private static String using(Connection connection) throws SQLException {
		List<String> roles = strings(connection, "SELECT CURRENT_ROLE()");
		return roles.isEmpty() || roles.get(0).equals(NONE) ? "" : " FOR CURRENT_USER() USING " + roles.get(0);
	}

	private static List<String> strings(Connection connection, String sql) throws SQLException {
		List<String> strings = new ArrayList<>();
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			while (rows.next()) {
				strings.add(String.valueOf(rows.getString(1)));
			}
		}
		return strings;
	}

}
