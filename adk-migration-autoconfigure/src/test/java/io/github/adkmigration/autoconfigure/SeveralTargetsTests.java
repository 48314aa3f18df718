package io.github.adkmigration.autoconfigure;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationDescriptor;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationDescriptor.FurtherTarget;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationEndpoint;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationEndpointWebExtension;
import io.github.adkmigration.autoconfigure.health.AdkMigrationHealthIndicator;
import io.github.adkmigration.autoconfigure.metrics.SchemaMetrics;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static io.github.adkmigration.dialect.DatabaseDialect.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * One application with the session tables of several tenants, of which one makes trouble.
 */
class SeveralTargetsTests {

	private static final String SECRET = "s3cr3t-51aa";

	private final String user = "tenants_" + UUID.randomUUID().toString().substring(0, 8);

	private final TestDatabase file = TestDatabases.sqlite().newDatabase();

	@AfterEach
	void drop() {
		this.file.close();
	}

	@DatabaseTest(dialects = POSTGRESQL)
	void theSecondOfThreeHasNoRightAndTheStartFails(TestDatabase database) {
		withSchemas(database, (admin) -> {
			tenants(database, "adk.auto-migrate=true").run((context) -> {
				MigrationException failure = failure(context);
				assertThat(failure.code()).isEqualTo(MigrationErrorCode.MISSING_RIGHTS);
				assertThat(failure.description())
					.startsWith("Target globex cannot be used; usable: acme; skipped: initech. ")
					.doesNotContain(SECRET);
				assertThat(failure.action())
					.endsWith("With adk.migration.on-target-failure=continue the application starts without it.");
			});
			assertThat(revision(database, "acme")).isEqualTo("0002");
			assertThat(revision(database, "globex")).isEqualTo("base");
			assertThat(revision(database, "initech")).isEqualTo("base");
		});
	}

	@DatabaseTest(dialects = POSTGRESQL)
	void theOthersAreServedAndTheSecondFollowsWhenItCan(TestDatabase database) {
		withSchemas(database,
				(admin) -> tenants(database, "adk.auto-migrate=true", "adk.migration.on-target-failure=continue",
						"adk.migration.poll-interval=50ms", "adk.migration.status-max-age=0",
						"management.endpoint.adkmigration.access=UNRESTRICTED")
					.run((context) -> {
						assertThat(context).hasNotFailed();
						assertThat(told(context)).extracting(FurtherTarget::name)
							.containsExactly("acme", "globex", "initech");
						assertThat(told(context)).extracting(FurtherTarget::usable).containsExactly(true, false, true);
						assertThat(told(context).get(1).problem()).isNotNull()
							.extracting(AdkMigrationDescriptor.Problem::code)
							.isEqualTo(MigrationErrorCode.MISSING_RIGHTS);
						assertThat(health(context).getStatus()).isEqualTo(Status.UP);
						assertThat(targets(context).get("globex")).asInstanceOf(InstanceOfAssertFactories.MAP)
							.containsEntry("status", "OUT_OF_SERVICE")
							.containsEntry("code", MigrationErrorCode.MISSING_RIGHTS);
						assertThat(targets(context).get("acme")).asInstanceOf(InstanceOfAssertFactories.MAP)
							.containsEntry("status", "UP");
						assertThat(usable(context, "globex")).isZero();
						assertThat(usable(context, "acme")).isEqualTo(1);

						admin.execute("GRANT CREATE ON SCHEMA globex TO " + this.user);
						assertThat(WaitingApplication.comes(() -> told(context).get(1).problem() == null)).isTrue();

						assertThat(told(context)).allMatch(FurtherTarget::usable);
						assertThat(usable(context, "globex")).isEqualTo(1);
						eachHasItsPage(context);
					}));
	}

