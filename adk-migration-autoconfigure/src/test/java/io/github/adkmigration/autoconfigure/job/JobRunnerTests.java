package io.github.adkmigration.autoconfigure.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.adkmigration.autoconfigure.AdkSessionDataSource;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.lock.MigrationLocks;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a job does, by its exit code and its last words.
 */
@ExtendWith(OutputCaptureExtension.class)
class JobRunnerTests {

	private static final String SECRET = "s3cr3t-77ab";

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	private final Map<String, Object> properties = new HashMap<>(Map.of("spring.datasource.url",
			this.database.jdbcUrl(), "spring.datasource.password", SECRET, "adk.migration.poll-interval", "100ms"));

	@TempDir
	private Path directory;

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void checkEndsWith3WhileChangesArePendingAndWritesNothing() throws IOException {
		assertThat(run("check")).isEqualTo(3);
		assertThat(message()).startsWith("check: 7 changes pending: found ")
			.contains("\n    - Create the table of sessions\n")
			.endsWith(" (exit code 3)\n");
		assertThat(tables()).isEmpty();
	}

	@Test
	void aJobDoesNotWaitForAnother() {
		this.properties.put("adk.migration.on-pending", "wait");
		assertThat(run("check")).isEqualTo(3);
		assertThat(run("upgrade")).isZero();
	}

	@Test
	void upgradeCreatesTheTablesAndThenHasNothingToDo() throws IOException {
		assertThat(run("upgrade")).isZero();
		assertThat(message()).isEqualTo("upgrade: created, from empty to python-2.10.0. (exit code 0)\n");
		assertThat(run("upgrade")).isZero();
		assertThat(message()).isEqualTo("upgrade: up to date, from python-2.10.0 to python-2.10.0. (exit code 0)\n");
		assertThat(run("check")).isZero();
		assertThat(message()).isEqualTo("check: nothing is pending at revision 0002. (exit code 0)\n");
	}

	@Test
	void aJobBuildsTheIndexThatStartsLeaveToItUnlessItIsToldNotTo() throws IOException {
		Fixtures.named("python-1.27.5.sqlite").load(this.database);
		this.properties.put("adk.migration.defer-indexes-above", "0");
		this.properties.put("adk.migration.job.defer-indexes", "true");
		assertThat(run("upgrade")).isZero();
		assertThat(message()).startsWith("upgrade: up to date, from python-1.22.0 to python-1.22.0.")
			.contains("is deferred", "CREATE INDEX ");
		assertThat(run("check")).isZero();
		assertThat(message()).startsWith("check: nothing is pending but what is deferred.").contains("CREATE INDEX ");
		this.properties.remove("adk.migration.job.defer-indexes");
		assertThat(run("plan")).isZero();
		assertThat(message()).startsWith("plan: 1 change from python-1.22.0 to 0002.");
		assertThat(run("upgrade")).isZero();
		assertThat(message()).startsWith("upgrade: migrated, from python-1.22.0 to python-2.10.0.")
			.doesNotContain("deferred");
	}

	@Test
	void statusTellsWhatThereIs(CapturedOutput output) throws IOException {
		Fixtures.sample().load(this.database);
		assertThat(run("status")).isZero();
		assertThat(message()).startsWith("status: behind, found ");
		assertThat(output).contains("ADK session tables: behind");
	}

	@Test
	void planTellsWhatAnUpgradeWouldDo(CapturedOutput output) throws IOException {
		Fixtures.sample().load(this.database);
		assertThat(run("plan")).isZero();
		assertThat(message()).startsWith("plan: ").contains(" changes from python-1.14.0 to ");
		assertThat(message()).contains("GO (exit code 0)");
		assertThat(output).contains("Convert the events of python-1.14.0", " tables     sessions", " verdict    GO");
		assertThat(tables()).doesNotContain("adk_migration_run");
		new JdbcTemplate(this.database.dataSource()).execute("CREATE TABLE adk_migration_events_v0 (id VARCHAR(9))");
		assertThat(run("plan")).isEqualTo(7);
		assertThat(message()).contains("NO-GO: KEPT_TABLE", "still exists");
	}

