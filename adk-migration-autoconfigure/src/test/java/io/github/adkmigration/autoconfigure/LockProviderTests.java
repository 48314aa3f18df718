package io.github.adkmigration.autoconfigure;

import java.util.Optional;

import javax.sql.DataSource;

import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application shares a lock with others.
 */
class LockProviderTests {

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	private final ApplicationContextRunner application = StartedApplication.on(this.database)
		.withPropertyValues("adk.auto-migrate=true");

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void itsJdbcTemplateDoesNotWaitForTheMigrationThatWaitsForIt() {
		this.application.withUserConfiguration(SharedByJdbc.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(MigrationReportStore.class).last().orElseThrow().lock())
				.startsWith("lock of the application's own provider (JdbcTemplateLockProvider), and file lock (");
			assertThat(context.getBean("lockTemplate", JdbcTemplate.class)
				.queryForList("SELECT count(*) FROM shedlock WHERE name LIKE 'adk-migration-%'", Integer.class))
				.containsExactly(1);
		});
	}

	@Test
	void whenItIsNotFreeThenTheMigrationWaits() {
		this.application.withPropertyValues("adk.migration.timeout=200ms", "adk.migration.poll-interval=50ms")
			.withUserConfiguration(Taken.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(MigrationException.class,
						(failure) -> assertThat(failure.code()).isEqualTo(MigrationErrorCode.LOCK_NOT_ACQUIRED))
				.hasMessageContaining("by the application's own lock provider"));
	}

	@Test
	void whenItCannotBeExtendedThenItIsRefused() {
		this.application.withUserConfiguration(Fixed.class)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("cannot extend its locks, so it would lose them during a long run"));
	}

	@Test
	void whenItIsNotMarkedThenItIsLeftAlone() {
		this.application.withBean(LockProvider.class, () -> (configuration) -> {
			throw new IllegalStateException("not ours");
		}).run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	static class SharedByJdbc {

		@Bean(defaultCandidate = false)
		DataSource lockDataSource() {
			return DataSourceBuilder.create().url("jdbc:h2:mem:shared-locks;DB_CLOSE_DELAY=-1").build();
		}

		/** Spring Boot lets it wait for every database initializer. */
		@Bean(defaultCandidate = false)
		JdbcTemplate lockTemplate() {
			JdbcTemplate template = new JdbcTemplate(lockDataSource());
			template.execute("CREATE TABLE IF NOT EXISTS shedlock (name VARCHAR(64) PRIMARY KEY,"
					+ " lock_until TIMESTAMP(3), locked_at TIMESTAMP(3), locked_by VARCHAR(255))");
			return template;
		}

		@Bean
		@AdkMigrationLockProvider
		LockProvider sharedLocks(@Qualifier("lockTemplate") JdbcTemplate lockTemplate) {
			return new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
				.withJdbcTemplate(lockTemplate)
				.usingDbTime()
				.build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Taken {

		@Bean
		@AdkMigrationLockProvider
		LockProvider sharedLocks() {
			return (configuration) -> Optional.empty();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Fixed {

		@Bean
		@AdkMigrationLockProvider
		LockProvider sharedLocks() {
			SimpleLock lock = () -> {
			};
			return (configuration) -> Optional.of(lock);
		}

	}

}