	private static void eachHasItsPage(AssertableApplicationContext context) {
		AdkMigrationEndpoint endpoint = context.getBean(AdkMigrationEndpoint.class);
		assertThat(endpoint.find("globex")).isInstanceOfSatisfying(AdkMigrationDescriptor.class, (page) -> {
			assertThat(page.compatibility()).isEqualTo(Compatibility.EQUAL);
			assertThat(page.startup()).isNotNull();
			assertThat(page.runs()).isNotEmpty();
			assertThat(endpoint.run("globex", String.valueOf(page.runs().get(0).number()))).isNotNull()
				.extracting((run) -> run.run().outcome())
				.isEqualTo("created");
		});
		assertThat(endpoint.find("1")).isInstanceOf(RunDetails.class);
		assertThat(endpoint.find("umbrella")).isNull();
		assertThat(endpoint.run("umbrella", "1")).isNull();
		assertThat(endpoint.run("globex", "one")).isNull();
		AdkMigrationEndpointWebExtension web = context.getBean(AdkMigrationEndpointWebExtension.class);
		assertThat(web.operateTarget("globex", "migrate").getStatus()).isEqualTo(202);
		assertThat(web.operateTarget("globex", "pause").getStatus()).isEqualTo(409);
		assertThat(web.operateTarget("umbrella", "migrate").getStatus()).isEqualTo(404);
	}