	@Test
	void verifyEndsWith5WhereTheTablesDiffer() throws IOException {
		run("upgrade");
		assertThat(run("verify")).isZero();
		new JdbcTemplate(this.database.dataSource()).execute("DROP TABLE user_states");
		assertThat(run("verify")).isEqualTo(5);
		assertThat(message()).startsWith("verify: 1 difference:").contains("user_states");
	}

	@Test
	void aDryRunOfAnUpgradeOnlyTellsThePlan() throws IOException {
		this.properties.put("adk.migration.job.dry-run", "true");
		assertThat(run("upgrade")).isZero();
		assertThat(message()).startsWith("upgrade: 7 changes from empty to ");
		assertThat(tables()).isEmpty();
	}

	@Test
	void downgradeReturnsToTheVersionOfAnApplication(CapturedOutput output) throws IOException {
		Fixtures.named("python-1.27.5.sqlite").load(this.database);
		this.properties.put("adk.migration.application-version", "1.0.0");
		run("upgrade");
		this.properties.put("adk.migration.job.to-app-version", "0.9.0");
		assertThat(run("downgrade")).isEqualTo(2);
		assertThat(message()).contains("0.9.0", "1.0.0");
		this.properties.put("adk.migration.job.to-app-version", "1.0.0");
		assertThat(run("downgrade")).isZero();
		assertThat(message()).isEqualTo("downgrade: up to date, from 0002 to 0002. (exit code 0)\n");
		assertThat(run("history")).isZero();
		assertThat(output).contains("    - 1: upgrade from python-1.22.0 to ", ", application 1.0.0, ");
	}

