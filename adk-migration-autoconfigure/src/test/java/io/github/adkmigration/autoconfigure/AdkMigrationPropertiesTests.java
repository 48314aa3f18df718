package io.github.adkmigration.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import io.github.adkmigration.settings.TimestampColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AdkMigrationPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(PropertiesConfiguration.class);

	@Test
	void defaultsAreThoseOfTheCore() {
		assertThat(new AdkMigrationProperties().toSettings(null)).isEqualTo(MigrationSettings.defaults());
		assertThat(new AdkProperties().migratesAtStart()).isFalse();
	}

	@Test
	void everyPropertyReachesTheSettings() {
		this.runner.withPropertyValues("adk.migration.timeout=7m", "adk.migration.poll-interval=500ms",
				"adk.migration.schema=chat", "adk.migration.table-prefix=crm_", "adk.migration.tables.sessions=talks",
				"adk.migration.tables.events=turns", "adk.migration.tables.app-states=apps",
				"adk.migration.tables.user-states=users", "adk.migration.tables.metadata=meta",
				"adk.migration.owner-id-column=account_id UUID NOT NULL REFERENCES accounts(id)",
				"adk.migration.legacy.time-zone=America/New_York",
				"adk.migration.legacy.utc-since=2026-03-01T00:00:00Z", "adk.migration.legacy.time-zone-confirmed=true",
				"adk.migration.legacy.max-quarantined=3", "adk.migration.timestamp-column=local",
				"adk.migration.batch-size=50", "adk.migration.sqlite-backup=false")
			.run((context) -> {
				MigrationSettings settings = context.getBean(AdkMigrationProperties.class).toSettings("1.2.3");
				assertThat(settings.tables().schema()).isEqualTo("chat");
				assertThat(settings.tables().names()).isEqualTo(
						Map.of(SessionTable.SESSIONS, "talks", SessionTable.EVENTS, "turns", SessionTable.APP_STATES,
								"apps", SessionTable.USER_STATES, "users", SessionTable.METADATA, "meta"));
				assertThat(settings.tables().name(BookkeepingTable.RUN)).isEqualTo("crm_adk_migration_run");
				assertThat(settings.ownerColumn())
					.isEqualTo(OwnerColumn.parse("account_id UUID NOT NULL REFERENCES accounts(id)"));
				assertThat(settings.legacyClock()).isEqualTo(
						new LegacyClock(ZoneId.of("America/New_York"), Instant.parse("2026-03-01T00:00:00Z"), true));
				assertThat(settings.timestampColumn()).isEqualTo(TimestampColumn.LOCAL);
				assertThat(settings.maxQuarantined()).isEqualTo(3);
				assertThat(settings.batchSize()).isEqualTo(50);
				assertThat(settings.sqliteBackup()).isFalse();
				assertThat(settings.timeout()).isEqualTo(Duration.ofMinutes(7));
				assertThat(settings.pollInterval()).isEqualTo(Duration.ofMillis(500));
				assertThat(settings.applicationVersion()).isEqualTo("1.2.3");
			});
	}

	@Test
	void tablesWithoutANameOfTheirOwnTakeThePrefix() {
		this.runner.withPropertyValues("adk.migration.table-prefix=crm_", "adk.migration.tables.events=turns")
			.run((context) -> {
				AdkMigrationProperties properties = context.getBean(AdkMigrationProperties.class);
				assertThat(properties.toTables().name(SessionTable.SESSIONS)).isEqualTo("crm_sessions");
				assertThat(properties.toTables().name(SessionTable.EVENTS)).isEqualTo("turns");
			});
	}

	@Test
	void emptyVariablesCountAsNotSet() {
		this.runner
			.withPropertyValues("adk.migration.schema=", "adk.migration.owner-id-column= ",
					"adk.migration.tables.events=")
			.run((context) -> assertThat(context.getBean(AdkMigrationProperties.class).toSettings(null))
				.isEqualTo(MigrationSettings.defaults()));
	}

	@ParameterizedTest
	@CsvSource({ "ADK_MIGRATION_TIMEOUT, 300, 300", "ADK_MIGRATION_TIMEOUT, 2m, 120",
			"ADK_MIGRATION_TIMEOUT, PT45S, 45" })
	void aTimeoutInTheEnvironmentIsInSecondsUnlessItSaysAnother(String variable, String value, long seconds) {
		environment(Map.of(variable, value))
			.run((context) -> assertThat(context.getBean(AdkMigrationProperties.class).getTimeout())
				.isEqualTo(Duration.ofSeconds(seconds)));
	}

	@ParameterizedTest
	@CsvSource({ "ADK_AUTO_MIGRATE_DB, true, true", "ADK_AUTO_MIGRATE, true, true", "ADK_AUTO_MIGRATE_DB, false, false",
			"ADK_AUTO_MIGRATE, false, false" })
	void eitherVariableSwitchesTheMigration(String variable, String value, boolean migrates) {
		environment(Map.of(variable, value))
			.run((context) -> assertThat(context.getBean(AdkProperties.class).migratesAtStart()).isEqualTo(migrates));
	}

	@ParameterizedTest
	@CsvSource({ "true, false", "false, true" })
	void theVariableOfTheOperatorOutranksThePropertyOfTheApplication(String property, boolean variable) {
		environment(Map.of("ADK_AUTO_MIGRATE_DB", String.valueOf(variable)))
			.withPropertyValues("adk.auto-migrate=" + property)
			.run((context) -> assertThat(context.getBean(AdkProperties.class).migratesAtStart()).isEqualTo(variable));
	}

	@Test
	void environmentVariablesReachNestedProperties() {
		environment(Map.of("ADK_MIGRATION_LEGACY_TIME_ZONE", "Asia/Kolkata", "ADK_MIGRATION_TABLE_PREFIX", "x_",
				"ADK_MIGRATION_ON_PENDING", "warn", "ADK_MIGRATION_TABLES_APP_STATES", "apps"))
			.run((context) -> {
				AdkMigrationProperties properties = context.getBean(AdkMigrationProperties.class);
				assertThat(properties.getLegacy().getTimeZone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
				assertThat(properties.getTablePrefix()).isEqualTo("x_");
				assertThat(properties.getOnPending()).isEqualTo(OnPending.WARN);
				assertThat(properties.getTables().getAppStates()).isEqualTo("apps");
			});
	}

	@ParameterizedTest
	@CsvSource({ "adk.migration.batch-size, 0", "adk.migration.batch-size, 100001",
			"adk.migration.legacy.max-quarantined, -1", "adk.migration.timeout, 0", "adk.migration.poll-interval, -1s",
			"adk.migration.table-prefix, a-b", "adk.migration.schema, a.b", "adk.migration.tables.events, Events",
			"adk.migration.tables.events, sessions", "adk.migration.owner-id-column, account_id" })
	void valuesThatCannotBeUsedAreRefused(String property, String value) {
		this.runner.withPropertyValues(property + "=" + value).run((context) -> {
			AdkMigrationProperties properties = context.getBean(AdkMigrationProperties.class);
			assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> properties.toSettings(null))
				.matches((ex) -> ex.code() == MigrationErrorCode.INVALID_SETTING)
				.withMessageContaining(
						value.equals("0") && property.endsWith("timeout") ? "PT0S" : value.replace("-1s", "PT-1S"));
		});
	}

	private ApplicationContextRunner environment(Map<String, Object> variables) {
		return this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ AdkProperties.class, AdkMigrationProperties.class })
	static class PropertiesConfiguration {

	}

}
