package io.github.adkmigration.autoconfigure;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.health.AdkMigrationHealthIndicator;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class AdkMigrationHealthContributorAutoConfigurationTests {

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	private final ApplicationContextRunner application = StartedApplication.on(this.database)
		.withConfiguration(AutoConfigurations.of(HealthContributorAutoConfiguration.class,
				HealthContributorRegistryAutoConfiguration.class))
		.withPropertyValues("adk.migration.status-max-age=0");

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void whenTheTablesAreAtHeadThenItIsUp() {
		this.application.withPropertyValues("adk.auto-migrate=true")
			.run((context) -> assertThat(health(context).getStatus()).isEqualTo(Status.UP));
	}

	@Test
	void whenChangesArePendingThenItIsOutOfServiceUntilSomebodyMigrates() {
		this.application.withPropertyValues("adk.migration.on-pending=warn").run((context) -> {
			assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			AdkMigrator.create(this.database.dataSource()).build().migrate();
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void whenTheTablesAreNoLongerRecognisedThenItIsDown() {
		this.application.withPropertyValues("adk.auto-migrate=true").run((context) -> {
			context.getBean(JdbcTemplate.class).execute("ALTER TABLE events RENAME COLUMN event_data TO payload");
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			assertThat(health(context).getDetails()).containsEntry("compatibility", Compatibility.UNRECOGNIZED);
		});
	}

	@Test
	void whenTheLookIsYoungThenItIsNotRepeated() {
		this.application.withPropertyValues("adk.auto-migrate=true", "adk.migration.status-max-age=1h")
			.run((context) -> {
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
				context.getBean(JdbcTemplate.class).execute("DROP TABLE events");
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			});
	}

	@Test
	void whenSwitchedOffThenItIsAbsent() {
		ApplicationContextRunner migrating = this.application.withPropertyValues("adk.auto-migrate=true");
		migrating.run((context) -> assertThat(context).hasSingleBean(AdkMigrationHealthIndicator.class));
		migrating.withPropertyValues("management.health.adkmigration.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AdkMigrationHealthIndicator.class));
	}

	@Test
	void withoutSpringBootsHealthItIsAbsent() {
		StartedApplication.discoveredOn(this.database)
			.withPropertyValues("adk.auto-migrate=true")
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SessionMigrationInitializer.class)
				.doesNotHaveBean("adkMigrationHealthContributor"));
	}

	private static Health health(AssertableApplicationContext context) {
		Object contributor = context.getBean(HealthContributorRegistry.class).getContributor("adkMigration");
		assertThat(contributor).isInstanceOf(HealthIndicator.class);
		Health health = ((HealthIndicator) contributor).health();
		assertThat(health).isNotNull();
		return health;
	}

}
