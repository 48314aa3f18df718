package io.github.adkmigration.autoconfigure;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.adk.events.Event;
import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.Session;
import com.google.adk.sessions.SessionException;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.session.jdbc.SessionOwner;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an application can say about its session service.
 */
class SessionServiceAutoConfigurationTests {

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	private final ApplicationContextRunner application = StartedApplication.on(this.database)
		.withPropertyValues("adk.auto-migrate=true");

	@AfterEach
	void deleteDatabase() {
		this.database.close();
	}

	private static Session create(BaseSessionService sessions) {
		return sessions.createSession("shop", "ada", Map.of(), null).blockingGet();
	}

	@Test
	void ownerOfASessionIsSuppliedByABean() {
		this.application.withPropertyValues("adk.migration.owner-id-column=account_id VARCHAR(36) NOT NULL")
			.withBean(SessionOwner.class, () -> (session) -> "account of " + session.userId())
			.run((context) -> {
				create(context.getBean(BaseSessionService.class));
				assertThat(context.getBean(JdbcTemplate.class)
					.queryForObject("SELECT account_id FROM sessions", String.class)).isEqualTo("account of ada");
			});
	}

	@Test
	void sessionWithoutTheOwnerThatItNeedsIsRefused() {
		this.application.withPropertyValues("adk.migration.owner-id-column=account_id VARCHAR(36) NOT NULL")
			.run((context) -> assertThatExceptionOfType(SessionException.class)
				.isThrownBy(() -> create(context.getBean(BaseSessionService.class)))
				.withMessageContaining("SessionOwner"));
	}

	@Test
	void databaseIsUsedOnTheSchedulerOfTheApplication() {
		AtomicInteger used = new AtomicInteger();
		this.application
			.withBean(AdkSessionServiceAutoConfiguration.SCHEDULER, Scheduler.class, () -> Schedulers.from((work) -> {
				used.incrementAndGet();
				work.run();
			}))
			.withBean("other", Scheduler.class, Schedulers::io)
			.run((context) -> {
				create(context.getBean(BaseSessionService.class));
				assertThat(used).hasPositiveValue();
			});
	}

	@Test
	void timeColumnShowsTheWallClockOfOlderPython() {
		this.application
			.withPropertyValues("adk.migration.timestamp-column=local",
					"adk.migration.legacy.time-zone=America/New_York")
			.run((context) -> {
				BaseSessionService sessions = context.getBean(BaseSessionService.class);
				sessions
					.appendEvent(create(sessions), Event.builder().author("user").timestamp(1_762_084_800_123L).build())
					.ignoreElement()
					.blockingAwait();
				assertThat(context.getBean(JdbcTemplate.class)
					.queryForObject("SELECT timestamp FROM events", String.class))
					.isEqualTo("2025-11-02 07:00:00.123000");
			});
	}

	@Test
	void wallClockWithoutZoneIsRefusedAtTheStart() {
		this.application.withPropertyValues("adk.migration.timestamp-column=local")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MigrationException.class)
				.hasMessageContaining("timestamp-column"));
	}

}
