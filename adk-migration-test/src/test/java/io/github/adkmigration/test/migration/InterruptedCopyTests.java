package io.github.adkmigration.test.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Copies that do not come to their end, and what the next one makes of them.
 */
class InterruptedCopyTests {

	private static final FaultScenario SCENARIO = FaultScenario.CONVERSION;

	private static final MigrationSettings SETTINGS = SCENARIO.settings();

	private static final String STOPPED = "STOPPED";

	@DatabaseTest(except = DatabaseDialect.H2)
	void aCopyThatIsKilledIsCompletedByTheNextOne(TestDatabase target) throws Exception {
		try (TestDatabase source = Copies.sqlite(); TestDatabase quiet = Copies.database(target.dialect())) {
			SCENARIO.fill(source);
			byte[] file = Files.readAllBytes(source.file().orElseThrow());
			List<String> undisturbed = new ArrayList<>();
			copy(source, counting(quiet, undisturbed), SETTINGS);
			List<String> batches = kill(source, target);
			long copied = Sql.number(target, "SELECT count(*) FROM events");
			assertThat(copied).isPositive().isLessThan(Sql.number(quiet, "SELECT count(*) FROM events"));
			Migrations.releaseLease(target);
			anApplicationDoesNotStart(target);

			MigrationReport report = copy(source, counting(target, batches), SETTINGS);
			assertThat(report.outcome()).isEqualTo(Outcome.COPIED);
			assertThat(report.notes()).anyMatch((note) -> note.contains("continued"));
			Migrations.isAtHead(target, SETTINGS);
			assertThat(HeadContent.of(quiet).differences(HeadContent.of(target))).isEmpty();
			for (String table : List.of("quarantine", "substitution")) {
				String ids = "SELECT id FROM adk_migration_" + table + " ORDER BY id";
				assertThat(Sql.column(target, ids)).isEqualTo(Sql.column(quiet, ids));
			}
			assertThat(batches).hasSizeLessThanOrEqualTo(undisturbed.size() + 1);
			assertThat(Files.readAllBytes(source.file().orElseThrow())).isEqualTo(file);
		}
	}