	@Test
	void aStartThatMayNotMigrateNamesTheTargetThatIsBehind() {
		AdkMigrator.create(this.file.dataSource()).build().migrate();
		sqlite("adk.migration.targets.acme.table-prefix=acme_").run((context) -> {
			MigrationException failure = failure(context);
			assertThat(failure.code()).isEqualTo(MigrationErrorCode.PENDING_CHANGES);
			assertThat(failure.description()).startsWith("Target acme cannot be used. The session tables are behind");
		});
		sqlite("adk.migration.targets.acme.table-prefix=acme_", "adk.migration.on-pending=warn").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(told(context)).singleElement().matches((target) -> !target.usable() && target.lag() > 0);
			assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		});
	}

	@Test
	void anApplicationWaitsForAllOfThem() {
		AdkMigrator.create(this.file.dataSource()).build().migrate();
		try (WaitingApplication application = WaitingApplication.start(this.file,
				"adk.migration.targets.acme.table-prefix=acme_", "adk.migration.targets.globex.table-prefix=globex_")) {
			assertThat(application.status("readiness")).isEqualTo(503);
			migrate("acme_");
			assertThat(application.status("readiness")).isEqualTo(503);
			migrate("globex_");
			assertThat(WaitingApplication.comes(() -> application.status("readiness") == 200)).isTrue();
		}
	}

	@Test
	void oneThatTheApplicationCanWorkWithoutIsNotWaitedFor() {
		AdkMigrator.create(this.file.dataSource()).build().migrate();
		try (WaitingApplication application = WaitingApplication.start(this.file,
				"adk.migration.targets.acme.table-prefix=acme_", "adk.migration.on-target-failure=continue",
				"adk.migration.status-max-age=0")) {
			assertThat(application.status("readiness")).isEqualTo(200);
			migrate("acme_");
			assertThat(WaitingApplication.comes(() -> "UP"
				.equals(application.health().path("details").path("targets").path("acme").path("status").asString("")
						+ (application.health().path("details").path("targets").path("acme").has("code") ? "?" : ""))))
				.isTrue();
		}
	}

	@Test
	void aTargetCanHaveADataSourceOfItsOwn() {
		try (TestDatabase other = TestDatabases.sqlite().newDatabase()) {
			OtherDatabase.url = other.jdbcUrl();
			sqlite("adk.auto-migrate=true", "adk.migration.targets.archive.data-source=archive")
				.withUserConfiguration(OtherDatabase.class)
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(told(context)).singleElement().matches(FurtherTarget::usable);
				});
			assertThat(AdkMigrator.create(other.dataSource()).build().status().compatibility())
				.isEqualTo(Compatibility.EQUAL);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"targets.acme.schema=|The table adk_internal_metadata is that of the properties beside",
			"targets.pause.table-prefix=p_|The name 'pause' of a target",
			"targets.Acme.table-prefix=p_|The name 'Acme' of a target",
			"targets.acme.data-source=nothing|names the bean 'nothing', and the data sources of the application are dataSource.",
			"targets.acme.table-prefix=A-|The table prefix 'A-' is not allowed." })
	void aWrongTargetIsNamed(String property, String text) {
		sqlite("adk.auto-migrate=true", "adk.migration." + property).run((context) -> {
			MigrationException failure = failure(context);
			assertThat(failure.code()).isEqualTo(MigrationErrorCode.INVALID_SETTING);
			assertThat(failure.description()).contains(text);
		});
	}

	private void migrate(String prefix) {
		AdkMigrator.create(this.file.dataSource())
			.settings(MigrationSettings.defaults().withTables(SessionTables.withPrefix(prefix)))
			.build()
			.migrate();
	}

	private ApplicationContextRunner sqlite(String... properties) {
		return StartedApplication.on(this.file)
			.withPropertyValues("management.endpoints.web.exposure.include=adkmigration")
			.withPropertyValues(properties);
	}

	private ApplicationContextRunner tenants(TestDatabase database, String... properties) {
		return StartedApplication.withoutDatabase()
			.withPropertyValues("spring.datasource.url=" + database.jdbcUrl(),
					"spring.datasource.username=" + this.user, "spring.datasource.password=" + SECRET,
					"spring.datasource.hikari.maximum-pool-size=3",
					"management.endpoints.web.exposure.include=adkmigration", "adk.migration.targets.acme.schema=acme",
					"adk.migration.targets.globex.schema=globex", "adk.migration.targets.initech.schema=initech")
			.withPropertyValues(properties);
	}

	private void withSchemas(TestDatabase database, Consumer<JdbcTemplate> test) {
		JdbcTemplate admin = new JdbcTemplate(database.dataSource());
		admin.execute("CREATE ROLE " + this.user + " LOGIN PASSWORD '" + SECRET + "'");
		try {
			admin.execute("GRANT CREATE ON SCHEMA public TO " + this.user);
			for (String schema : List.of("acme", "globex", "initech")) {
				admin.execute("CREATE SCHEMA " + schema);
				admin.execute("GRANT USAGE ON SCHEMA " + schema + " TO " + this.user);
				if (!schema.equals("globex")) {
					admin.execute("GRANT CREATE ON SCHEMA " + schema + " TO " + this.user);
				}
			}
			test.accept(admin);
		}
		finally {
			admin.execute("DROP OWNED BY " + this.user + " CASCADE");
			admin.execute("DROP ROLE " + this.user);
		}
	}

	private static String revision(TestDatabase database, String schema) {
		return AdkMigrator.create(database.dataSource())
			.settings(MigrationSettings.defaults().withTables(SessionTables.defaults().inSchema(schema)))
			.build()
			.status()
			.revision();
	}

	private static MigrationException failure(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		Throwable failure = context.getStartupFailure();
		while (failure != null && !(failure instanceof MigrationException)) {
			failure = failure.getCause();
		}
		assertThat(failure).isInstanceOf(MigrationException.class);
		return (MigrationException) failure;
	}

	private static List<FurtherTarget> told(AssertableApplicationContext context) {
		return context.getBean(AdkMigrationEndpoint.class).adkMigration().targets();
	}

	private static Health health(AssertableApplicationContext context) {
		return Objects.requireNonNull(context.getBean(AdkMigrationHealthIndicator.class).health());
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> targets(AssertableApplicationContext context) {
		return (Map<String, Object>) Objects.requireNonNull(health(context).getDetails().get("targets"));
	}

	private static double usable(AssertableApplicationContext context, String target) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		new SchemaMetrics(context.getBean(AdkMigrator.class)::status, Clock.systemUTC(),
				context.getBean(MigrationTargets.class)::states)
			.bindTo(registry);
		return registry.get("adk.migration.target.usable").tag("target", target).gauge().value();
	}

	@Configuration(proxyBeanMethods = false)
	static class OtherDatabase {

		private static String url = "";

		@Bean(defaultCandidate = false)
		DriverManagerDataSource archive() {
			return new DriverManagerDataSource(url);
		}

	}

}
