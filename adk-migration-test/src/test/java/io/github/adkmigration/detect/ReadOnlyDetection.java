package io.github.adkmigration.detect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.test.database.TestDatabase;

/**
 * Detects on a connection on which the server refuses every write, and shows that it
 * does.
 */
final class ReadOnlyDetection {

	private ReadOnlyDetection() {
	}

	static DetectedSchema detect(TestDatabase database) throws SQLException {
		return detect(database, SessionTables.defaults());
	}

	static DetectedSchema detect(TestDatabase database, SessionTables tables) throws SQLException {
		try (Connection connection = database.connection()) {
			forbidWrites(connection, database.dialect());
			return new SchemaDetector(database.dialect(), tables).detect(connection);
		}
	}

	static void forbidWrites(Connection connection, DatabaseDialect dialect) throws SQLException {
		switch (dialect) {
			case SQLITE -> execute(connection, "PRAGMA query_only = 1");
			case POSTGRESQL -> execute(connection, "START TRANSACTION READ ONLY");
			// For the session, since DDL would end a transaction and then be free to
			// write.
			case MYSQL, MARIADB -> execute(connection, "SET SESSION TRANSACTION READ ONLY");
			// H2 knows no such thing.
			case H2 -> {
			}
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
