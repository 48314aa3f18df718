package io.github.adkmigration.test.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Empties a PostgreSQL database for the next test. Creating one writes a thousand files
 * and takes longer than most tests.
 */
final class PostgresRecycling {

	private static final int PUBLIC_BELONGS_TO_THE_DATABASE_OWNER_SINCE = 15;

	private static final List<String> EMPTY = List
		.of("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
				+ "AND pid <> pg_backend_pid()", """
						DO $$ DECLARE name text; BEGIN
						FOR name IN SELECT nspname FROM pg_namespace
							WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
						LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP;
						EXECUTE format('ALTER DATABASE %I RESET ALL', current_database());
						END $$""", "CREATE SCHEMA public");

	private PostgresRecycling() {
	}

	/**
	 * Bring a database back to the state in which it was created.
	 * @return whether it is as new
	 */
	static boolean empty(FreshConnectionDataSource database) {
		try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
			for (String sql : EMPTY) {
				statement.execute(sql);
			}
			if (connection.getMetaData().getDatabaseMajorVersion() < PUBLIC_BELONGS_TO_THE_DATABASE_OWNER_SINCE) {
				statement.execute("GRANT ALL ON SCHEMA public TO PUBLIC");
			}
			else {
				statement.execute("ALTER SCHEMA public OWNER TO pg_database_owner");
				statement.execute("GRANT USAGE ON SCHEMA public TO PUBLIC");
			}
			return true;
		}
		catch (SQLException ex) {
			return false;
		}
	}

}
