package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.EventTimes;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.report.PreflightReport;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.TimestampColumn;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * V1 events in local time, as adk-python before 2.7.0 wrote them in Kolkata, among such
 * in UTC.
 */
class EventTimeRepairTests {

	private static final MigrationSettings UTC = Migrations.settings().withTimestampColumn(TimestampColumn.UTC);

	private static final String FOUND = "The times of %d of %d events%s were set to UTC;"
			+ " adk_migration_former_times holds what they were.";

	/** Orders and filters as adk-python 2.13 does. */
	@FixtureTest(families = LayoutFamily.PYTHON_V1, name = "python-\\d.*\\d\\.(sqlite|postgresql)|mixed.*")
	void everySessionIsInTrueOrderAndTimeFiltersAgreeWithTheInstants(Fixture fixture, TestDatabase database)
			throws SQLException {
		assumeThat(fixture.touched()).isFalse();
		Contents before = Contents.ofSessionTables(database);
		Definitions definitions = Definitions.of(database);
		boolean inUtc = fixture.name().matches("python-2\\.(9|13)\\..*");
		assertThat(StoredEvent.all(database)).isNotEmpty();
		assertThat(StoredEvent.all(database).stream().allMatch((event) -> event.column().equals(event.utc())))
			.isEqualTo(inUtc);

		Migrations.migrateToHead(database, UTC);

		List<StoredEvent> events = StoredEvent.all(database);
		assertThat(events).allMatch((event) -> event.column().equals(event.utc()));
		for (List<String> session : events.stream().map(StoredEvent::session).distinct().toList()) {
			List<StoredEvent> truth = events.stream().filter((event) -> event.session().equals(session)).toList();
			for (StoredEvent since : truth) {
				assertThat(StoredEvent.ordered(database, session, since.utc())).containsExactlyElementsOf(truth.stream()
					.filter((event) -> event.utc().compareTo(since.utc()) >= 0)
					.map(StoredEvent::id)
					.toList());
			}
		}
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		assertThat(Definitions.of(database)).isEqualTo(definitions);
	}

