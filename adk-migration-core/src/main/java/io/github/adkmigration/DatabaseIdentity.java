package io.github.adkmigration;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.github.adkmigration.catalog.SqliteFile;
import io.github.adkmigration.changelog.Checksum;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;

/**
 * Tells one database from another by what it says of itself, however its URL is spelled.
 */
final class DatabaseIdentity {

	private DatabaseIdentity() {
	}

	/**
	 * Return what identifies the schema of a connection.
	 * @param connection a connection in auto-commit mode
	 * @return 64 hexadecimal digits
	 */
	static String of(Connection connection, DatabaseDialect dialect, Catalog catalog) throws SQLException {
		String identity = switch (dialect) {
			case SQLITE -> sqlite(connection);
			case POSTGRESQL -> postgres(connection);
			case MYSQL, MARIADB -> mysql(connection);
			case H2 -> text(connection, "SELECT COALESCE(DATABASE_PATH(), DATABASE())");
		};
		return Checksum.of(dialect.id() + "|" + identity + "|" + catalog.schema());
	}

	private static String sqlite(Connection connection) throws SQLException {
		Optional<Path> file = SqliteFile.of(connection);
		if (file.isEmpty()) {
			// Nobody else can open a database in memory.
			return "memory " + System.identityHashCode(connection.getMetaData().getConnection());
		}
		try {
			return file.get().toRealPath().toString();
		}
		catch (IOException ex) {
			return file.get().toAbsolutePath().normalize().toString();
		}
	}

	private static String postgres(Connection connection) throws SQLException {
		String database = text(connection, "SELECT current_database()");
		try {
			return text(connection, "SELECT system_identifier FROM pg_control_system()") + "|" + database;
		}
		catch (SQLException ex) {
			// Some services reserve that function for themselves.
			return text(connection, "SELECT concat_ws('|', inet_server_addr(), inet_server_port(), oid)"
					+ " FROM pg_database WHERE datname = current_database()") + "|" + database;
		}
	}

	private static String mysql(Connection connection) throws SQLException {
		Map<String, String> variables = new TreeMap<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(
						"SHOW GLOBAL VARIABLES WHERE variable_name IN ('server_uuid', 'hostname', 'port', 'datadir')")) {
			while (rows.next()) {
				variables.put(rows.getString(1), rows.getString(2));
			}
		}
		// MariaDB has no number of its own for a server.
		String uuid = variables.get("server_uuid");
		return uuid == null ? variables.toString() : uuid;
	}

	private static String text(Connection connection, String query) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			row.next();
			return String.valueOf(row.getString(1));
		}
	}

}
