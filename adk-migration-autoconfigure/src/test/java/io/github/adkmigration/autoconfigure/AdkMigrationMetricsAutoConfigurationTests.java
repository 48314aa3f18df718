package io.github.adkmigration.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.metrics.RunMetrics;
import io.github.adkmigration.autoconfigure.metrics.SchemaMetrics;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Fixtures;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.jdbc.core.JdbcTemplate;

import static io.github.adkmigration.dialect.DatabaseDialect.POSTGRESQL;
import static io.github.adkmigration.dialect.DatabaseDialect.SQLITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AdkMigrationMetricsAutoConfigurationTests {

	private static final String ON = "adk.auto-migrate=true";

	@DatabaseTest(dialects = { SQLITE, POSTGRESQL })
	void whatTheStartMigratedIsInTheFirstScrape(TestDatabase database) {
		Fixture fixture = Fixtures.named("python-1.16.0." + database.dialect().id());
		fixture.load(database);
		try (ScrapedApplication application = ScrapedApplication.start(database, ON,
				"adk.migration.legacy.time-zone=" + fixture.zone())) {
			Scrape scrape = application.scrape();
			assertThat(scrape.value("adk_migration_runs_total", "outcome", "migrated")).isOne();
			assertThat(scrape.value("adk_migration_runs_total", "outcome", "failed")).isZero();
			assertThat(scrape.value("adk_migration_duration_seconds_count", "kind", "upgrade", "outcome", "migrated"))
				.isOne();
			assertThat(scrape.value("adk_migration_duration_seconds_bucket", "le", "43200.0")).isOne();
			assertThat(scrape.value("adk_migration_rows_total", "result", "converted")).isPositive();
			assertThat(scrape.value("adk_migration_rows_total", "result", "quarantined")).isZero();
			assertThat(scrape.value("adk_migration_lock_wait_seconds_count")).isOne();
			assertThat(scrape.value("adk_migration_rate")).isZero();
			assertThat(scrape.value("adk_migration_run_seconds_count", "outcome", "migrated")).isOne();
			assertThat(scrape.value("adk_migration_step_seconds_count", "step", "ext_adk_0001_backfill")).isOne();
			assertThat(application.text()).as("the meters of others").contains("jvm_threads_live_threads");
			assertThat(scrape.value("adk_migration_lag")).isZero();
			assertThat(scrape.value("adk_migration_last_run_failed")).isZero();
			assertThat(scrape.value("adk_migration_last_success_age_seconds")).isBetween(0.0, 600.0);
			assertThat(set(scrape, "adk_migration_schema_revision", "revision")).isEqualTo(Map.of("0002", 1.0));
			assertThat(set(scrape, "adk_migration_schema_compatibility", "state")).isEqualTo(Map.of("equal", 1.0));
		}
	}

	@Test
	void aStartWithNothingToDoIsCountedToo() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			ScrapedApplication.start(database, ON).close();
			try (ScrapedApplication application = ScrapedApplication.start(database, ON)) {
				Scrape scrape = application.scrape();
				assertThat(scrape.value("adk_migration_runs_total", "outcome", "up-to-date")).isOne();
				assertThat(scrape.value("adk_migration_runs_total", "outcome", "created")).isZero();
				assertThat(scrape.value("adk_migration_duration_seconds_count", "outcome", "up-to-date")).isOne();
				assertThat(scrape.value("adk_migration_lock_wait_seconds_count")).isZero();
			}
		}
	}

	@Test
	void tablesThatAreBehindLag() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			Fixtures.sample().load(database);
			try (ScrapedApplication application = ScrapedApplication.start(database, "adk.migration.on-pending=warn")) {
				Scrape scrape = application.scrape();
				assertThat(scrape.value("adk_migration_lag")).isPositive();
				assertThat(set(scrape, "adk_migration_schema_revision", "revision")).isEqualTo(Map.of("base", 1.0));
				assertThat(set(scrape, "adk_migration_schema_compatibility", "state")).isEqualTo(Map.of("behind", 1.0));
				assertThat(scrape.value("adk_migration_last_success_age_seconds")).isNaN();
				assertThat(scrape.names()).contains("adk_migration_runs_total")
					.doesNotContain("adk_migration_duration_seconds_count");
			}
		}
	}

	@Test
	void aRefusedRunAndAFailedOneAreCounted() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			Fixtures.sample().load(database);
			try (ScrapedApplication application = ScrapedApplication.start(database, "adk.migration.on-pending=warn",
					"adk.migration.legacy.time-zone=Asia/Kolkata")) {
				AdkMigrator migrator = application.context().getBean(AdkMigrator.class);
				assertThatExceptionOfType(MigrationException.class).isThrownBy(migrator::migrate);
				Scrape scrape = application.scrape();
				assertThat(scrape.value("adk_migration_runs_total", "outcome", "refused")).isOne();
				assertThat(scrape.value("adk_migration_duration_seconds_count", "outcome", "refused")).isOne();
			}
			new JdbcTemplate(database.dataSource())
				.execute("UPDATE events SET actions = x'00' WHERE id = (SELECT MIN(id) FROM events)");
			try (ScrapedApplication application = ScrapedApplication.start(database, "adk.migration.on-pending=warn")) {
				AdkMigrator migrator = application.context().getBean(AdkMigrator.class);
				assertThatExceptionOfType(MigrationException.class).isThrownBy(migrator::migrate);
				Scrape scrape = application.scrape();
				assertThat(scrape.value("adk_migration_runs_total", "outcome", "failed")).isOne();
				assertThat(scrape.value("adk_migration_last_run_failed")).isOne();
				assertThat(scrape.value("adk_migration_lag")).isPositive();
			}
		}
	}

	@Test
	void aDatabaseThatIsGoneGivesNoNumbersAndNoError() throws Exception {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			try (ScrapedApplication application = ScrapedApplication.start(database, ON)) {
				Path file = database.file().orElseThrow();
				Files.write(file, List.of("This is no database."));
				Scrape scrape = application.scrape();
				assertThat(scrape.value("adk_migration_lag")).isNaN();
				assertThat(scrape.value("adk_migration_schema_revision", "revision", "0002")).isNaN();
				assertThat(scrape.value("adk_migration_runs_total", "outcome", "created")).isOne();
				assertThat(scrape.value("adk_migration_last_success_age_seconds")).isNaN();
			}
		}
	}

	@Test
	void withoutMicrometerThereAreNone() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			StartedApplication.discoveredOn(database)
				.withPropertyValues(ON)
				.withClassLoader(new FilteredClassLoader("io.micrometer"))
				.run((context) -> assertThat(context).hasNotFailed()
					.hasSingleBean(SessionMigrationInitializer.class)
					.doesNotHaveBean("adkMigrationRunMetrics"));
		}
	}

	@Test
	void withoutARegistryThereAreNone() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			StartedApplication.discoveredOn(database)
				.withPropertyValues(ON)
				.run((context) -> assertThat(context).hasNotFailed()
					.doesNotHaveBean(RunMetrics.class)
					.doesNotHaveBean(SchemaMetrics.class));
		}
	}

	private static Map<String, Double> set(Scrape scrape, String name, String label) {
		assertThat(scrape.labels(name)).contains(label);
		return scrape.samples()
			.stream()
			.filter((sample) -> sample.name().equals(name) && sample.value() != 0)
			.collect(Collectors.toMap((sample) -> sample.labels().get(label), Scrape.Sample::value));
	}

}