	/**
	 * V0, continued by 2.13.0. The times of the fixture are scripted: one session of the
	 * older release is of two days after the change, which only its own time shows.
	 */
	@FixtureTest(name = "mixed-v0-1.21.0-then-2.13.0.*")
	void aV0DatabaseOfTwoClocksIsInTrueOrderWithTheInstantThatIsProposed(TestDatabase database) throws SQLException {
		MigrationException refusal = Migrations.failure(database, MigrationSettings.defaults(),
				MigrationErrorCode.TIME_ZONE_REQUIRED);
		assertThat(refusal.description()).contains("The rows prove the change");
		assertThat(refusal.action()).endsWith("adk.migration.legacy.time-zone=America/New_York"
				+ " adk.migration.legacy.utc-since=2025-11-02T10:00:00Z");
		Instant change = Instant.parse("2025-11-02T10:00:00Z");
		assertThat(Migrations
			.failure(database, Migrations.settings().withLegacyClock(new LegacyClock(Migrations.WRITER, change, false)),
					MigrationErrorCode.TIME_ZONE_CONTRADICTED)
			.description()).contains("2025-11-04");
		Migrations.migrateToHead(database,
				Migrations.settings().withLegacyClock(new LegacyClock(Migrations.WRITER, change, true)));
		List<StoredEvent> events = StoredEvent.all(database);
		assertThat(events).hasSize(155).allMatch((event) -> event.column().equals(event.utc()));
		for (StoredEvent event : events) {
			LocalDateTime stored = LocalDateTime.parse(String.valueOf(Sql.text(database,
					"SELECT timestamp FROM adk_migration_events_v0 WHERE id = '%s' AND user_id = '%s' AND app_name = '%s'"
						.formatted(event.id(), event.session().get(1), event.session().get(0))))
				.replace(' ', 'T'));
			List<ZoneOffset> offsets = event.id().startsWith("f2-") ? List.of(ZoneOffset.UTC)
					: Migrations.WRITER.getRules().getValidOffsets(stored);
			assertThat(offsets).as(event.toString())
				.contains(ZoneOffset
					.ofTotalSeconds((int) Duration.between(LocalDateTime.parse(event.utc().replace(' ', 'T')), stored)
						.toSeconds()));
		}
		for (List<String> session : events.stream().map(StoredEvent::session).distinct().toList()) {
			List<@Nullable String> arrival = Sql.column(database,
					"SELECT id FROM adk_migration_events_v0 WHERE app_name = '%s' AND user_id = '%s' AND session_id = '%s' ORDER BY rowid"
						.formatted(session.toArray()));
			assertThat(StoredEvent.ordered(database, session, "0")).containsExactlyElementsOf(arrival);
		}
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void theTimesAreSetOnceAndComeBackToTheByte(TestDatabase database) throws SQLException {
		fill(database);
		boolean sqlite = database.dialect() == DatabaseDialect.SQLITE;
		Contents before = Contents.ofSessionTables(database);
		MigrationReport report = Migrations.migrateToHead(database, UTC.withBatchSize(2));
		String found = FOUND.formatted(3, 5, sqlite ? "" : " and of 1 sessions");
		assertThat(report.notes()).contains(found);
		assertThat(StoredEvent.all(database)).extracting(StoredEvent::column)
			.containsExactly("2026-01-02 03:04:05.000000", "2026-01-02 03:04:06.250000", "2026-01-02 03:04:07.999999",
					"2026-01-02 03:10:00.000001", "2026-01-02 03:20:00.000000");
		assertThat(time(database, "s")).startsWith("2026-01-02 03:04:07.999999");
		assertThat(time(database, "t")).startsWith("2025-07-01 11:00:00.000002");
		assertThat(Objects.requireNonNull(migrator(database, UTC).status().lastRun()).message()).isEqualTo(found);

		Contents after = Contents.of(database);
		assertThat(migrator(database, UTC).includingDeferred().migrate().outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(Contents.of(database)).isEqualTo(after);
		assertThat(Migrations.migrate(database).outcome()).isEqualTo(Outcome.UP_TO_DATE);

		Contents repaired = Contents.ofSessionTables(database);
		Migrations.downgrade(database, DowngradeTarget.count(1));
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_former_times")).isZero();
		assertThat(migrator(database, UTC).status().compatibility()).isEqualTo(Compatibility.BEHIND);
		Migrations.migrateToHead(database, UTC);
		assertThat(Contents.ofSessionTables(database)).isEqualTo(repaired);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aSessionThatWasChangedSinceKeepsItsTimeWhenTheOthersComeBack(TestDatabase database) throws SQLException {
		fill(database);
		Migrations.migrateToHead(database, UTC);
		event(database, "new", "2026-01-02 09:00:00", "1767344400.0");
		Sql.execute(database, "UPDATE sessions SET update_time = '2026-01-02 09:00:00' WHERE id = 's'");
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(time(database, "s")).startsWith("2026-01-02 09:00:00");
		assertThat(column(database, "new")).startsWith("2026-01-02 09:00:00");
		assertThat(column(database, "b")).startsWith("2026-01-02 08:34:06.25");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void rowsWithoutAnInstantStayAndAreCountedAndNamed(TestDatabase database) throws SQLException {
		fill(database);
		boolean text = database.dialect() != DatabaseDialect.POSTGRESQL;
		json(database, "no-time", "{\"id\": \"no-time\"}");
		json(database, "word", "{\"timestamp\": \"soon\"}");
		json(database, "list", "[1767323045.0]");
		json(database, "milliseconds", "{\"timestamp\": 1767323045000}");
		json(database, "absent", null);
		if (text) {
			json(database, "broken", "{\"timestamp\": 1767323045.0, \"actions\": ");
			json(database, "nan", "{\"timestamp\": 1767323045.0, \"actions\": {\"state_delta\": {\"x\": NaN}}}");
		}
		int unreadable = text ? 6 : 5;
		EventTimes times = migrator(database, Migrations.settings()).eventTimes().orElseThrow();
		assertThat(times.looked()).isEqualTo(text ? 12 : 10);
		assertThat(times.notUtc()).isEqualTo(text ? 4 : 3);
		assertThat(times.unreadable()).isEqualTo(unreadable);
		assertThat(times.unreadableKeys()).hasSize(5);
		MigrationReport report = Migrations.migrateToHead(database, UTC);
		// What stays in local time looks newer than the event that the session ended
		// with.
		assertThat(report.notes()).contains(FOUND.formatted(text ? 4 : 3, text ? 12 : 10, ""));
		assertThat(report.notes()).anySatisfy((note) -> assertThat(note).contains(unreadable + " without a readable")
			.contains("(absent, shop, u, s)"));
		assertThat(column(database, "word")).startsWith("2026-01-02 08:34:05");
		if (text) {
			assertThat(column(database, "broken")).startsWith("2026-01-02 08:34:05");
			assertThat(column(database, "nan")).startsWith("2026-01-02 03:04:05");
		}
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aPlanAndAStatusCountWhatIsNotUtc(TestDatabase database) throws SQLException {
		fill(database);
		AdkMigrator migrator = migrator(database, Migrations.settings());
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.EQUAL);
		assertThat(migrator.eventTimes()).contains(new EventTimes(5, true, 3, 0, List.of()));
		PreflightReport report = migrator.preflight();
		assertThat(report.isEmpty()).isTrue();
		assertThat(report.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo(PreflightCode.EVENT_TIMES_NOT_UTC);
			assertThat(finding.fact()).startsWith("3 of 5 events have another time");
			assertThat(finding.nextStep()).contains("adk.migration.timestamp-column=utc");
		});
		assertThat(migrator(database, Migrations.settings().withTimestampColumn(TimestampColumn.LOCAL)).preflight()
			.findings()).isEmpty();
		PreflightReport wanted = migrator(database, UTC).preflight();
		assertThat(wanted.steps()).extracting("id")
			.containsExactly("ext_adk_0001_former_times", "ext_adk_0001_event_times");
		assertThat(codes(wanted)).containsExactly(PreflightCode.EVENT_TIMES_NOT_UTC);
		assertThat(wanted.go()).isTrue();
		Migrations.migrateToHead(database, UTC);
		assertThat(codes(migrator(database, UTC).preflight())).isEmpty();
		assertThat(migrator.eventTimes()).contains(new EventTimes(5, true, 0, 0, List.of()));
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aStartTrustsTheRecordAndTheCommandLooksAgain(TestDatabase database) throws SQLException {
		fill(database);
		Migrations.migrateToHead(database, UTC);
		event(database, "late", "2026-01-02 09:00:00", "1767324600.0");
		assertThat(Migrations.migrate(database, UTC).outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(column(database, "late")).startsWith("2026-01-02 09:00:00");
		AdkMigrator command = migrator(database, UTC).includingDeferred();
		assertThat(command.plan().steps()).extracting("id").containsExactly("ext_adk_0001_event_times");
		assertThat(command.migrate().notes()).contains(FOUND.formatted(1, 6, ""));
		assertThat(column(database, "late")).startsWith("2026-01-02 03:30:00");
		Migrations.downgrade(database, DowngradeTarget.count(1));
		assertThat(column(database, "late")).startsWith("2026-01-02 09:00:00");
		assertThat(column(database, "b")).startsWith("2026-01-02 08:34:06.25");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whatComesMeanwhileIsSetToo(TestDatabase database) throws SQLException {
		fill(database);
		AtomicInteger seen = new AtomicInteger();
		InterceptedDataSource writing = new InterceptedDataSource(database.dataSource(), (sql) -> {
			if (sql.contains("adk_migration_former_times") && sql.contains("REPLACE") | sql.contains("ON CONFLICT")
					&& seen.incrementAndGet() == 2) {
				event(database, "Behind", "2026-01-02 09:00:00", "1767324600.0");
			}
		});
		MigrationReport report = Migrations.migrator(writing, UTC.withBatchSize(1)).migrate();
		assertThat(seen).hasValueGreaterThan(1);
		assertThat(column(database, "Behind")).startsWith("2026-01-02 03:30:00");
		assertThat(report.notes()).noneMatch((note) -> note.contains("meanwhile"));
		Migrations.isAtHead(database, UTC);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void anAdkPythonThatGoesOnWritingLocalTimesIsTold(TestDatabase database) throws SQLException {
		fill(database);
		AtomicInteger seen = new AtomicInteger();
		InterceptedDataSource writing = new InterceptedDataSource(database.dataSource(), (sql) -> {
			if (sql.startsWith("INSERT INTO") && sql.contains("adk_migration_checkpoint")) {
				event(database, "more" + seen.incrementAndGet(), "2026-01-02 09:00:00", "1767324600.0");
			}
		});
		MigrationReport report = Migrations.migrator(writing, UTC).migrate();
		assertThat(seen).hasValue(4);
		assertThat(report.notes()).anySatisfy((note) -> assertThat(note).startsWith("1 events came with local times"));
		assertThat(StoredEvent.all(database)).allMatch((event) -> event.column().equals(event.utc()));
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aTimeThatDoesNotStayIsAFailure(TestDatabase database) throws SQLException {
		fill(database);
		Sql.execute(database, "CREATE TRIGGER back AFTER UPDATE OF timestamp ON events BEGIN"
				+ " UPDATE events SET timestamp = OLD.timestamp WHERE rowid = OLD.rowid; END");
		MigrationException failure = Migrations.failure(database, UTC, MigrationErrorCode.VERIFICATION_FAILED);
		assertThat(failure.description()).startsWith("3 events have another time");
		Sql.execute(database, "DROP TRIGGER back");
		Migrations.migrateToHead(database, UTC);
		assertThat(StoredEvent.all(database)).allMatch((event) -> event.column().equals(event.utc()));
	}

	/** As SqliteSessionService writes into the same file. */
	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void numbersBecomeTextsAndComeBackAsNumbers(TestDatabase database) throws SQLException {
		fill(database);
		Sql.execute(database, "UPDATE events SET timestamp = 1767323045.5 WHERE id = 'a'",
				"UPDATE events SET timestamp = '2026-01-02 03:04:06.25' WHERE id = 'b'");
		Contents before = Contents.ofSessionTables(database);
		Migrations.migrateToHead(database, UTC);
		assertThat(StoredEvent.all(database)).allMatch((event) -> event.column().equals(event.utc()));
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		assertThat(Sql.text(database, "SELECT typeof(timestamp) FROM events WHERE id = 'a'")).isEqualTo("real");
	}

	/** As a mariadb:// URL makes it. */
	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void wholeSecondsAreSetToWholeSeconds(TestDatabase database) throws SQLException {
		fill(database);
		Sql.execute(database, "ALTER TABLE events MODIFY timestamp DATETIME NOT NULL");
		Contents before = Contents.ofSessionTables(database);
		Migrations.migrate(database, UTC);
		assertThat(StoredEvent.all(database)).extracting(StoredEvent::column)
			.containsExactly("2026-01-02 03:04:05", "2026-01-02 03:04:06", "2026-01-02 03:04:07", "2026-01-02 03:10:00",
					"2026-01-02 03:20:00");
		Migrations.isAtHead(database, UTC);
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aSettingThatIsTakenBackInTheMiddleLeavesWhatCanBeUndone(TestDatabase database) throws SQLException {
		fill(database);
		Contents before = Contents.ofSessionTables(database);
		AtomicInteger seen = new AtomicInteger();
		InterceptedDataSource dying = new InterceptedDataSource(database.dataSource(), (sql) -> {
			if (seen.get() == 3 || (isCheckpoint(sql) && seen.incrementAndGet() == 3)) {
				throw new SQLException("The process is gone.", "08006");
			}
		});
		assertThat(catchThrowable(() -> Migrations.migrator(dying, UTC.withBatchSize(1)).migrate())).isNotNull();
		assertThat(StoredEvent.all(database).stream().filter((event) -> event.column().equals(event.utc())).count())
			.isGreaterThan(2);
		Migrations.releaseLease(database);
		Migrations.migrate(database);
		Migrations.isAtHead(database, Migrations.settings());
		Migrations.downgrade(database, DowngradeTarget.base());
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
	}

	/**
	 * PostgreSQL reads what it has moved once more, so there the number of pages differs.
	 */
	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void aRepairThatDiedGoesOnWhereItStopped(TestDatabase database) throws SQLException {
		fill(database);
		AtomicInteger pages = new AtomicInteger();
		InterceptedDataSource dying = new InterceptedDataSource(database.dataSource(), (sql) -> {
			if (pages.get() == 3 || (isCheckpoint(sql) && pages.incrementAndGet() == 3)) {
				throw new SQLException("The process is gone.", "08006");
			}
		});
		assertThat(catchThrowable(() -> Migrations.migrator(dying, UTC.withBatchSize(1)).migrate())).isNotNull();
		Migrations.releaseLease(database);
		AtomicInteger rest = new AtomicInteger();
		InterceptedDataSource counting = new InterceptedDataSource(database.dataSource(), (sql) -> {
			if (isCheckpoint(sql)) {
				rest.incrementAndGet();
			}
		});
		MigrationReport report = Migrations.migrator(counting, UTC.withBatchSize(1)).migrate();
		// Three of five events, and the beginning of the proof.
		assertThat(rest).hasValue(3 + 1);
		assertThat(report.notes())
			.contains(FOUND.formatted(3, 5, database.dialect() == DatabaseDialect.SQLITE ? "" : " and of 1 sessions"));
	}

	private static boolean isCheckpoint(String sql) {
		return sql.startsWith("UPDATE") && sql.contains("SET last_key");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aRepairGoesNoFasterThanItMay(TestDatabase database) throws SQLException {
		fill(database);
		Duration step = Migrations.migrate(database, UTC.withBatchSize(1).withMaxRowsPerSecond(25))
			.steps()
			.stream()
			.filter((done) -> done.id().equals("ext_adk_0001_event_times"))
			.findFirst()
			.orElseThrow()
			.duration();
		assertThat(step).isGreaterThan(Duration.ofMillis(2 * 4 * 1000 / 25));
	}

	/** A session with three local and two UTC events, which stand in the wrong order. */
	private static void fill(TestDatabase database) throws SQLException {
		HeadRows.create(database);
		if (database.dialect() == DatabaseDialect.MARIADB) {
			Sql.execute(database, "ALTER TABLE events MODIFY timestamp DATETIME(6) NOT NULL",
					"ALTER TABLE sessions MODIFY create_time DATETIME(6) NOT NULL,"
							+ " MODIFY update_time DATETIME(6) NOT NULL");
		}
		V0Rows.session(database, "t");
		event(database, "a", "2026-01-02 08:34:05", "1767323045.0");
		event(database, "b", "2026-01-02 08:34:06.25", "1767323046.25");
		event(database, "c", "2026-01-02 08:34:07.999999", "1767323047.999999");
		event(database, "d", "t", "2026-01-02 03:10:00.000001", "1767323400.000001");
		event(database, "e", "t", "2026-01-02 03:20:00", "1767324000");
		boolean sqlite = database.dialect() == DatabaseDialect.SQLITE;
		Sql.execute(database, "UPDATE sessions SET update_time = '2026-01-02 "
				+ (sqlite ? "03:04:07.999999" : "08:34:07.999999") + "' WHERE id = 's'");
	}

	private static void event(TestDatabase database, String id, String column, String seconds) throws SQLException {
		event(database, id, "s", column, seconds);
	}

	private static void event(TestDatabase database, String id, String session, String column, String seconds)
			throws SQLException {
		boolean sqlite = database.dialect() == DatabaseDialect.SQLITE;
		String time = column.contains(".") || !sqlite ? column : column + ".";
		HeadRows.event(database, id, sqlite ? (time + "000000").substring(0, 26) : time, "{\"id\": \"" + id
				+ "\", \"author\": \"user\", \"invocation_id\": \"i\", \"timestamp\": " + seconds + "}");
		Sql.execute(database, "UPDATE events SET session_id = '" + session + "' WHERE id = '" + id + "'");
	}

	private static void json(TestDatabase database, String id, @Nullable String json) throws SQLException {
		HeadRows.event(database, id, "2026-01-02 08:34:05.000000", json);
	}

	private static @Nullable String time(TestDatabase database, String session) throws SQLException {
		return Sql.text(database, "SELECT update_time FROM sessions WHERE id = '" + session + "'");
	}

	private static @Nullable String column(TestDatabase database, String id) throws SQLException {
		return Sql.text(database, "SELECT timestamp FROM events WHERE id = '" + id + "'");
	}

	/** MariaDB's tables have narrow columns here. */
	private static List<PreflightCode> codes(PreflightReport report) {
		return report.findings()
			.stream()
			.map(PreflightFinding::code)
			.filter((code) -> code != PreflightCode.NARROW_COLUMN)
			.toList();
	}

	private static AdkMigrator migrator(TestDatabase database, MigrationSettings settings) {
		return Migrations.migrator(database.dataSource(), settings);
	}

}
