package io.github.adkmigration.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.status.SchemaGate.Waiting;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.RunStart;
import io.github.adkmigration.report.SchemaStatus;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a person reads when the migration of a start fails or is refused: word by word.
 * Together with {@link StartFailureTests} and {@link PrivilegedUserTests} there is a text
 * for every code.
 */
@ExtendWith(OutputCaptureExtension.class)
class RunFailureTests {

	private static final String MIGRATING = "adk.auto-migrate=true";

	/** Which text is an example of which code. */
	private static final Map<MigrationErrorCode, String> TEXTS = new EnumMap<>(
			Map.ofEntries(Map.entry(MigrationErrorCode.FAILED, "full-disk"),
					Map.entry(MigrationErrorCode.DATABASE_UNREACHABLE, "unreachable-database"),
					Map.entry(MigrationErrorCode.MISSING_RIGHTS, "missing-right"),
					Map.entry(MigrationErrorCode.INVALID_SETTING, "invalid-table-name"),
					Map.entry(MigrationErrorCode.PENDING_CHANGES, "pickled-events"),
					Map.entry(MigrationErrorCode.LOCK_NOT_ACQUIRED, "lock-of-another"),
					Map.entry(MigrationErrorCode.LOCK_LOST, "lost-lock"),
					Map.entry(MigrationErrorCode.NOT_MIGRATED_IN_TIME, "late-migration"),
					Map.entry(MigrationErrorCode.VERIFICATION_FAILED, "events-without-session"),
					Map.entry(MigrationErrorCode.UNRECOGNIZED_SCHEMA, "foreign-tables"),
					Map.entry(MigrationErrorCode.UNSUPPORTED_LAYOUT, "unreleased-tables"),
					Map.entry(MigrationErrorCode.UNSUPPORTED_DATABASE, "unsupported-database"),
					Map.entry(MigrationErrorCode.REFUSED, "kept-table"),
					Map.entry(MigrationErrorCode.TIME_ZONE_REQUIRED, "missing-time-zone"),
					Map.entry(MigrationErrorCode.TIME_ZONE_CONTRADICTED, "contradicted-time-zone"),
					Map.entry(MigrationErrorCode.AHEAD_INCOMPATIBLE, "newer-tables"),
					Map.entry(MigrationErrorCode.TOO_MANY_QUARANTINED, "damaged-event")));

	private final TestDatabase database = TestDatabases.sqlite().newDatabase();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void everyCodeHasAText() {
		assertThat(TEXTS).containsOnlyKeys(MigrationErrorCode.values());
		assertThat(TEXTS.values()).allSatisfy((name) -> assertThat(FailureText.golden(name)).contains("Action:"));
	}

	@Test
	void aDiskThatIsFull(CapturedOutput output) {
		Fixtures.sample().load(this.database);
		Integer pages = this.jdbc.queryForObject("PRAGMA page_count", Integer.class);
		assertThat(FailureText.of(output, this.database, MIGRATING,
				"spring.datasource.hikari.connection-init-sql=PRAGMA max_page_count = " + pages))
			.isEqualTo(FailureText.golden("full-disk"));
	}

	@Test
	void aTableOfAnEarlierConversion(CapturedOutput output) {
		Fixtures.sample().load(this.database);
		this.jdbc.execute("CREATE TABLE adk_migration_events_v0 (id INTEGER)");
		assertThat(FailureText.of(output, this.database, MIGRATING)).isEqualTo(FailureText.golden("kept-table"));
	}

	@Test
	void anEventThatCannotBeRead(CapturedOutput output) {
		Fixtures.sample().load(this.database);
		this.jdbc.update("UPDATE events SET actions = X'00' WHERE id = (SELECT MIN(id) FROM events)");
		assertThat(FailureText.of(output, this.database, MIGRATING)).isEqualTo(FailureText.golden("damaged-event"));
	}