	private static void anApplicationDoesNotStart(TestDatabase target) {
		AdkMigrator migrator = Copies.migrator(target, SETTINGS);
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.BEHIND);
		MigrationException failure = Migrations.failure(target, SETTINGS, MigrationErrorCode.REFUSED);
		assertThat(failure.action()).contains("copy");
		assertThat(migrator.preflight().obstacle()).get()
			.isEqualTo(new PreflightFinding(PreflightCode.UNFINISHED_COPY, failure.description(), failure.action()));
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.BEHIND);
	}

	private static MigrationReport copy(TestDatabase source, DataSource target, MigrationSettings settings) {
		return Migrations.migrator(target, settings).copyFrom(source.dataSource(), settings);
	}

	private static DataSource counting(TestDatabase database, List<String> batches) {
		return new InterceptedDataSource(database.dataSource(), (sql) -> {
			if (isBatch(sql)) {
				batches.add(sql);
			}
		});
	}

	private static boolean isBatch(String sql) {
		return sql.startsWith("UPDATE") && sql.contains("adk_migration_checkpoint") && sql.contains("last_key");
	}

	private static List<String> kill(TestDatabase source, TestDatabase target) throws IOException {
		Process process = ChildJvm
			.of(InterruptedCopyTests.class, source.jdbcUrl(), target.jdbcUrl(), target.username(), target.password())
			.redirectErrorStream(true)
			.start();
		List<String> lines = new ArrayList<>();
		try (BufferedReader output = process.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				lines.add(line);
				if (line.equals(STOPPED)) {
					break;
				}
			}
			process.toHandle().destroyForcibly();
			process.onExit().join();
		}
		assertThat(lines).last().isEqualTo(STOPPED);
		return new ArrayList<>(lines.stream().filter(InterruptedCopyTests::isBatch).toList());
	}

	/**
	 * Copies until the fifth batch is about to be committed, and stays there.
	 * @param arguments URL of the source; URL, user and password of the target
	 */
	public static void main(String[] arguments) {
		AtomicInteger passed = new AtomicInteger();
		DataSource target = new InterceptedDataSource(
				new DriverManagerDataSource(arguments[1], arguments[2], arguments[3]), (sql) -> {
					if (isBatch(sql)) {
						System.out.println(sql);
						if (passed.incrementAndGet() == 5) {
							System.out.println(STOPPED);
							block();
						}
					}
				});
		System.out.println(Migrations.migrator(target, SETTINGS)
			.copyFrom(new DriverManagerDataSource(arguments[0]), SETTINGS)
			.outcome());
	}

	private static void block() {
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void failInTheMiddle(TestDatabase source, TestDatabase target) {
		DataSource failing = FaultyRun.before(target.dataSource(), FaultyRun.COPY, 4, () -> {
			throw new SQLException("The disk is full.", "53100");
		});
		Copies.failure(Migrations.migrator(failing, SETTINGS), source, SETTINGS, MigrationErrorCode.FAILED);
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL })
	void anotherSourceIsNotCopiedIntoAHalfFilledTarget(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite(); TestDatabase other = Copies.sqlite()) {
			SCENARIO.fill(source);
			SCENARIO.fill(other);
			failInTheMiddle(source, target);
			HeadContent before = HeadContent.of(target);
			assertThat(before.rows()).isNotEmpty();
			MigrationException failure = Copies.failure(other, target, SETTINGS, MigrationErrorCode.REFUSED);
			assertThat(failure.description()).contains("another source");
			assertThat(before.differences(HeadContent.of(target))).isEmpty();
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.H2, DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL })
	void aRowThatSaysSomethingElseThanItsSourceFailsTheCopy(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite()) {
			SCENARIO.fill(source);
			failInTheMiddle(source, target);
			Sql.execute(target, "UPDATE events SET invocation_id = 'forged' WHERE id = 'e0000'");
			Sql.execute(target, "UPDATE sessions SET state = '{\"forged\": true}' WHERE id = 's1'");
			MigrationException failure = Copies.failure(source, target, SETTINGS,
					MigrationErrorCode.VERIFICATION_FAILED);
			assertThat(failure.description()).contains("1 say something else");
			Sql.execute(target, "UPDATE events SET invocation_id = 'i' WHERE id = 'e0000'");
			failure = Copies.failure(source, target, SETTINGS, MigrationErrorCode.VERIFICATION_FAILED);
			assertThat(failure.description()).contains("sessions and states");
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.MARIADB })
	void aRowThatIsLostOrTooMuchFailsTheCopy(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite()) {
			SCENARIO.fill(source);
			failInTheMiddle(source, target);
			Sql.execute(target, "UPDATE events SET id = 'new' WHERE id = 'e0000'");
			MigrationException failure = Copies.failure(source, target, SETTINGS,
					MigrationErrorCode.VERIFICATION_FAILED);
			assertThat(failure.description()).contains("1 are missing")
				.contains("1 of the target are not in the source");
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL })
	void aRowThatWasRepairedInTheSourceIsCopiedByTheNextAttempt(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite()) {
			V0Rows.create(source);
			V0Rows.event(source, "good");
			V0Rows.event(source, "bad", "s", V0Rows.text("broken"), "{}");
			MigrationException failure = Copies.failure(source, target, Migrations.settings(),
					MigrationErrorCode.TOO_MANY_QUARANTINED);
			assertThat(failure.action()).contains("adk.migration.legacy.max-quarantined=1");
			Sql.update(source, "UPDATE events SET actions = ? WHERE id = 'bad'", (Object) V0Rows.EMPTY_ACTIONS);
			assertThat(Copies.copy(source, target).rows().converted()).isEqualTo(2);
			assertThat(MigratedEvents.read(target)).containsOnlyKeys("shop/u/s/good", "shop/u/s/bad");
			assertThat(Sql.number(target, "SELECT count(*) FROM adk_migration_quarantine")).isZero();
		}
	}

}
