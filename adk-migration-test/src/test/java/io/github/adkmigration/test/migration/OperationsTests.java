package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Operations;
import io.github.adkmigration.report.RunActivity;
import io.github.adkmigration.report.RunEnd;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.report.RunStart;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.RunOrigin;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What an operator sees of a run and can do to it, from another process than the one that
 * migrates.
 */
class OperationsTests {

	private static final int EVENTS = 400;

	@DatabaseTest(except = DatabaseDialect.H2)
	void aConversionIsSeenPausedAndResumedByOthersAndGoesNoFasterThanItMay(TestDatabase database) throws Exception {
		events(database);
		AdkMigrator operator = operator(database);
		long begun = System.nanoTime();
		CompletableFuture<MigrationReport> run = CompletableFuture
			.supplyAsync(() -> Migrations.migrator(database.dataSource(), slowly()).migrate());
		RunActivity working = await(operator, run,
				(activity) -> activity.rowsDone() != null && activity.rowsDone() > 0);
		assertThat(working.rowsDone()).isLessThan(EVENTS);
		assertThat(working.rowsPerSecond()).isPositive();
		assertThat(working.paused()).isNull();
		assertThat(working.lastSign()).isAfterOrEqualTo(working.run().started());

		RunRecord paused = operator.pause();
		assertThat(paused.instance()).isEqualTo(working.run().instance());
		RunActivity before = await(operator, run, (activity) -> activity.paused() != null);
		LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
		Long stopped = await(operator, run, (activity) -> true).rowsDone();
		LockSupport.parkNanos(Duration.ofMillis(600).toNanos());
		assertThat(await(operator, run, (activity) -> true).rowsDone()).isEqualTo(stopped).isLessThan(EVENTS);
		assertThat(Objects.requireNonNull(stopped) - Objects.requireNonNull(before.rowsDone()))
			.as("rows after the pause was asked for")
			.isLessThanOrEqualTo(2L * slowly().batchSize());

		operator.resume();
		assertThat(run.get(60, TimeUnit.SECONDS).rows().converted()).isEqualTo(EVENTS);
		assertThat(Duration.ofNanos(System.nanoTime() - begun))
			.isGreaterThan(Duration.ofMillis(1000L * (EVENTS - slowly().batchSize()) / slowly().maxRowsPerSecond()));
		assertThat(operator.operations(10).current()).isNull();
		Migrations.isAtHead(database, Migrations.settings());
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void theNextAttemptOfARunThatEndedWhileItWasPausedIsNotPaused(TestDatabase database) throws Exception {
		events(database);
		AdkMigrator operator = operator(database);
		AtomicReference<Thread> thread = new AtomicReference<>();
		CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(() -> {
			thread.set(Thread.currentThread());
			return Migrations.migrator(database.dataSource(), slowly()).migrate();
		});
		await(operator, run, (activity) -> activity.rowsDone() != null && activity.rowsDone() > 0);
		operator.pause();
		Objects.requireNonNull(thread.get()).interrupt();
		CompletionException failure = catchThrowableOfType(CompletionException.class, run::join);
		assertThat(failure).hasRootCauseInstanceOf(InterruptedException.class);
		MigrationReport next = Migrations.migrateToHead(database);
		assertThat(next.rows().converted()).isEqualTo(EVENTS);
		List<RunRecord> runs = operator.operations(1).runs().stream().map((details) -> details.run()).toList();
		assertThat(runs).singleElement().satisfies((newest) -> {
			assertThat(newest.outcome()).isEqualTo("migrated");
			assertThat(newest.lock()).isEqualTo(next.lock());
		});
	}

	@DatabaseTest
	void whereNothingRunsThereIsNothingToPauseAndNothingToTell(TestDatabase database) throws SQLException {
		AdkMigrator operator = operator(database);
		assertThat(operator.operations(10)).isEqualTo(new Operations(null, List.of(), List.of(), 0, 0));
		MigrationException failure = catchThrowableOfType(MigrationException.class, operator::pause);
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.REFUSED);
		assertThat(operator.status().detected()).isEqualTo("empty");
		operator.migrate();
		failure = catchThrowableOfType(MigrationException.class, operator::resume);
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.REFUSED);
		assertThat(operator.operations(10).runs()).hasSize(1);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aListenerHearsOfARunFromTheLockToItsEnd(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Heard heard = new Heard();
		MigrationReport report = migrator(database, heard,
				Migrations.settings().withOrigin(new RunOrigin("1.0", "deploy bot", "OPS-7")))
			.migrate();
		assertThat(heard.locks).containsExactly(report.lock());
		assertThat(heard.starts).singleElement().satisfies((start) -> {
			assertThat(start.kind()).isEqualTo("upgrade");
			assertThat(String.valueOf(start.number())).isEqualTo(report.runId());
			assertThat(start.from()).isEqualTo(report.from());
		});
		assertThat(heard.steps).isEqualTo(report.steps());
		assertThat(heard.ends).singleElement().satisfies((end) -> {
			assertThat(end.outcome()).isEqualTo("migrated");
			assertThat(end.successful()).isTrue();
			assertThat(end.rows()).isEqualTo(report.rows());
			assertThat(String.valueOf(end.number())).isEqualTo(report.runId());
			assertThat(end.duration()).isGreaterThanOrEqualTo(end.lockWait());
		});
		RunRecord recorded = operator(database).operations(1).runs().get(0).run();
		assertThat(recorded.actor()).isEqualTo("deploy bot");
		assertThat(recorded.reason()).isEqualTo("OPS-7");
		migrator(database, heard, Migrations.settings()).migrate();
		assertThat(heard.ends).extracting(RunEnd::outcome).containsExactly("migrated", "up-to-date");
		assertThat(heard.starts).hasSize(1);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aListenerHearsOfARunThatFailsAndOfOneThatIsRefused(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "broken", "s", V0Rows.text("not a pickle"), "{}");
		Heard heard = new Heard();
		AdkMigrator migrator = migrator(database, heard, Migrations.settings());
		assertThatExceptionOfType(MigrationException.class).isThrownBy(migrator::migrate);
		assertThat(heard.ends).singleElement().satisfies((end) -> {
			assertThat(end.outcome()).isEqualTo("failed");
			assertThat(end.code()).isEqualTo(MigrationErrorCode.TOO_MANY_QUARANTINED);
			assertThat(end.number()).isEqualTo(1);
			assertThat(end.message()).contains("1 of 1 events");
		});
		assertThat(operator(database).operations(1).quarantined()).isEqualTo(1);
		Sql.execute(database, "DROP TABLE user_states");
		Sql.execute(database, "CREATE TABLE user_states (something INTEGER)");
		assertThatExceptionOfType(MigrationException.class).isThrownBy(migrator::migrate);
		assertThat(heard.ends).last().satisfies((end) -> {
			assertThat(end.outcome()).isEqualTo("refused");
			assertThat(end.code()).isEqualTo(MigrationErrorCode.UNRECOGNIZED_SCHEMA);
			assertThat(end.number()).isNull();
		});
		assertThat(heard.starts).hasSize(1);
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void theLogHasOneLinePerRunByWhichItCanBeFound(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Logger logger = (Logger) LoggerFactory.getLogger("io.github.adkmigration.audit");
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		lines.start();
		logger.setLevel(Level.INFO);
		logger.addAppender(lines);
		try {
			MigrationSettings settings = Migrations.settings()
				.withOrigin(new RunOrigin("1.0", "deploy \"bot\"\nrun=9", null));
			AdkMigrator.create(database.dataSource()).settings(settings).build().migrate();
			Sql.execute(database, "DROP TABLE user_states", "CREATE TABLE user_states (something INTEGER)",
					"DELETE FROM adk_migration_run");
			assertThatExceptionOfType(MigrationException.class)
				.isThrownBy(() -> AdkMigrator.create(database.dataSource()).settings(settings).build().migrate());
		}
		finally {
			logger.detachAppender(lines);
			logger.setLevel(null);
		}
		assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).satisfiesExactly((line) -> {
			assertThat(line).startsWith("kind=upgrade outcome=migrated run=1 from=python-1.14.0 to=python-2.10.0"
					+ " rows.read=1 rows.converted=1 rows.quarantined=0 duration.ms=");
			assertThat(line).endsWith("application.version=1.0 actor=\"deploy \\\"bot\\\" run=9\"");
		}, (line) -> {
			assertThat(line).startsWith("kind=upgrade outcome=refused rows.read=0");
			assertThat(line).contains("code=UNRECOGNIZED_SCHEMA message=\"The tables are");
		});
		assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.INFO, Level.WARN);
	}

	private static void events(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		try (Connection connection = database.connection()) {
			connection.setAutoCommit(false);
			for (int i = 0; i < EVENTS; i++) {
				V0Rows.insert(connection, database.dialect(), "events", String.format("e%03d", i), "s",
						V0Rows.EMPTY_ACTIONS, "{}", "2025-07-01 06:00:00.000003");
			}
			connection.commit();
		}
	}

	private static MigrationSettings slowly() {
		return Migrations.settings().withBatchSize(20).withMaxRowsPerSecond(200);
	}

	private static AdkMigrator operator(TestDatabase database) {
		return AdkMigrator.create(database.dataSource()).settings(Migrations.settings()).build();
	}

	private static AdkMigrator migrator(TestDatabase database, MigrationListener listener, MigrationSettings settings) {
		return AdkMigrator.create(database.dataSource()).settings(settings).listener(listener).build();
	}

	/**
	 * Look at what a run is at until it is as wanted.
	 */
	private static RunActivity await(AdkMigrator operator, CompletableFuture<MigrationReport> run,
			Predicate<RunActivity> wanted) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (System.nanoTime() < deadline) {
			RunActivity activity = operator.operations(1).current();
			if (activity != null && wanted.test(activity)) {
				return activity;
			}
			if (run.isDone()) {
				throw new AssertionError("The run is over: " + run.join());
			}
			LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		}
		throw new AssertionError("It never comes to that");
	}

	/** Remembers what it hears. */
	private static final class Heard implements MigrationListener {

		private final List<String> locks = new ArrayList<>();

		private final List<RunStart> starts = new ArrayList<>();

		private final List<StepReport> steps = new ArrayList<>();

		private final List<RunEnd> ends = new ArrayList<>();

		@Override
		public void locked(String description, Duration waited) {
			this.locks.add(description);
		}

		@Override
		public void started(RunStart start) {
			this.starts.add(start);
		}

		@Override
		public void ends(StepReport step) {
			this.steps.add(step);
		}

		@Override
		public void ended(RunEnd end) {
			this.ends.add(end);
		}

	}

}
