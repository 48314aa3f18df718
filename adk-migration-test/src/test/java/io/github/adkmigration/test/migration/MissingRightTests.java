package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The user of the migration has all rights but one, and gets it after the failure.
 */
class MissingRightTests {

	private static final String USER = "migrating";

	private static final String PASSWORD = "s3cr3t-w0rd";

	@ParameterizedTest
	@ValueSource(strings = { "CREATE ON SCHEMA public", "REFERENCES ON sessions", "OWNER" })
	void oneMissingRightOnPostgresIsNamedAndTheStartAfterItsGrantCompletes(String right) throws SQLException {
		DatabaseProvider provider = TestDatabases.embedded(DatabaseDialect.POSTGRESQL);
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			FaultyRun run = FaultyRun.of(database);
			Sql.execute(database, "CREATE ROLE " + USER + " LOGIN");
			try {
				Sql.execute(database, "GRANT USAGE, CREATE ON SCHEMA public TO " + USER,
						"GRANT ALL ON ALL TABLES IN SCHEMA public TO " + USER);
				for (String table : List.of("app_states", "user_states", "events")) {
					Sql.execute(database, "ALTER TABLE " + table + " OWNER TO " + USER);
				}
				boolean owner = right.equals("OWNER");
				Sql.execute(database,
						owner ? "ALTER TABLE events OWNER TO CURRENT_USER" : "REVOKE " + right + " FROM " + USER);
				DataSource limited = new DriverManagerDataSource(database.jdbcUrl(), USER, "");
				lacksARight(run, limited);
				Sql.execute(database, owner ? "ALTER TABLE events OWNER TO " + USER : "GRANT " + right + " TO " + USER);
				run.completesAsOther(limited);
			}
			finally {
				Sql.execute(database, "DROP OWNED BY " + USER + " CASCADE", "DROP ROLE " + USER);
			}
		}
	}

	static Stream<Arguments> rights() {
		return FaultyRun.databases()
			.filter((provider) -> provider.dialect().mysqlFamily())
			.flatMap((provider) -> Stream
				.of("CREATE", "ALTER", "LOCK TABLES",
						provider.dialect() == DatabaseDialect.MYSQL ? "REFERENCES" : "DROP")
				.map((right) -> Arguments.of(Named.of(provider.name(), provider), right)));
	}

	@ParameterizedTest(name = "{1} on {0}", allowZeroInvocations = true)
	@MethodSource("rights")
	void oneMissingRightOnMysqlIsNamedAndTheStartAfterItsGrantCompletes(DatabaseProvider provider, String right)
			throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			FaultyRun run = FaultyRun.of(database);
			String name = String.valueOf(Sql.text(database, "SELECT database()"));
			Sql.execute(database, "CREATE USER " + USER + " IDENTIFIED BY '" + PASSWORD + "'");
			try {
				Sql.execute(database, "GRANT ALL ON " + name + ".* TO " + USER,
						"REVOKE " + right + " ON " + name + ".* FROM " + USER);
				DataSource limited = new DriverManagerDataSource(database.jdbcUrl(), USER, PASSWORD);
				lacksARight(run, limited);
				Sql.execute(database, "GRANT " + right + " ON " + name + ".* TO " + USER);
				run.completes(limited);
			}
			finally {
				Sql.execute(database, "DROP USER " + USER);
			}
		}
	}

	private static void lacksARight(FaultyRun run, DataSource limited) {
		MigrationException failure = run.fails(limited, MigrationErrorCode.MISSING_RIGHTS);
		assertThat(failure.description()).startsWith("The database user lacks a right for ");
		assertThat(failure.action()).startsWith("Grant it");
		assertThat(failure.getMessage()).doesNotContain(PASSWORD);
	}

}