	@Test
	void downgradeUndoesAsManyChangesAsAreAskedForAfterTellingWhich(CapturedOutput output) throws IOException {
		Fixtures.named("python-1.27.5.sqlite").load(this.database);
		run("upgrade");
		this.properties.put("adk.migration.job.count", "1");
		this.properties.put("adk.migration.job.dry-run", "true");
		assertThat(run("downgrade")).isZero();
		assertThat(message()).isEqualTo("downgrade: 1 change to undo, from 0002 to base. (exit code 0)\n");
		assertThat(run("check")).isZero();
		this.properties.put("adk.migration.job.dry-run", "");
		assertThat(run("downgrade")).isZero();
		assertThat(message()).isEqualTo("downgrade: undone, from 0002 to base. (exit code 0)\n");
		assertThat(output).contains("    - Undo ext_adk_0002_events_index");
		assertThat(run("check")).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "to", "count" })
	void aDowngradeWithoutATargetOrWithTwoEndsWith2(String second) throws IOException {
		assertThat(run("downgrade")).isEqualTo(2);
		this.properties.put("adk.migration.job.to-app-version", "1.0.0");
		this.properties.put("adk.migration.job." + second, "1");
		assertThat(run("downgrade")).isEqualTo(2);
		assertThat(message()).contains("A downgrade needs one target and may have no second.");
	}

	@Test
	void aNumberThatIsNoneEndsWith2() throws IOException {
		this.properties.put("adk.migration.job.count", "many");
		assertThat(run("downgrade")).isEqualTo(2);
		assertThat(message()).contains("The setting adk.migration.job.count has a value that cannot be used.");
	}

	@Test
	void stampRecordsARevisionThatTheTablesHave() throws IOException {
		run("upgrade");
		JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());
		tables().stream()
			.filter((table) -> table.startsWith("adk_migration_"))
			.forEach((table) -> jdbc.execute("DROP TABLE " + table));
		assertThat(run("stamp")).isEqualTo(2);
		this.properties.put("adk.migration.job.to", "0002");
		assertThat(run("stamp")).isZero();
		assertThat(message()).startsWith("stamp: stamped, ");
	}

	@Test
	void unlockTellsThatNothingIsLocked() throws IOException {
		run("upgrade");
		assertThat(run("unlock")).isZero();
		assertThat(message()).isEqualTo("unlock: The migration lock is free. (exit code 0)\n");
	}

	@Test
	void whatIsRefusedEndsWith7AndTheReason() throws IOException {
		Fixtures.sample().load(this.database);
		this.properties.put("adk.migration.legacy.time-zone", "Asia/Kolkata");
		assertThat(run("upgrade")).isEqualTo(7);
		assertThat(message()).startsWith("upgrade: ").contains("Asia/Kolkata").endsWith(" (exit code 7)\n");
	}

	@Test
	void tablesOfAnotherApplicationEndWith6() {
		new JdbcTemplate(this.database.dataSource()).execute("CREATE TABLE sessions (id INTEGER, note TEXT)");
		assertThat(run("upgrade")).isEqualTo(6);
		assertThat(run("check")).isEqualTo(6);
	}

	@Test
	void aLockThatAnotherHoldsEndsWith4(CapturedOutput output) throws SQLException, IOException {
		this.properties.put("adk.migration.timeout", "1s");
		try (Connection connection = this.database.connection();
				HeldLock held = new MigrationLocks(this.database.dataSource(), MigrationSettings.defaults(), null)
					.of(connection, DatabaseDialect.SQLITE, "holder")
					.acquire(() -> "")) {
			held.assertHeld();
			assertThat(run("upgrade")).isEqualTo(4);
		}
		assertThat(message()).endsWith(" (exit code 4)\n");
		assertThat(output).contains("Job upgrade ended with exit code 4.");
		assertThat(run("upgrade")).isZero();
	}

	@Test
	void aDatabaseThatDoesNotAnswerEndsWith1AndTellsNoSecret(CapturedOutput output) throws IOException {
		this.properties.put("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/chat?password=" + SECRET);
		assertThat(run("upgrade")).isEqualTo(1);
		assertThat(message()).startsWith("upgrade: The database did not answer while connecting: ")
			.endsWith(" (exit code 1)\n")
			.doesNotContain(SECRET);
		assertThat(output).doesNotContain(SECRET);
	}

	@Test
	void aVerbThatDoesNotExistEndsWith2AndNamesTheOthers() throws IOException {
		assertThat(run("upgade")).isEqualTo(2);
		assertThat(message()).contains("There is no job upgade.",
				"upgrade, downgrade, check, status, plan, verify, history, stamp, unlock");
	}

	@Test
	void aSettingThatCannotBeBoundEndsWith2AndIsNamedWithoutItsValue() throws IOException {
		this.properties.put("adk.migration.lock.type", "no-such-kind");
		assertThat(run("upgrade")).isEqualTo(2);
		assertThat(message()).contains("The setting adk.migration.lock.type has a value that cannot be used.")
			.doesNotContain("no-such-kind");
	}

	@Test
	void aJobWhereMigrationsAreTurnedOffEndsWith2() throws IOException {
		this.properties.put("adk.migration.enabled", "false");
		assertThat(run("upgrade")).isEqualTo(2);
		assertThat(message()).contains("adk.migration.enabled=false");
		assertThat(tables()).isEmpty();
	}

	@Test
	void aNativeImageWhoseBeansKnowNoJobEndsWith2() throws IOException {
		SpringProperties.setFlag(AotDetector.AOT_ENABLED);
		try {
			assertThat(run("upgrade", BrokenApplication.class)).isEqualTo(2);
		}
		finally {
			SpringProperties.setProperty(AotDetector.AOT_ENABLED, null);
		}
		assertThat(message()).contains("native image").contains("adk-migrate");
	}

	@Test
	void anApplicationThatCannotBeReadEndsWith1() throws IOException {
		assertThat(run("upgrade", BrokenApplication.class)).isEqualTo(1);
		assertThat(message()).contains("The job met a IllegalStateException. The log says more.");
	}

	@Test
	void connectionDetailsOutrankTheProperties() {
		this.properties.put("spring.datasource.url", "jdbc:sqlite:/no/such/folder/chat.db");
		this.properties.put("test.url", this.database.jdbcUrl());
		assertThat(run("upgrade", ApplicationWithConnectionDetails.class)).isZero();
		assertThat(tables()).contains("sessions");
	}

	@Test
	void ofTwoDataSourcesTheMarkedOneIsMigrated() {
		try (TestDatabase other = TestDatabases.sqlite().newDatabase()) {
			this.properties.put("test.orders", other.jdbcUrl());
			this.properties.put("test.url", this.database.jdbcUrl());
			assertThat(run("upgrade", ApplicationWithTwoDataSources.class)).isZero();
			assertThat(tables()).contains("sessions");
			assertThat(new JdbcTemplate(other.dataSource()).queryForList("SELECT name FROM sqlite_schema")).isEmpty();
		}
	}

	@Test
	void theUrlAndUserForSchemaChangesAreUsed() {
		this.properties.put("spring.datasource.url", "jdbc:sqlite:/no/such/folder/chat.db");
		this.properties.put("adk.migration.url", this.database.jdbcUrl());
		this.properties.put("adk.migration.user", "owner");
		assertThat(run("upgrade")).isZero();
		assertThat(run("check")).isZero();
	}

	@Test
	void aPostProcessorThatIsNamedIsKept() {
		this.properties.put("test.real", this.database.jdbcUrl());
		this.properties.put("spring.datasource.url", "encrypted");
		assertThat(run("upgrade", ApplicationWithDecryption.class)).isEqualTo(1);
		this.properties.put("adk.migration.job.post-processors", "decryption,another");
		assertThat(run("upgrade", ApplicationWithDecryption.class)).isZero();
	}

	private int run(String job) {
		return run(job, Application.class);
	}

	private int run(String job, Class<?> application) {
		this.properties.put("adk.migration.job", job);
		this.properties.put("adk.migration.termination-log", this.directory.resolve("message").toString());
		JobApplicationContext context = new JobApplicationContext();
		ConfigurableEnvironment environment = context.getEnvironment();
		environment.setConversionService(new ApplicationConversionService());
		environment.getPropertySources().addFirst(new MapPropertySource("test", this.properties));
		context.register(application);
		return new JobRunner(context).run();
	}

	private String message() throws IOException {
		return Files.readString(this.directory.resolve("message"));
	}

	private List<String> tables() {
		return new JdbcTemplate(this.database.dataSource())
			.queryForList("SELECT name FROM sqlite_schema WHERE type = 'table'", String.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ApplicationWithConnectionDetails {

		@Bean
		JdbcConnectionDetails connectionDetails(ConfigurableEnvironment environment) {
			return new JdbcConnectionDetails() {

				@Override
				public String getUsername() {
					return "";
				}

				@Override
				public String getPassword() {
					return "";
				}

				@Override
				public String getJdbcUrl() {
					return environment.getRequiredProperty("test.url");
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ApplicationWithTwoDataSources {

		@Bean
		DataSource orders(ConfigurableEnvironment environment) {
			return new DriverManagerDataSource(environment.getRequiredProperty("test.orders"));
		}

		@Bean
		@AdkSessionDataSource
		HikariDataSource chats(ConfigurableEnvironment environment) {
			HikariDataSource dataSource = new HikariDataSource();
			dataSource.setJdbcUrl(environment.getRequiredProperty("test.url"));
			return dataSource;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ApplicationWithDecryption {

		@Bean
		static BeanFactoryPostProcessor decryption(ConfigurableEnvironment environment) {
			return (beanFactory) -> environment.getPropertySources()
				.addFirst(new MapPropertySource("decrypted",
						Map.of("spring.datasource.url", environment.getRequiredProperty("test.real"))));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class BrokenApplication {

		@Bean
		DataSource dataSource() {
			throw new IllegalStateException("It is broken");
		}

	}

}
