package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.sql.DataSource;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.history.RunRecorder;
import io.github.adkmigration.lock.MigrationLock.HeldLock;
import io.github.adkmigration.lock.MigrationLocks;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixtures;

import static org.assertj.core.api.Assertions.assertThat;

class ConcurrentStartTests {

	private static final int STARTS = 4;

	private static final MigrationSettings SETTINGS = MigrationSettings.defaults()
		.withLegacyClock(LegacyClock.in(ZoneId.of("America/New_York")))
		.withLockLimits(Duration.ofMinutes(2), Duration.ofMillis(50));

	@DatabaseTest
	void whenSeveralStartAtOnceThenOneCreatesTheTables(TestDatabase database) throws Exception {
		assertThat(outcomesOfStartsAtOnce(database)).containsExactlyInAnyOrder(Outcome.CREATED, Outcome.UP_TO_DATE,
				Outcome.UP_TO_DATE, Outcome.UP_TO_DATE);
		assertThat(migrator(database.dataSource()).verify().successful()).isTrue();
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void whenAnotherProgramMakesOldTablesDuringTheWaitThenTheirClockIsLookedAt(TestDatabase database) throws Exception {
		ExecutorService threads = Executors.newSingleThreadExecutor();
		try (Connection connection = database.connection()) {
			new RunRecorder(database.dialect(), SessionTables.defaults()).createTables(connection);
			CountDownLatch asked = new CountDownLatch(1);
			Future<MigrationReport> waiting;
			try (HeldLock held = new MigrationLocks(database.dataSource(), SETTINGS, null)
				.of(connection, database.dialect(), "test")
				.acquire(() -> "")) {
				held.assertHeld();
				waiting = threads.submit(() -> migrator(counting(database.dataSource(), asked)).migrate());
				asked.await();
				Fixtures.named("python-1.18.0.postgresql").load(database);
			}
			MigrationReport report = waiting.get();
			assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
			assertThat(report.clock()).contains("New_York");
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static DataSource counting(DataSource dataSource, CountDownLatch asked) {
		return new InterceptedDataSource(dataSource, (sql) -> {
			if (sql.contains("pg_try_advisory_lock")) {
				asked.countDown();
			}
		});
	}

	private static List<Outcome> outcomesOfStartsAtOnce(TestDatabase database) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(STARTS);
		CountDownLatch gate = new CountDownLatch(1);
		try {
			List<Future<Outcome>> starts = new ArrayList<>();
			for (int i = 0; i < STARTS; i++) {
				starts.add(threads.submit(() -> {
					gate.await();
					return migrator(database.dataSource()).migrate().outcome();
				}));
			}
			gate.countDown();
			List<Outcome> outcomes = new ArrayList<>();
			for (Future<Outcome> start : starts) {
				outcomes.add(start.get());
			}
			return outcomes;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static AdkMigrator migrator(DataSource dataSource) {
		return AdkMigrator.create(dataSource).settings(SETTINGS).build();
	}

}
