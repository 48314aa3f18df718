package io.github.adkmigration.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.report.RunEnd;
import io.github.adkmigration.report.RunStart;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationEventPublisherTests {

	@Test
	void aStartThatMigratesPublishesEachStepBetweenBeginningAndEndAndTheNextOneNothing() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			ApplicationContextRunner application = StartedApplication.on(database)
				.withUserConfiguration(Listening.class)
				.withPropertyValues("adk.auto-migrate=true");
			application.run((context) -> {
				List<Object> heard = context.getBean(Heard.class).events;
				assertThat(heard.get(0)).isInstanceOfSatisfying(RunStart.class,
						(start) -> assertThat(start.number()).isEqualTo(1));
				assertThat(heard.subList(1, heard.size() - 1)).isNotEmpty().hasOnlyElementsOfType(StepReport.class);
				assertThat(heard.get(heard.size() - 1)).isInstanceOfSatisfying(RunEnd.class,
						(end) -> assertThat(end.outcome()).isEqualTo("created"));
			});
			application.run((context) -> assertThat(context.getBean(Heard.class).events).isEmpty());
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Listening {

		@Bean
		Heard heard() {
			return new Heard();
		}

	}

	/** Hears what the start publishes, which an annotated method would miss. */
	static final class Heard implements ApplicationListener<PayloadApplicationEvent<?>> {

		private final List<Object> events = new ArrayList<>();

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<?> event) {
			this.events.add(event.getPayload());
		}

	}

}