	@Test
	void sessionsThatVanishInTheLastMoment(CapturedOutput output) {
		Fixtures.sample().load(this.database);
		this.jdbc.execute("CREATE TRIGGER mine AFTER INSERT ON app_states BEGIN DELETE FROM sessions; END");
		this.jdbc.update("DELETE FROM app_states");
		assertThat(FailureText.of(output, this.database, MIGRATING)
			.replaceAll("\\d{8}T\\d{6}\\.\\d{3}Z", "20260102T030405.123Z"))
			.isEqualTo(FailureText.golden("events-without-session"));
	}

	@Test
	void tablesOfANewerRelease(CapturedOutput output) {
		AdkMigrator.create(this.database.dataSource()).build().migrate();
		this.jdbc.update("UPDATE adk_migration_step SET revision = '0009', min_compatible = '0009'");
		this.jdbc.update("UPDATE adk_migration_run SET fingerprint = 'another'");
		assertThat(FailureText.of(output, this.database)).isEqualTo(FailureText.golden("newer-tables"));
		assertThat(FailureText.of(output, this.database, MIGRATING)).contains("revision 0009", "not compatible");
	}

	@Test
	void aLockThatAnotherHolds(CapturedOutput output) throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(1);
		AdkMigrator holder = AdkMigrator.create(this.database.dataSource()).listener(new MigrationListener() {

			@Override
			public void started(RunStart start) {
				started.countDown();
				try {
					over.await(1, TimeUnit.MINUTES);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}

		}).build();
		CompletableFuture<Object> run = CompletableFuture.supplyAsync(holder::migrate);
		assertThat(started.await(1, TimeUnit.MINUTES)).isTrue();
		try {
			String text = FailureText.of(output, this.database, MIGRATING, "adk.migration.timeout=1s",
					"adk.migration.poll-interval=200ms");
			assertThat(text.replaceAll("[^ ]+/\\d+/[0-9a-f]{8}", "agent-5d8c7/1/0f4c8c3e")
				.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "2026-01-02T03:04:05Z"))
				.isEqualTo(FailureText.golden("lock-of-another"));
		}
		finally {
			over.countDown();
			run.join();
		}
	}

	@Test
	void aLockThatAnotherTookWhileTheRunWasAtWork(CapturedOutput output) {
		try (TestDatabase lease = TestDatabases.named("h2").newDatabase()) {
			String text = FailureText.with(Taking.class, output, MIGRATING, "adk.migration.lock.type=table",
					"spring.datasource.url=" + lease.jdbcUrl(), "spring.datasource.username=" + lease.username(),
					"spring.datasource.password=" + lease.password());
			assertThat(text.replaceAll("[^ ]+/\\d+/[0-9a-f]{8}", "agent-5d8c7/1/0f4c8c3e"))
				.isEqualTo(FailureText.golden("lost-lock"));
		}
	}

	@Test
	void aMigrationThatDoesNotComeInTime() {
		Instant since = Instant.parse("2026-01-02T03:04:05Z");
		SchemaStatus found = new SchemaStatus(Compatibility.BEHIND, "empty", "no ADK tables", null, "base", "0002",
				List.of(), List.of(), List.of(), null);
		SchemaGateWatch watch = new SchemaGateWatch(new Waiting(found, since, since.plusSeconds(600)), () -> found,
				new Refusal(() -> {
				}), Duration.ofSeconds(2), Clock.fixed(since.plusSeconds(600), ZoneOffset.UTC));
		MigrationException failure = catchThrowableOfType(MigrationException.class, watch::await);
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.NOT_MIGRATED_IN_TIME);
		assertThat(text(failure)).isEqualTo(FailureText.golden("late-migration"));
	}

	/**
	 * Write a failure as Spring Boot prints its analysis.
	 */
	static String text(MigrationException failure) {
		return String.join("\n",
				Arrays.asList("Description:", "", failure.description(), "", "Action:", "", failure.action(), ""));
	}

	@Configuration(proxyBeanMethods = false)
	static class Taking {

		@Bean
		MigrationListener taking(DataSource dataSource) {
			return new MigrationListener() {

				@Override
				public void begins(String step, String description) {
					new JdbcTemplate(dataSource)
						.update("UPDATE adk_migration_lock SET locked_by = 'another-host/7/0f4c8c3e'");
				}

			};
		}

	}

}
