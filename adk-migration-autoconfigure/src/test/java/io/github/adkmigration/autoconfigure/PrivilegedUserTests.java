package io.github.adkmigration.autoconfigure;

import java.util.UUID;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

import static io.github.adkmigration.dialect.DatabaseDialect.MARIADB;
import static io.github.adkmigration.dialect.DatabaseDialect.MYSQL;
import static io.github.adkmigration.dialect.DatabaseDialect.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application's user may read and write rows, and only another may change the schema.
 */
@ExtendWith(OutputCaptureExtension.class)
class PrivilegedUserTests {

	private static final String SECRET = "s3cr3t-41c0";

	private final String suffix = UUID.randomUUID().toString().substring(0, 8);

	private final String agent = "agent_" + this.suffix;

	private final String owner = "owner_" + this.suffix;

	@DatabaseTest(dialects = POSTGRESQL)
	void theOtherUserChangesTheSchemaAndTheApplicationUsesIt(TestDatabase database, CapturedOutput output) {
		withRoles(database, () -> {
			application(database)
				.withPropertyValues("adk.auto-migrate=true", "adk.migration.user=" + this.owner,
						"adk.migration.password=" + SECRET)
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(context.getBean(MigrationReportStore.class).last()).get()
						.extracting((report) -> report.outcome())
						.isEqualTo(Outcome.CREATED);
					JdbcTemplate admin = new JdbcTemplate(database.dataSource());
					assertThat(admin.queryForList(
							"SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'", String.class))
						.containsExactly(this.owner);
					assertThat(admin.queryForList("SELECT pid FROM pg_stat_activity WHERE usename = ?", this.owner))
						.isEmpty();
					assertThat(context.getBean(AdkMigrator.class).status().compatibility())
						.isEqualTo(Compatibility.EQUAL);
				});
			application(database).run((context) -> assertThat(context).hasNotFailed());
		});
		assertThat(output).doesNotContain(SECRET);
	}

	@DatabaseTest(dialects = POSTGRESQL)
	void aUrlOfItsOwnIsUsedToo(TestDatabase database) {
		withRoles(database,
				() -> application(database)
					.withPropertyValues("adk.auto-migrate=true", "adk.migration.url=" + database.jdbcUrl(),
							"adk.migration.user=" + this.owner, "adk.migration.password=" + SECRET)
					.run((context) -> assertThat(context).hasNotFailed()));
	}

	@DatabaseTest(dialects = POSTGRESQL)
	void withoutTheOtherUserTheStartFailsAndNothingIsWritten(TestDatabase database) {
		withRoles(database, () -> {
			application(database).withPropertyValues("adk.auto-migrate=true").run((context) -> {
				MigrationException failure = AdkMigrationAutoConfigurationTests.failure(context);
				assertThat(failure.code()).isEqualTo(MigrationErrorCode.MISSING_RIGHTS);
				assertThat(RunFailureTests.text(failure)).isEqualTo(FailureText.golden("missing-right"));
			});
			assertThat(new JdbcTemplate(database.dataSource())
				.queryForList("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).isEmpty();
		});
	}

	@DatabaseTest(dialects = { MYSQL, MARIADB })
	void onMysqlTooTheStartFailsWithoutTheRightAndNothingIsWritten(TestDatabase database) {
		JdbcTemplate admin = new JdbcTemplate(database.dataSource());
		String schema = admin.queryForList("SELECT database()", String.class).get(0);
		admin.execute("CREATE USER '" + this.agent + "'@'%' IDENTIFIED BY '" + SECRET + "'");
		try {
			admin.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON `" + schema + "`.* TO '" + this.agent + "'@'%'");
			application(database).withPropertyValues("adk.auto-migrate=true")
				.run((context) -> assertThat(AdkMigrationAutoConfigurationTests.failure(context).code())
					.isEqualTo(MigrationErrorCode.MISSING_RIGHTS));
			assertThat(admin.queryForList("SHOW TABLES")).isEmpty();
		}
		finally {
			admin.execute("DROP USER '" + this.agent + "'@'%'");
		}
	}

	private ApplicationContextRunner application(TestDatabase database) {
		return StartedApplication.withoutDatabase()
			.withPropertyValues("spring.datasource.url=" + database.jdbcUrl(),
					"spring.datasource.username=" + this.agent, "spring.datasource.password=" + SECRET,
					"spring.datasource.hikari.maximum-pool-size=2");
	}

	private void withRoles(TestDatabase database, Runnable test) {
		JdbcTemplate admin = new JdbcTemplate(database.dataSource());
		admin.execute("CREATE ROLE " + this.agent + " LOGIN PASSWORD '" + SECRET + "'");
		admin.execute("CREATE ROLE " + this.owner + " LOGIN PASSWORD '" + SECRET + "'");
		try {
			admin.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
			admin.execute("GRANT CREATE ON SCHEMA public TO " + this.owner);
			admin.execute("ALTER DEFAULT PRIVILEGES FOR ROLE " + this.owner
					+ " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO " + this.agent);
			test.run();
		}
		finally {
			admin.execute("DROP OWNED BY " + this.owner + " CASCADE");
			admin.execute("DROP OWNED BY " + this.agent + " CASCADE");
			admin.execute("DROP ROLE " + this.owner);
			admin.execute("DROP ROLE " + this.agent);
		}
	}

}
