package io.github.adkmigration.autoconfigure;

import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationEndpoint;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class AdkMigrationEndpointAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=adkmigration";

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	private final ApplicationContextRunner application = StartedApplication.on(this.database)
		.withConfiguration(AutoConfigurations.of(JacksonEndpointAutoConfiguration.class));

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void whenExposedThenItTellsTheStateAndWhatTheStartDid() {
		this.application.withPropertyValues(EXPOSED, "adk.auto-migrate=true", "spring.application.version=4.5.6")
			.run((context) -> {
				JsonNode json = read(context);
				assertThat(json.path("compatibility").asString()).isEqualTo("EQUAL");
				assertThat(json.path("schemaVersion").asString()).isEqualTo("1");
				assertThat(json.path("revision").asString()).isEqualTo("0002");
				assertThat(json.path("head").asString()).isEqualTo("0002");
				assertThat(json.path("lag").asInt()).isZero();
				assertThat(json.path("pending")).isEmpty();
				assertThat(json.path("detected").path("layout").isString()).isTrue();
				JsonNode run = json.path("runs").path(0);
				assertThat(run.path("number").asInt()).isEqualTo(1);
				assertThat(run.path("run").path("outcome").asString()).isEqualTo("created");
				assertThat(run.path("run").path("applicationVersion").asString()).isEqualTo("4.5.6");
				assertThat(run.path("run").path("started").asString()).endsWith("Z");
				assertThat(run.path("steps").size()).isPositive();
				assertThat(json.has("current")).isFalse();
				assertThat(json.path("startup").path("outcome").asString()).isEqualTo("CREATED");
				assertThat(json.path("startup").path("steps").size()).isPositive();
				assertThat(json.path("startup").path("duration").asString()).startsWith("PT");
				assertThat(json.has("problem")).isFalse();
			});
	}

	@Test
	void whenChangesArePendingThenItListsThemWithTheEvidence() {
		this.application.withPropertyValues(EXPOSED, "adk.migration.on-pending=warn").run((context) -> {
			JsonNode json = read(context);
			assertThat(json.path("compatibility").asString()).isEqualTo("BEHIND");
			assertThat(json.path("revision").asString()).isEqualTo("base");
			assertThat(json.path("lag").asInt()).isEqualTo(json.path("pending").size()).isPositive();
			assertThat(json.path("detected").path("layout").asString()).isEqualTo("empty");
			assertThat(json.path("detected").path("evidence").size()).isPositive();
			assertThat(json.path("pending").path(0).path("phase").asString()).isEqualTo("expand");
			assertThat(json.path("runs")).isEmpty();
			assertThat(json.has("startup")).isFalse();
		});
	}

	@Test
	void itNamesNeitherTheDatabaseNorItsUser() {
		this.application
			.withPropertyValues(EXPOSED, "adk.auto-migrate=true", "spring.datasource.username=somebody",
					"spring.datasource.password=s3cret")
			.run((context) -> assertThat(read(context).toString()).doesNotContain("jdbc:", "somebody", "s3cret"));
	}

	@Test
	void whenNotExposedThenItIsAbsent() {
		ApplicationContextRunner migrating = this.application.withPropertyValues("adk.auto-migrate=true");
		migrating.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(AdkMigrationEndpoint.class));
		migrating.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AdkMigrationEndpoint.class));
	}

	@Test
	void whenAccessIsNoneThenItIsAbsent() {
		this.application
			.withPropertyValues(EXPOSED, "adk.auto-migrate=true", "management.endpoint.adkmigration.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AdkMigrationEndpoint.class));
	}

	@Test
	void withoutActuatorItIsAbsent() {
		StartedApplication.discoveredOn(this.database)
			.withPropertyValues(EXPOSED, "adk.auto-migrate=true")
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SessionMigrationInitializer.class)
				.doesNotHaveBean("adkMigrationEndpoint"));
	}

	private static JsonNode read(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed();
		JsonMapper mapper = context.getBean(EndpointJsonMapper.class).get();
		return mapper.valueToTree(context.getBean(AdkMigrationEndpoint.class).adkMigration());
	}

}
