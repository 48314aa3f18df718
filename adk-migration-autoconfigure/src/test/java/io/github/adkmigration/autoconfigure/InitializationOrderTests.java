package io.github.adkmigration.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.InMemorySessionService;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application creates the table of owners, each time by another tool. An owner column
 * that refers to it can only be made afterwards, and a bean that reads the session tables
 * only after that.
 */
class InitializationOrderTests {

	private static final String OWNER = "adk.migration.owner-id-column=account_id INTEGER REFERENCES accounts(id)";

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	private final ApplicationContextRunner application = StartedApplication.on(this.database)
		.withPropertyValues("adk.auto-migrate=true", OWNER)
		.withUserConfiguration(EarlyReader.class);

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void afterTheApplicationsLiquibase() {
		this.application.withConfiguration(AutoConfigurations.of(LiquibaseAutoConfiguration.class))
			.withPropertyValues("spring.liquibase.change-log=classpath:order/changelog.sql")
			.run((context) -> {
				assertThat(dependencies(context, "sessionMigrationInitializer")).containsExactly("liquibase");
				assertRan(context);
				assertThat(queryForList(context, "SELECT id FROM DATABASECHANGELOG")).containsExactly("accounts");
			});
	}

	@Test
	void afterTheApplicationsFlyway() {
		this.application.withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
			.withPropertyValues("spring.flyway.locations=classpath:order/flyway")
			.run((context) -> {
				assertThat(dependencies(context, "sessionMigrationInitializer")).contains("flywayInitializer");
				assertRan(context);
				assertThat(queryForList(context, "SELECT version FROM flyway_schema_history")).containsExactly("1");
			});
	}

	@Test
	void afterTheApplicationsScripts() {
		this.application.withConfiguration(AutoConfigurations.of(DataSourceInitializationAutoConfiguration.class))
			.withPropertyValues("spring.sql.init.mode=always",
					"spring.sql.init.schema-locations=classpath:order/flyway/V1__accounts.sql")
			.run((context) -> {
				assertThat(dependencies(context, "sessionMigrationInitializer"))
					.containsExactly("dataSourceScriptDatabaseInitializer");
				assertRan(context);
			});
	}

	@Test
	void afterAllOfThemTogether() {
		this.application
			.withConfiguration(AutoConfigurations.of(LiquibaseAutoConfiguration.class, FlywayAutoConfiguration.class,
					DataSourceInitializationAutoConfiguration.class))
			.withPropertyValues("spring.liquibase.change-log=classpath:order/changelog.sql",
					"spring.flyway.locations=classpath:order/none", "spring.flyway.baseline-on-migrate=true",
					"spring.flyway.fail-on-missing-locations=false", "spring.sql.init.mode=always",
					"spring.sql.init.schema-locations=classpath:order/other.sql")
			.run((context) -> {
				List<String> initializers = List.of("sessionMigrationInitializer",
						"dataSourceScriptDatabaseInitializer", "liquibase");
				assertThat(reachable(context.getBeanFactory(), "sessionMigrationInitializer"))
					.contains("dataSourceScriptDatabaseInitializer", "liquibase", "flywayInitializer");
				assertThat(dependencies(context, "jdbcTemplate")).containsAll(initializers);
				assertThat(dependencies(context, "sessionService")).containsAll(initializers);
				assertRan(context);
			});
	}

	@Test
	void theApplicationsOwnSessionServiceComesAfterTheMigrationToo() {
		this.application.withConfiguration(AutoConfigurations.of(DataSourceInitializationAutoConfiguration.class))
			.withPropertyValues("spring.sql.init.mode=always",
					"spring.sql.init.schema-locations=classpath:order/flyway/V1__accounts.sql")
			.withBean("ownSessions", BaseSessionService.class, InMemorySessionService::new)
			.run((context) -> assertThat(dependencies(context, "ownSessions")).contains("sessionMigrationInitializer"));
	}

	private static void assertRan(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed();
		assertThat(context.getBean("sessionsAtStart")).isEqualTo(0);
		assertThat(queryForList(context, "SELECT name FROM pragma_table_info('sessions')")).contains("account_id");
	}

	private static List<String> queryForList(AssertableApplicationContext context, String sql) {
		return context.getBean(JdbcTemplate.class).queryForList(sql, String.class);
	}

	private static List<String> dependencies(AssertableApplicationContext context, String bean) {
		return dependencies(context.getBeanFactory(), bean);
	}

	private static List<String> dependencies(ConfigurableListableBeanFactory beans, String bean) {
		String[] dependencies = beans.getBeanDefinition(bean).getDependsOn();
		return (dependencies != null) ? List.of(dependencies) : List.of();
	}

	private static List<String> reachable(ConfigurableListableBeanFactory beans, String bean) {
		List<String> direct = dependencies(beans, bean);
		return Stream
			.concat(direct.stream(), direct.stream().flatMap((dependency) -> reachable(beans, dependency).stream()))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyReader {

		@Bean
		Integer sessionsAtStart(JdbcTemplate jdbcTemplate) {
			return jdbcTemplate.queryForList("SELECT count(account_id) FROM sessions", Integer.class).get(0);
		}

	}

}
