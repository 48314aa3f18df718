package io.github.adkmigration.autoconfigure;

import javax.sql.DataSource;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A start uses what the application puts in the place of our beans, and offers ours where
 * it does not.
 */
class OwnMigratorTests {

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	private final ApplicationContextRunner application = StartedApplication.on(this.database)
		.withPropertyValues("adk.auto-migrate=true", "adk.migration.table-prefix=ours_");

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void withoutOthersOursCanBeInjectedAndIsThatOfTheStart() {
		this.application.run((context) -> {
			assertThat(sessionTables(context)).containsExactly("ours_sessions");
			assertThat(context.getBean(AdkMigrator.class).status().compatibility()).isEqualTo(Compatibility.EQUAL);
			assertThat(context.getBean(MigrationSettings.class).tables()).isEqualTo(SessionTables.withPrefix("ours_"));
		});
	}

	@Test
	void settingsOfTheApplicationAreThoseOfTheStart() {
		MigrationSettings own = MigrationSettings.defaults().withTables(SessionTables.withPrefix("own_"));
		this.application.withBean(MigrationSettings.class, () -> own).run((context) -> {
			assertThat(sessionTables(context)).containsExactly("own_sessions");
			assertThat(context.getBean(AdkMigrator.class).status().compatibility()).isEqualTo(Compatibility.EQUAL);
		});
	}

	@Test
	void aMigratorOfTheApplicationIsThatOfTheStartAndMayAskForOurSettings() {
		this.application.withUserConfiguration(OwnMigrator.class).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(AdkMigrator.class);
			assertThat(sessionTables(context)).containsExactly("ours_own_sessions");
		});
	}

	private static Iterable<String> sessionTables(AssertableApplicationContext context) {
		return context.getBean(JdbcTemplate.class)
			.queryForList("SELECT name FROM sqlite_schema WHERE name LIKE '%sessions' AND type = 'table'",
					String.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMigrator {

		@Bean
		AdkMigrator adkMigrator(MigrationSettings settings, DataSource dataSource) {
			return AdkMigrator.create(dataSource)
				.settings(settings.withTables(SessionTables.withPrefix(settings.tables().prefix() + "own_")))
				.build();
		}

	}

}
