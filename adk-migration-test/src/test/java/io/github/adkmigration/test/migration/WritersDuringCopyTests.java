package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;
import io.github.adkmigration.test.migration.V0Application.Activity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application goes on writing V0 rows while they are converted.
 */
class WritersDuringCopyTests {

	private static final int USERS = 4;

	private static final int SESSIONS = 80;

	private static final int EVENTS = 4000;

	@DatabaseTest(except = DatabaseDialect.H2)
	void whatUsersCommitDuringTheWholeRunIsWhatStandsInTheNewTable(TestDatabase database) throws Exception {
		Layouts.named(V0Rows.LAYOUT, database.dialect()).create(database);
		try (V0Application application = V0Application.fill(database, USERS, SESSIONS, EVENTS)) {
			Map<String, Activity> moments = new ConcurrentHashMap<>();
			InterceptedDataSource watching = new InterceptedDataSource(database.dataSource(), (sql) -> {
				if (sql.contains("SET last_key")) {
					moments.putIfAbsent("first batch", application.activity());
				}
				else if (swapBegins(sql)) {
					moments.put("swap", application.activity());
				}
			});
			application.start();
			Activity before = application.awaitEveryKind();
			MigrationReport report = Migrations.migrator(watching, Migrations.settings().withBatchSize(50)).migrate();
			application.awaitEnd();
			Activity atSwap = Objects.requireNonNull(moments.get("swap"));
			Activity during = atSwap.since(Objects.requireNonNull(moments.get("first batch")));
			if (database.dialect() == DatabaseDialect.SQLITE) {
				// It has one writer at a time, which may be us from one batch to the
				// next.
				assertThat(atSwap.since(before).sum()).isPositive();
			}
			else {
				assertThat(during.everyKind()).isTrue();
			}
			assertThat(report.rows().complete()).isTrue();
			assertThat(sessions(database)).isEqualTo(application.sessions());
			assertThat(texts(database)).isEqualTo(application.events());
			assertThat(application.ends()).allMatch((end) -> end.contains("author") || end.contains("events"));
			if (!database.dialect().mysqlFamily()) {
				// MySQL lets one of two who wait for each other's tables fail at once.
				assertThat(application.activity().failed()).isZero();
			}
			Migrations.isAtHead(database, Migrations.settings());
		}
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whatComesAndGoesBehindTheCopyIsTakenOver(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.session(database, "leaving");
		V0Rows.session(database, "again");
		for (String session : List.of("s", "leaving", "again")) {
			for (int i = 0; i < 3; i++) {
				V0Rows.event(database, session + i, session, V0Rows.EMPTY_ACTIONS, "{}");
			}
		}
		MigrationReport report = migrateAnd(database, () -> {
			deleteSession(database, "leaving");
			deleteSession(database, "again");
			V0Rows.session(database, "again");
			V0Rows.event(database, "again9", "again", V0Rows.EMPTY_ACTIONS, "{}");
			Sql.execute(database, "DELETE FROM events WHERE id = 's0'");
			insertBehind(database);
		});
		assertThat(report.rows()).isEqualTo(new RowCounts(4, 4, 0, 0, 0));
		assertThat(MigratedEvents.read(database)).containsOnlyKeys("shop/u/s/a-new", "shop/u/s/s1", "shop/u/s/s2",
				"shop/u/again/again9");
		Migrations.isAtHead(database, Migrations.settings());
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void anEventThatIsChangedBehindTheCopyHasItsChangeInTheKeptTable(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e", "s", V0Rows.EMPTY_ACTIONS, "{\"parts\": [{\"text\": \"first\"}]}");
		migrateAnd(database,
				() -> Sql.execute(database, "UPDATE events SET content = '{\"parts\": [{\"text\": \"second\"}]}'"));
		assertThat(texts(database)).containsEntry("shop/u/s/e", "first");
		assertThat(Sql.text(database, "SELECT content FROM adk_migration_events_v0")).contains("second");
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MARIADB, DatabaseDialect.MYSQL })
	void aRunThatOthersKeepFromTheEventsGivesUpAndTheNextOneSwaps(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		try (Connection reader = database.connection(); Statement statement = reader.createStatement()) {
			reader.setAutoCommit(false);
			statement.execute("SELECT count(*) FROM events");
			MigrationException failure = Migrations.failure(database,
					Migrations.settings().withLockLimits(Duration.ofSeconds(4), Duration.ofMillis(50)),
					MigrationErrorCode.FAILED);
			assertThat(failure.description()).contains("kept the table events busy for 4 s");
			assertThat(failure.action())
				.contains(database.dialect() == DatabaseDialect.POSTGRESQL ? "pg_stat_activity" : "innodb_trx");
			reader.rollback();
		}
		assertThat(Migrations.migrateToHead(database).rows().converted()).isEqualTo(1);
	}

	/**
	 * Migrate and let something happen when every row has been copied and nobody is kept
	 * out yet.
	 */
	private static MigrationReport migrateAnd(TestDatabase database, Happening happening) {
		AtomicBoolean happened = new AtomicBoolean();
		InterceptedDataSource writing = new InterceptedDataSource(database.dataSource(), (sql) -> {
			if (swapBegins(sql) && happened.compareAndSet(false, true)) {
				happening.run();
			}
		});
		MigrationReport report = Migrations.migrator(writing, Migrations.settings().withBatchSize(2)).migrate();
		assertThat(happened).isTrue();
		return report;
	}

	private static boolean swapBegins(String sql) {
		return sql.startsWith("LOCK TABLE") || sql.contains("SET name = name");
	}

	private static void deleteSession(TestDatabase database, String session) throws SQLException {
		// SQLite cascades only where a connection asks for it.
		Sql.execute(database, "DELETE FROM events WHERE session_id = '" + session + "'",
				"DELETE FROM sessions WHERE id = '" + session + "'");
	}

	/**
	 * Insert an event where the copy has been: before the first key, in the first row, or
	 * in a block of which a row has gone.
	 */
	private static void insertBehind(TestDatabase database) throws SQLException {
		if (database.dialect() == DatabaseDialect.POSTGRESQL) {
			Sql.execute(database, "VACUUM events");
		}
		V0Rows.event(database, "a-new");
		switch (database.dialect()) {
			case POSTGRESQL ->
				assertThat(Sql.text(database, "SELECT ctid FROM events WHERE id = 'a-new'")).startsWith("(0,1)");
			case SQLITE -> Sql.execute(database, "UPDATE events SET rowid = 1 WHERE id = 'a-new'");
			default -> {
			}
		}
	}

	private static Map<String, String> texts(TestDatabase database) throws SQLException {
		return MigratedEvents.read(database)
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(event) -> event.getValue().at("/content/parts/0/text").asString(), (a, b) -> a, TreeMap::new));
	}

	private static Map<String, String> sessions(TestDatabase database) throws SQLException {
		Map<String, String> sessions = new TreeMap<>();
		List<String> ids = Sql.column(database, "SELECT id FROM sessions ORDER BY app_name, user_id, id");
		List<String> times = Sql.column(database, "SELECT update_time FROM sessions ORDER BY app_name, user_id, id");
		for (int i = 0; i < ids.size(); i++) {
			sessions.put(ids.get(i), times.get(i));
		}
		return sessions;
	}

	/** What happens to a database. */
	@FunctionalInterface
	private interface Happening {

		void run() throws SQLException;

	}

}
