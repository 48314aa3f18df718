package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.report.PreflightReport;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Rights that a user lacks are named one by one, and before the first write. Each test
 * first shows that whoever has them all gets a go.
 */
class PreflightRightTests {

	private static final String USER = "looking";

	private static final String PASSWORD = "s3cr3t-w0rd";

	static Stream<Arguments> servers(DatabaseDialect... dialects) {
		return FaultyRun.servers()
			.filter((provider) -> List.of(dialects).contains(provider.dialect()))
			.map((provider) -> Arguments.of(Named.of(provider.name(), provider)));
	}

	static Stream<Arguments> postgres() {
		return servers(DatabaseDialect.POSTGRESQL);
	}

	static Stream<Arguments> mysql() {
		return servers(DatabaseDialect.MYSQL, DatabaseDialect.MARIADB);
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("postgres")
	void eachMissingRightIsNamedOnPostgres(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			fill(database);
			Sql.execute(database, "ALTER TABLE events ADD COLUMN n BIGINT DEFAULT 0", "CREATE SEQUENCE numbers",
					"ALTER TABLE events ALTER COLUMN n SET DEFAULT nextval('numbers')",
					"CREATE ROLE " + USER + " LOGIN");
			try {
				Sql.execute(database, "GRANT CREATE ON SCHEMA public TO " + USER,
						"GRANT SELECT, REFERENCES, DELETE ON sessions TO " + USER,
						"GRANT SELECT, INSERT, UPDATE ON app_states, user_states TO " + USER,
						"ALTER TABLE events OWNER TO " + USER, "GRANT USAGE ON SEQUENCE numbers TO " + USER);
				DataSource limited = new DriverManagerDataSource(database.jdbcUrl(), USER, "");
				goes(limited);
				lacks(database, limited, "CREATE ON SCHEMA public", "CREATE on the schema public");
				lacks(database, limited, "REFERENCES ON sessions", "REFERENCES on the table sessions");
				lacks(database, limited, "DELETE ON sessions",
						"UPDATE, DELETE or TRUNCATE, to lock it, on the table sessions");
				lacks(database, limited, "INSERT ON app_states", "INSERT on the table app_states");
				lacks(database, limited, "USAGE ON SEQUENCE numbers", "USAGE on the sequence numbers");
				Sql.execute(database, "ALTER TABLE events OWNER TO CURRENT_USER",
						"GRANT SELECT, UPDATE ON events TO " + USER);
				refuses(limited, "the ownership of the table events");
				Sql.execute(database, "ALTER TABLE events OWNER TO " + USER, "REVOKE TEMPORARY ON DATABASE "
						+ Sql.text(database, "SELECT current_database()") + " FROM PUBLIC");
				PreflightReport report = Migrations.migrator(limited, Migrations.settings()).preflight();
				assertThat(report.go()).as("to make temporary tables is no right that a run needs").isTrue();
				assertThat(report.estimate()).isNotNull();
				assertThat(report.estimate()).extracting("written").isEqualTo(false);
				Migrations.migrator(limited, Migrations.settings()).migrate();
			}
			finally {
				Sql.execute(database, "DROP OWNED BY " + USER + " CASCADE", "DROP ROLE " + USER);
			}
		}
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("postgres")
	void rightsOfARoleCountOnPostgres(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			fill(database);
			Sql.execute(database, "CREATE ROLE looking_group", "CREATE ROLE " + USER + " LOGIN IN ROLE looking_group");
			try {
				Sql.execute(database, "GRANT CREATE ON SCHEMA public TO looking_group");
				for (String table : List.of("sessions", "app_states", "user_states", "events")) {
					Sql.execute(database, "ALTER TABLE " + table + " OWNER TO looking_group");
				}
				DataSource limited = new DriverManagerDataSource(database.jdbcUrl(), USER, "");
				goes(limited);
				Migrations.migrator(limited, Migrations.settings()).migrate();
			}
			finally {
				Sql.execute(database, "DROP OWNED BY looking_group, " + USER + " CASCADE",
						"DROP ROLE " + USER + ", looking_group");
			}
		}
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("mysql")
	void eachMissingRightIsNamedOnMysql(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			fill(database);
			String schema = String.valueOf(Sql.text(database, "SELECT database()"));
			Sql.execute(database, "CREATE USER " + USER + " IDENTIFIED BY '" + PASSWORD + "'");
			try {
				String pattern = "`" + schema.replace("_", "\\_") + "`.*";
				Sql.execute(database,
						"GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, LOCK TABLES, REFERENCES ON "
								+ pattern + " TO " + USER);
				DataSource limited = new DriverManagerDataSource(database.jdbcUrl(), USER, PASSWORD);
				goes(limited);
				for (String right : List.of("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER")) {
					Sql.execute(database, "REVOKE " + right + " ON " + pattern + " FROM " + USER);
					refuses(limited, right + " on the table");
					Sql.execute(database, "GRANT " + right + " ON " + pattern + " TO " + USER);
				}
				Sql.execute(database, "REVOKE LOCK TABLES ON " + pattern + " FROM " + USER);
				refuses(limited, "LOCK TABLES on the schema " + schema);
				Sql.execute(database, "GRANT LOCK TABLES ON " + pattern + " TO " + USER,
						"REVOKE REFERENCES ON " + pattern + " FROM " + USER);
				if (provider.dialect() == DatabaseDialect.MYSQL) {
					refuses(limited, "REFERENCES on the table sessions");
					Sql.execute(database, "GRANT REFERENCES ON " + schema + ".sessions TO " + USER);
				}
				goes(limited);
				Migrations.migrator(limited, Migrations.settings()).migrate();
			}
			finally {
				Sql.execute(database, "DROP USER " + USER);
			}
		}
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("mysql")
	void rightsOfAnActiveRoleCountOnMysql(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			fill(database);
			String schema = String.valueOf(Sql.text(database, "SELECT database()"));
			boolean mysql = provider.dialect() == DatabaseDialect.MYSQL;
			Sql.execute(database, "CREATE ROLE migrators", "CREATE USER " + USER + " IDENTIFIED BY '" + PASSWORD + "'");
			try {
				Sql.execute(database, "GRANT ALL ON " + schema + ".* TO migrators",
						"GRANT SELECT ON " + schema + ".* TO " + USER, "GRANT migrators TO " + USER);
				DataSource limited = new DriverManagerDataSource(database.jdbcUrl(), USER, PASSWORD);
				PreflightReport inactive = Migrations.migrator(limited, Migrations.settings()).preflight();
				assertThat(inactive.findings()).extracting(PreflightFinding::code)
					.as("a role that is not active gives nothing")
					.contains(PreflightCode.MISSING_RIGHT);
				Sql.execute(database,
						mysql ? "SET DEFAULT ROLE migrators TO " + USER : "SET DEFAULT ROLE migrators FOR " + USER);
				goes(limited);
				Migrations.migrator(limited, Migrations.settings()).migrate();
			}
			finally {
				Sql.execute(database, "DROP USER " + USER, "DROP ROLE migrators");
			}
		}
	}

	private static void fill(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
	}

	private static void goes(DataSource limited) {
		PreflightReport report = Migrations.migrator(limited, Migrations.settings()).preflight();
		assertThat(report.go()).as(report.findings().toString()).isTrue();
	}

	private static void lacks(TestDatabase database, DataSource limited, String right, String words)
			throws SQLException {
		Sql.execute(database, "REVOKE " + right + " FROM " + USER);
		refuses(limited, words);
		Sql.execute(database, "GRANT " + right + " TO " + USER);
	}

	private static void refuses(DataSource limited, String words) {
		PreflightFinding finding = PreflightTests.refused(limited, Migrations.settings(), PreflightCode.MISSING_RIGHT);
		assertThat(finding.fact()).startsWith("The database user lacks a right for migrating: " + words);
		assertThat(finding.toString()).doesNotContain(PASSWORD);
	}

}
