package io.github.adkmigration.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.google.adk.sessions.BaseSessionService;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationDescriptor;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationEndpoint;
import io.github.adkmigration.autoconfigure.health.AdkMigrationHealthIndicator;
import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Fixtures;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

import static io.github.adkmigration.dialect.DatabaseDialect.MARIADB;
import static io.github.adkmigration.dialect.DatabaseDialect.MYSQL;
import static io.github.adkmigration.dialect.DatabaseDialect.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * One user migrates and may change the schema; the other is that of the application and
 * may not: it checks, tells its health, answers the endpoint and serves sessions.
 */
class TwoUsersTests {

	private static final String SECRET = "s3cr3t-88e2";

	private final String suffix = UUID.randomUUID().toString().substring(0, 8);

	private final String agent = "agent_" + this.suffix;

	private final String owner = "owner_" + this.suffix;

	@DatabaseTest(dialects = { POSTGRESQL, MYSQL, MARIADB })
	void theFirstMigratesAndTheSecondChecksAndServes(TestDatabase database) {
		Fixture fixture = fixture(database);
		fixture.load(database);
		withUsers(database, () -> {
			application(database, this.agent).withPropertyValues("adk.migration.on-pending=warn").run((context) -> {
				assertThat(told(context, Status.OUT_OF_SERVICE).compatibility()).isEqualTo(Compatibility.BEHIND);
				assertThat(catchThrowable(() -> context.getBean(JdbcTemplate.class).execute("CREATE TABLE x (y INT)")))
					.as("it really has no right")
					.isNotNull();
			});
			application(database, this.owner)
				.withPropertyValues("adk.auto-migrate=true", "adk.migration.legacy.time-zone=" + fixture.zone())
				.run((context) -> assertThat(context.getBean(MigrationReportStore.class).last()).get()
					.extracting((report) -> report.outcome())
					.isEqualTo(Outcome.MIGRATED));
			application(database, this.agent).run((context) -> {
				assertThat(context).hasNotFailed();
				AdkMigrationDescriptor told = told(context, Status.UP);
				assertThat(told.compatibility()).isEqualTo(Compatibility.EQUAL);
				assertThat(told.runs()).singleElement()
					.satisfies((run) -> assertThat(run.run().rows().converted())
						.isEqualTo(fixture.eventRows().orElseThrow()));
				BaseSessionService sessions = context.getBean(BaseSessionService.class);
				String id = sessions.createSession("app", "user", Map.of(), null).blockingGet().id();
				assertThat(sessions.getSession("app", "user", id, Optional.empty()).blockingGet()).isNotNull();
			});
		});
	}

	private static AdkMigrationDescriptor told(AssertableApplicationContext context, Status status) {
		Health health = context.getBean(AdkMigrationHealthIndicator.class).health();
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(status);
		AdkMigrationDescriptor told = context.getBean(AdkMigrationEndpoint.class).adkMigration();
		assertThat(told.problem()).isNull();
		return told;
	}

	private static Fixture fixture(TestDatabase database) {
		return Fixtures.python()
			.stream()
			.filter((fixture) -> fixture.loadsInto(database.dialect()) && fixture.release().equals("1.14.1"))
			.findFirst()
			.orElseThrow();
	}

	private ApplicationContextRunner application(TestDatabase database, String user) {
		return StartedApplication.withoutDatabase()
			.withPropertyValues("spring.datasource.url=" + database.jdbcUrl(), "spring.datasource.username=" + user,
					"spring.datasource.password=" + SECRET, "spring.datasource.hikari.maximum-pool-size=2",
					"management.endpoints.web.exposure.include=adkmigration");
	}

	private void withUsers(TestDatabase database, Runnable test) {
		JdbcTemplate admin = new JdbcTemplate(database.dataSource());
		boolean postgres = database.dialect() == POSTGRESQL;
		for (String user : List.of(this.agent, this.owner)) {
			admin.execute(postgres ? "CREATE ROLE " + user + " LOGIN PASSWORD '" + SECRET + "'"
					: "CREATE USER '" + user + "'@'%' IDENTIFIED BY '" + SECRET + "'");
		}
		try {
			if (postgres) {
				admin.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
				admin.execute("GRANT CREATE ON SCHEMA public TO " + this.owner);
				for (String table : admin.queryForList("SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
						String.class)) {
					admin.execute("ALTER TABLE " + table + " OWNER TO " + this.owner);
				}
				admin.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + this.agent);
				admin.execute("ALTER DEFAULT PRIVILEGES FOR ROLE " + this.owner
						+ " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO " + this.agent);
			}
			else {
				String schema = admin.queryForObject("SELECT database()", String.class);
				admin.execute("GRANT ALL ON `" + schema + "`.* TO '" + this.owner + "'@'%'");
				admin.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON `" + schema + "`.* TO '" + this.agent + "'@'%'");
			}
			test.run();
		}
		finally {
			for (String user : List.of(this.owner, this.agent)) {
				if (postgres) {
					admin.execute("DROP OWNED BY " + user + " CASCADE");
				}
				admin.execute(postgres ? "DROP ROLE " + user : "DROP USER '" + user + "'@'%'");
			}
		}
	}

}
