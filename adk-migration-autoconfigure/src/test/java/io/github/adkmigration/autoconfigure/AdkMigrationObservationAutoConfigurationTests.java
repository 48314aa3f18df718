package io.github.adkmigration.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.observation.MigrationObservations;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixtures;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class AdkMigrationObservationAutoConfigurationTests {

	private static final String RUN = "adk.migration.run";

	private static final String STEP = "adk.migration.step";

	private static final String ON = "adk.auto-migrate=true";

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final List<String> stopped = new ArrayList<>();

	private final ApplicationContextRunner application = StartedApplication.discoveredOn(this.database)
		.withBean(ObservationRegistry.class, () -> this.registry);

	@BeforeEach
	void note() {
		this.registry.observationConfig().observationHandler(new Noting(this.stopped));
	}

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void theStepsOfARunAreWithinIt() {
		Fixtures.sample().load(this.database);
		this.application.withPropertyValues(ON).run((context) -> {
			assertThat(context).hasNotFailed();
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasNumberOfObservationsWithNameEqualTo(RUN, 1)
				.hasObservationWithNameEqualTo(RUN)
				.that()
				.hasLowCardinalityKeyValue("kind", "upgrade")
				.hasLowCardinalityKeyValue("outcome", "migrated")
				.hasHighCardinalityKeyValue("run", "1")
				.hasContextualNameEqualTo("adk migration upgrade")
				.doesNotHaveParentObservation()
				.doesNotHaveError()
				.hasBeenStarted()
				.hasBeenStopped();
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasAnObservation((observation) -> observation.hasNameEqualTo(STEP)
					.hasLowCardinalityKeyValue("step", "ext_adk_0001_backfill")
					.hasLowCardinalityKeyValue("kind", "upgrade")
					.doesNotHaveError());
			assertThat(this.stopped).endsWith(RUN)
				.filteredOn((name) -> !name.equals(RUN))
				.hasSizeGreaterThan(2)
				.containsOnly(STEP + " in " + RUN);
			assertThat(this.registry.getCurrentObservationScope()).isNull();
		});
	}

	@Test
	void aRunThatFailsEndsItsOpenStep() {
		Fixtures.sample().load(this.database);
		new JdbcTemplate(this.database.dataSource())
			.execute("UPDATE events SET actions = x'00' WHERE id = (SELECT MIN(id) FROM events)");
		this.application.withPropertyValues("adk.migration.on-pending=warn").run((context) -> {
			AdkMigrator migrator = context.getBean(AdkMigrator.class);
			assertThatExceptionOfType(MigrationException.class).isThrownBy(migrator::migrate);
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasAnObservation((observation) -> observation.hasNameEqualTo(RUN)
					.hasLowCardinalityKeyValue("outcome", "failed")
					.hasError())
				.hasAnObservation((observation) -> observation.hasNameEqualTo(STEP).hasError());
			assertThat(this.stopped).endsWith(STEP + " in " + RUN, RUN);
			assertThat(this.registry.getCurrentObservationScope()).isNull();
		});
	}

	@Test
	void aStartWithNothingToDoIsNotObserved() {
		this.application.withPropertyValues(ON).run((context) -> assertThat(context).hasNotFailed());
		TestObservationRegistryAssert.assertThat(this.registry).hasNumberOfObservationsWithNameEqualTo(RUN, 1);
		this.registry.clear();
		this.application.withPropertyValues(ON).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(MigrationObservations.class);
			TestObservationRegistryAssert.assertThat(this.registry).doesNotHaveAnyObservation();
		});
	}

	@Test
	void aHandlerThatWaitsForTheMigrationDoesNotStopIt(CapturedOutput output) {
		StartedApplication.on(this.database)
			.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class,
					AdkMigrationObservationAutoConfiguration.class))
			.withUserConfiguration(WaitingHandler.class)
			.withPropertyValues(ON)
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(MigrationObservations.class);
				assertThat(output).contains("The migration listener adkMigrationObservations could not be made");
			});
	}

	@Test
	void withoutARegistryThereAreNone() {
		StartedApplication.discoveredOn(this.database)
			.withPropertyValues(ON)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MigrationObservations.class));
	}

	/**
	 * Notes what was stopped, with its parent.
	 *
	 * @param stopped where to
	 */
	private record Noting(List<String> stopped) implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			ObservationView parent = context.getParentObservation();
			this.stopped.add(context.getName() + ((parent != null) ? " in " + parent.getContextView().getName() : ""));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WaitingHandler {

		@Bean
		ObservationHandler<Observation.Context> handler(JdbcTemplate jdbc) {
			return (context) -> jdbc.getQueryTimeout() >= 0;
		}

	}

}
