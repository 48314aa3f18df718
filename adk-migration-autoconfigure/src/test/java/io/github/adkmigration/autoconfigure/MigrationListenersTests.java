package io.github.adkmigration.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RunEnd;
import io.github.adkmigration.report.RunStart;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class MigrationListenersTests {

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	private final ApplicationContextRunner application = StartedApplication.on(this.database)
		.withPropertyValues("adk.auto-migrate=true");

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void everyListenerIsToldInOrder() {
		this.application.withUserConfiguration(Two.class)
			.run((context) -> assertThat(told(context)).startsWith("1 started", "2 started")
				.endsWith("1 ended created", "2 ended created"));
	}

	@Test
	void oneThatFailsDisturbsNeitherTheOthersNorTheRun(CapturedOutput output) {
		this.application.withUserConfiguration(Two.class, Failing.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(MigrationReportStore.class).last()).get()
				.extracting((report) -> report.outcome())
				.isEqualTo(Outcome.CREATED);
			assertThat(told(context)).containsExactly("1 started", "0 started", "2 started", "1 ended created",
					"2 ended created");
			assertThat(output).containsOnlyOnce("The migration listener failing failed");
			context.getBean(AdkMigrator.class).downgrade(DowngradeTarget.base());
			assertThat(told(context)).endsWith("1 started", "0 started", "2 started", "1 ended undone",
					"2 ended undone");
		});
	}

	@Test
	void oneThatWaitsForTheMigrationItselfIsToldOfLaterRuns(CapturedOutput output) {
		this.application.withUserConfiguration(Two.class, Waiting.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(told(context)).endsWith("1 ended created", "2 ended created");
			assertThat(output).containsOnlyOnce("The migration listener waiting could not be made at this time");
			context.getBean(AdkMigrator.class).migrate();
			assertThat(told(context)).endsWith("1 ended up-to-date", "2 ended up-to-date", "3 ended up-to-date");
		});
	}

	private static List<String> told(AssertableApplicationContext context) {
		return context.getBean(Notes.class).lines;
	}

	static final class Notes {

		private final List<String> lines = new ArrayList<>();

		MigrationListener listener(String name) {
			return new Noting(this, name);
		}

	}

	static class Noting implements MigrationListener {

		private final Notes notes;

		private final String name;

		Noting(Notes notes, String name) {
			this.notes = notes;
			this.name = name;
		}

		@Override
		public void started(RunStart start) {
			this.notes.lines.add(this.name + " started");
		}

		@Override
		public void ended(RunEnd end) {
			this.notes.lines.add(this.name + " ended " + end.outcome());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Two {

		@Bean
		Notes notes() {
			return new Notes();
		}

		@Bean
		@Order(4)
		MigrationListener second(Notes notes) {
			return notes.listener("2");
		}

		@Bean
		@Order(1)
		MigrationListener first(Notes notes) {
			return notes.listener("1");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		@Order(2)
		MigrationListener failing(Notes notes) {
			return new Noting(notes, "0") {

				@Override
				public void started(RunStart start) {
					super.started(start);
					throw new IllegalStateException("It was not made for this.");
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Waiting {

		@Bean
		@Order(5)
		MigrationListener waiting(Notes notes, JdbcTemplate jdbc) {
			return notes.listener("3");
		}

	}

}
