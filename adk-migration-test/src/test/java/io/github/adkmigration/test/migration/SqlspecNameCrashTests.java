package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Lets runs die before their writes in turn where tables hand their names over, which is
 * not one transaction on MySQL and MariaDB.
 */
class SqlspecNameCrashTests {

	/** The other tests of crashes cover what a swap beside has in common with theirs. */
	private static final int STRIDE = FaultyRun.ALL ? FaultyRun.STRIDE : 3 * FaultyRun.STRIDE;

	private static final MigrationSettings BESIDE = Migrations.settings().withBatchSize(2).withMaxQuarantined(1);

	private static final MigrationSettings SETTINGS = BESIDE
		.withTables(new SessionTables(null, "", Map.of(SessionTable.SESSIONS, "adk_session", SessionTable.EVENTS,
				"adk_event", SessionTable.APP_STATES, "adk_app_state", SessionTable.USER_STATES, "adk_user_state")));

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#databases")
	void aRunCompletesWhatAnEarlierOneLeftWhereverItDied(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		Map<String, Object> undisturbed;
		try (TestDatabase database = provider.newDatabase()) {
			fill(database);
			Migrations.migrateToHead(database, SETTINGS);
			undisturbed = result(database);
		}
		everyDeath(provider, SqlspecNameCrashTests::fill, SqlspecNameCrashTests::upgrade, (database) -> {
			Migrations.migrate(database, SETTINGS);
			Migrations.isAtHead(database, SETTINGS);
			assertThat(result(database)).isEqualTo(undisturbed);
			downgrade(database.dataSource());
		});
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#databases")
	void anUpgradeIsUndoneWhereverItDied(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		everyDeath(provider, SqlspecNameCrashTests::fill, SqlspecNameCrashTests::upgrade,
				(database) -> downgrade(database.dataSource()));
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#servers")
	void anUpgradeBesideIsUndoneWhereverItDied(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		everyDeath(provider, SqlspecNameCrashTests::fill,
				(dataSource) -> Migrations.migrator(dataSource, BESIDE).migrate(),
				(database) -> Migrations.migrator(database.dataSource(), BESIDE).downgrade(DowngradeTarget.base()));
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#databases")
	void anotherDowngradeCompletesOneWhereverItDied(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		everyDeath(provider, (database) -> {
			fill(database);
			Migrations.migrate(database, SETTINGS);
		}, SqlspecNameCrashTests::downgrade, (database) -> downgrade(database.dataSource()));
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#databases")
	void anUpgradeInsteadKeepsEveryRowWhereverTheDowngradeDied(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		everyDeath(provider, (database) -> {
			fill(database);
			Migrations.migrate(database, SETTINGS);
			Sql.execute(database, "INSERT INTO adk_event (id, app_name, user_id, session_id, invocation_id, timestamp,"
					+ " event_data) VALUES ('new', 'app', 'u', 's', 'i', '2026-01-02 03:04:05', '{}')");
		}, SqlspecNameCrashTests::downgrade, (database) -> {
			Migrations.migrate(database, SETTINGS);
			Migrations.isAtHead(database, SETTINGS);
			assertThat(Sql.column(database, "SELECT id FROM adk_event ORDER BY id")).containsExactly("e0", "e1", "e2",
					"new");
			assertThat(Sql.column(database, "SELECT id FROM adk_session ORDER BY id")).containsExactly("s", "t");
			downgrade(database.dataSource());
		});
	}

	/**
	 * Let a verb die before its writes in turn, see what another makes of that, and that
	 * in the end the old tables are as they were.
	 */
	private static void everyDeath(DatabaseProvider provider, Step before, Consumer<DataSource> verb, Step after)
			throws SQLException {
		Contents original;
		try (TestDatabase database = provider.newDatabase()) {
			fill(database);
			original = Contents.of(database);
		}
		int died = FaultyRun.offset(provider);
		boolean completed = false;
		while (!completed) {
			died += STRIDE;
			try (TestDatabase database = provider.newDatabase()) {
				before.run(database);
				completed = !Crash.dies(database, Crash.WRITE, died, verb);
				try {
					after.run(database);
				}
				catch (RuntimeException | AssertionError ex) {
					throw new AssertionError("After a crash before write " + died, ex);
				}
				assertThat(Contents.ofSessionTables(database).tables().values())
					.as("after a crash before write " + died)
					.containsExactlyElementsOf(original.tables().values());
			}
		}
		assertThat(died).isGreaterThan(10);
	}

	private static void upgrade(DataSource dataSource) {
		Migrations.migrator(dataSource, SETTINGS).migrate();
	}

	private static void downgrade(DataSource dataSource) {
		Migrations.migrator(dataSource, SETTINGS).downgrade(DowngradeTarget.base());
	}

	private static void fill(TestDatabase database) throws SQLException {
		SqlspecRows.create(database);
		for (int i = 0; i < 3; i++) {
			SqlspecRows.event(database, "e" + i,
					"{\"id\":\"e" + i + "\",\"author\":\"user\",\"invocation_id\":\"i\",\"timestamp\":1767323045.5}");
		}
		SqlspecRows.event(database, "list", "[]");
	}

	/** What a user sees, and what is set aside. */
	private static Map<String, Object> result(TestDatabase database) throws SQLException {
		return Map.of("catalog", Contents.of(database).tables().keySet(), "events",
				Sql.column(database, "SELECT id FROM adk_event ORDER BY id"), "sessions",
				Sql.column(database, "SELECT id FROM adk_session ORDER BY id"), "states",
				Sql.column(database, "SELECT state FROM adk_app_state"), "kept",
				Sql.column(database, "SELECT id FROM adk_migration_events_v0 ORDER BY id"), "set aside",
				Sql.column(database, "SELECT id FROM adk_migration_quarantine"), "substituted",
				Sql.column(database, "SELECT app_name FROM adk_migration_substitution ORDER BY app_name"));
	}

	/** What is done with a database. */
	private interface Step {

		void run(TestDatabase database) throws SQLException;

	}

}
