package io.github.adkmigration.autoconfigure;

import java.util.Map;
import java.util.Optional;

import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.Session;
import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class EveryDatabaseTests {

	@DatabaseTest
	void aFirstStartMakesSessionsDurableAndASecondFindsThem(TestDatabase database) {
		startTwice(StartedApplication.on(database));
	}

	@DatabaseTest
	void aPoolWithoutAutoCommitIsGoodEnough(TestDatabase database) {
		startTwice(StartedApplication.on(database).withPropertyValues("spring.datasource.hikari.auto-commit=false"));
	}

	private static void startTwice(ApplicationContextRunner runner) {
		ApplicationContextRunner application = runner.withPropertyValues("adk.auto-migrate=true",
				"adk.migration.table-prefix=chat_");
		application.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(MigrationReportStore.class).last()).get()
				.extracting((report) -> report.outcome())
				.isEqualTo(Outcome.CREATED);
			assertThat(context.getBean(BaseSessionService.class)
				.createSession("app", "user", Map.of("colour", "blue"), "first")
				.blockingGet()
				.id()).isEqualTo("first");
		});
		application.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(MigrationReportStore.class).last()).get()
				.extracting((report) -> report.outcome())
				.isEqualTo(Outcome.UP_TO_DATE);
			Session session = context.getBean(BaseSessionService.class)
				.getSession("app", "user", "first", Optional.empty())
				.blockingGet();
			assertThat(session).isNotNull();
			assertThat(session.state()).containsEntry("colour", "blue");
		});
	}

}
