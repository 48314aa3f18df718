package io.github.adkmigration.autoconfigure;

import java.util.List;
import java.util.Properties;

import javax.sql.DataSource;

import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.InMemorySessionService;
import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.ReportText;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.session.jdbc.JdbcSessionService;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixtures;
import liquibase.integration.spring.SpringLiquibase;
import net.javacrumbs.shedlock.core.LockProvider;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.jdbc.SchemaManagementProvider;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class AdkMigrationAutoConfigurationTests {

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void whenMigrationIsAskedForThenTheTablesExistAfterTheStart() {
		StartedApplication.on(this.database).withPropertyValues("adk.auto-migrate=true").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(tables(context)).contains("sessions", "events", "app_states", "user_states",
					"adk_internal_metadata");
			assertThat(context.getBean(MigrationReportStore.class).last()).get()
				.extracting((report) -> report.outcome())
				.isEqualTo(Outcome.CREATED);
		});
	}

	@Test
	void whenTheTablesAreAtHeadThenASecondStartReportsUpToDate() {
		ApplicationContextRunner application = StartedApplication.on(this.database)
			.withPropertyValues("adk.auto-migrate=true");
		application.run((context) -> assertThat(context).hasNotFailed());
		application.run((context) -> assertThat(context.getBean(MigrationReportStore.class).last()).get()
			.extracting((report) -> report.outcome())
			.isEqualTo(Outcome.UP_TO_DATE));
	}

	@Test
	void theReportOfARunIsLoggedAsABlockAndAnUpToDateStartAsALine(CapturedOutput output) {
		ApplicationContextRunner application = StartedApplication.on(this.database)
			.withPropertyValues("adk.auto-migrate=true");
		application.run((context) -> assertThat(context.getBean(MigrationReportStore.class).last()).get()
			.satisfies((report) -> assertThat(output).contains(ReportText.of(report))));
		application.run((context) -> assertThat(output).contains("The session tables are up to date at "));
	}

	@Test
	void whatIsBeforeAMigrationIsLoggedBeforeTheWorkBegins(CapturedOutput output) {
		Fixtures.sample().load(this.database);
		StartedApplication.on(this.database)
			.withPropertyValues("adk.auto-migrate=true")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output.toString()).containsSubsequence("Before the first change:",
				" ADK session tables: before a migration", " tables     sessions", " events ", "15 rows",
				" clock      America/New_York, proven by the rows", " lock       file lock", "Migrating python-1.14.0",
				"The session tables are ready.");
		assertThat(output).as("a small table is not worth a sample").doesNotContain(" time       about");
	}

	@Test
	void whoMayNotMigrateIsToldWhatIsBeforeAMigrationAndNothingOfRights(CapturedOutput output) {
		Fixtures.sample().load(this.database);
		StartedApplication.on(this.database)
			.run((context) -> assertThat(failure(context).code()).isEqualTo(MigrationErrorCode.PENDING_CHANGES));
		assertThat(output.toString()).containsSubsequence("What a migration has before it:", " tables     sessions",
				"15 rows", " space ");
		assertThat(output).doesNotContain(" lock  ", " clock  ");
	}

	@Test
	void whenNothingIsAskedForThenTheStartFailsAndWritesNothing() {
		StartedApplication.on(this.database).run((context) -> {
			assertThat(failure(context)).isNotNull();
			assertThat(failure(context).code()).isEqualTo(MigrationErrorCode.PENDING_CHANGES);
		});
		assertThat(tables(this.database.dataSource())).isEmpty();
	}

	@Test
	void whenTheTablesAreAtHeadThenAStartThatMayNotMigrateGoesOn(CapturedOutput output) {
		AdkMigrator.create(this.database.dataSource()).build().migrate();
		StartedApplication.on(this.database).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(MigrationReportStore.class).last()).isEmpty();
		});
		assertThat(output).contains("The session tables are up to date at revision 0002.");
	}

	@Test
	void whenPendingChangesOnlyWarnThenTheStartGoesOnAndWritesNothing(CapturedOutput output) {
		StartedApplication.on(this.database).withPropertyValues("adk.migration.on-pending=warn").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(AdkMigrator.class).status().compatibility()).isEqualTo(Compatibility.BEHIND);
		});
		assertThat(output).contains("WARN")
			.contains("The session tables are behind: found no ADK tables, and revision 0002 needs")
			.contains("ADK_AUTO_MIGRATE_DB=true");
		assertThat(tables(this.database.dataSource())).isEmpty();
	}

	@Test
	void whenTablesAreForeignThenPendingChangesCannotBeWarnedAway() {
		new JdbcTemplate(this.database.dataSource()).execute("CREATE TABLE sessions (id INTEGER, note TEXT)");
		StartedApplication.on(this.database)
			.withPropertyValues("adk.migration.on-pending=warn")
			.run((context) -> assertThat(failure(context).code()).isEqualTo(MigrationErrorCode.UNRECOGNIZED_SCHEMA));
		assertThat(tables(this.database.dataSource())).containsExactly("sessions");
	}

	@Test
	void whenSwitchedOffThenNothingIsThere() {
		StartedApplication.on(this.database)
			.withPropertyValues("adk.migration.enabled=false", "adk.auto-migrate=true")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanDefinitionNames())
					.noneMatch((name) -> name.contains("igration") || name.equals("sessionService"));
			});
		assertThat(tables(this.database.dataSource())).isEmpty();
	}

	@Test
	void withoutADataSourceNothingIsThere() {
		StartedApplication.withoutDatabase()
			.withClassLoader(new FilteredClassLoader("org.h2", "com.zaxxer.hikari", "org.apache.derby", "org.hsqldb"))
			.run((context) -> assertThat(context).doesNotHaveBean(SessionMigrationInitializer.class)
				.doesNotHaveBean(BaseSessionService.class));
	}

	@Test
	void nothingIsPublishedThatMakesSpringBootBackOff() {
		StartedApplication.on(this.database).withPropertyValues("adk.auto-migrate=true").run((context) -> {
			assertThat(context).hasSingleBean(SessionMigrationInitializer.class)
				.hasSingleBean(DataSource.class)
				.hasSingleBean(JdbcTemplate.class)
				.doesNotHaveBean(SpringLiquibase.class)
				.doesNotHaveBean(Flyway.class)
				.doesNotHaveBean(LockProvider.class)
				.doesNotHaveBean(SchemaManagementProvider.class);
			assertThat(context.getBean("jdbcTemplate")).isInstanceOf(JdbcTemplate.class);
		});
	}

	@Test
	void sessionsAreDurableUnlessTheApplicationHasAServiceOfItsOwn() {
		ApplicationContextRunner application = StartedApplication.on(this.database)
			.withPropertyValues("adk.auto-migrate=true");
		application.run((context) -> assertThat(context).getBean(BaseSessionService.class)
			.isInstanceOf(JdbcSessionService.class));
		application.withBean("own", BaseSessionService.class, InMemorySessionService::new)
			.run((context) -> assertThat(context).hasSingleBean(BaseSessionService.class)
				.getBean(BaseSessionService.class)
				.isInstanceOf(InMemorySessionService.class));
	}

	@Test
	void withoutGoogleAdkTheTablesAreStillLookedAfter() {
		StartedApplication.on(this.database)
			.withPropertyValues("adk.auto-migrate=true")
			.withClassLoader(new FilteredClassLoader("com.google.adk"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SessionMigrationInitializer.class)
				.doesNotHaveBean("sessionService"));
		assertThat(tables(this.database.dataSource())).contains("sessions");
	}

	@Test
	void withLazyInitializationTheTablesAreStillMigratedAtTheStart() {
		StartedApplication.on(this.database)
			.withPropertyValues("adk.auto-migrate=true")
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanFactory().containsSingleton("sessionService")).isFalse();
			});
		assertThat(tables(this.database.dataSource())).contains("sessions");
	}

	@Test
	void ofTwoDataSourcesTheMarkedOneIsMigrated() {
		try (TestDatabase other = TestDatabases.sqlite().newDatabase()) {
			StartedApplication.withoutDatabase()
				.withPropertyValues("adk.auto-migrate=true")
				.withBean("main", DataSource.class, other::dataSource, (definition) -> definition.setPrimary(true))
				.withUserConfiguration(MarkedDataSource.class)
				.withPropertyValues("test.url=" + this.database.jdbcUrl())
				.run((context) -> assertThat(context).hasNotFailed());
			assertThat(tables(this.database.dataSource())).contains("sessions");
			assertThat(tables(other.dataSource())).isEmpty();
		}
	}

	@Test
	void ofTwoDataSourcesThePrimaryOneIsMigratedIfNoneIsMarked() {
		try (TestDatabase other = TestDatabases.sqlite().newDatabase()) {
			StartedApplication.withoutDatabase()
				.withPropertyValues("adk.auto-migrate=true")
				.withBean("main", DataSource.class, this.database::dataSource,
						(definition) -> definition.setPrimary(true))
				.withBean("other", DataSource.class, other::dataSource)
				.run((context) -> assertThat(context).hasNotFailed());
			assertThat(tables(this.database.dataSource())).contains("sessions");
			assertThat(tables(other.dataSource())).isEmpty();
		}
	}

	@Test
	void whenSeveralDataSourcesCouldBeMeantThenTheStartFailsAndNamesThem() {
		try (TestDatabase other = TestDatabases.sqlite().newDatabase()) {
			StartedApplication.withoutDatabase()
				.withPropertyValues("adk.auto-migrate=true")
				.withBean("orders", DataSource.class, this.database::dataSource)
				.withBean("chats", DataSource.class, other::dataSource)
				.run((context) -> {
					MigrationException failure = failure(context);
					assertThat(failure.code()).isEqualTo(MigrationErrorCode.INVALID_SETTING);
					assertThat(failure.description()).contains("(orders, chats)");
					assertThat(failure.action()).contains("@AdkSessionDataSource");
				});
			assertThat(tables(this.database.dataSource())).isEmpty();
			assertThat(tables(other.dataSource())).isEmpty();
		}
	}

	@Test
	void theVersionOfTheApplicationIsRecordedWithTheRun() {
		StartedApplication.on(this.database)
			.withPropertyValues("adk.auto-migrate=true", "spring.application.version=4.5.6")
			.run((context) -> assertThat(recordedVersion(context)).isEqualTo("4.5.6"));
	}

	@Test
	void theVersionThatTheBuildWroteOutranksTheManifest() {
		Properties build = new Properties();
		build.setProperty("version", "7.8.9");
		StartedApplication.on(this.database)
			.withBean(BuildProperties.class, () -> new BuildProperties(build))
			.withPropertyValues("adk.auto-migrate=true", "spring.application.version=4.5.6")
			.run((context) -> assertThat(recordedVersion(context)).isEqualTo("7.8.9"));
	}

	@Test
	void theVersionThatTheOperatorSaysOutranksTheBuild() {
		Properties build = new Properties();
		build.setProperty("version", "7.8.9");
		StartedApplication.on(this.database)
			.withBean(BuildProperties.class, () -> new BuildProperties(build))
			.withPropertyValues("adk.auto-migrate=true", "adk.migration.application-version=10.0.1")
			.run((context) -> assertThat(recordedVersion(context)).isEqualTo("10.0.1"));
	}

	@Test
	void namesInThePropertiesAreThoseOfTheTables() {
		StartedApplication.on(this.database)
			.withPropertyValues("adk.auto-migrate=true", "adk.migration.table-prefix=crm_",
					"adk.migration.tables.sessions=talks")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(tables(this.database.dataSource())).contains("talks", "crm_events", "crm_adk_migration_run")
			.doesNotContain("sessions", "events");
	}

	static MigrationException failure(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		for (@Nullable
		Throwable cause = context.getStartupFailure(); cause != null; cause = cause.getCause()) {
			if (cause instanceof MigrationException failure) {
				return failure;
			}
		}
		throw new AssertionError("The start failed for another reason", context.getStartupFailure());
	}

	private static @Nullable String recordedVersion(AssertableApplicationContext context) {
		RunRecord run = context.getBean(AdkMigrator.class).status().lastRun();
		assertThat(run).isNotNull();
		return run.applicationVersion();
	}

	private static List<String> tables(AssertableApplicationContext context) {
		return tables(context.getBean(DataSource.class));
	}

	private static List<String> tables(DataSource dataSource) {
		return new JdbcTemplate(dataSource).queryForList("SELECT name FROM sqlite_schema WHERE type = 'table'",
				String.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class MarkedDataSource {

		@Bean
		@AdkSessionDataSource
		DataSource marked(Environment environment) {
			return new DriverManagerDataSource(environment.getRequiredProperty("test.url"));
		}

	}

}
