package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.changelog.Checksum;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.DeferredChange;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.SchemaStatus;
import io.github.adkmigration.settings.DowngradeTarget;
import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.UpgradeTarget;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import org.junit.jupiter.api.Timeout;

import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Builds head's index on a table that is in use: writers go on, and what stands in the
 * way or breaks it off leaves nothing that the next run does not repair.
 */
@Timeout(120)
class IndexBuildTests {

	private static final String VALID = "SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('" + V1Rows.INDEX
			+ "') AND indisvalid";

	private static final String INVALID = "SELECT count(*) FROM pg_index WHERE indrelid = 'events'::regclass"
			+ " AND NOT indisvalid";

	private static final String ROLLBACK = "SELECT rollback_sql FROM adk_migration_step"
			+ " WHERE changeset = 'ext_adk_0002_events_index'";

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void writersGoOnWhileTheIndexIsBuilt(TestDatabase database) throws Exception {
		V1Rows.create(database, 2);
		try (BlockedIndexBuild build = BlockedIndexBuild.by(database)) {
			aPlainBuildWouldKeepThemOut(database, build);
			Future<MigrationReport> run = build.begin(() -> Migrations.migrate(database));
			build.awaitBuilder();
			insert(database, "e2", 3);
			build.release();
			assertThat(BlockedIndexBuild.get(run).outcome()).isEqualTo(Outcome.MIGRATED);
		}
		Migrations.isAtHead(database, Migrations.settings());
		assertThat(Sql.number(database, "SELECT count(*) FROM events")).isEqualTo(3);
	}

	private static void aPlainBuildWouldKeepThemOut(TestDatabase database, BlockedIndexBuild build) throws Exception {
		Future<?> plain = build.begin(() -> {
			Sql.execute(database, "CREATE INDEX plain ON events (session_id, app_name)");
			return true;
		});
		long session = build.awaitBuilder();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> insert(database, "e2", 1));
		Sql.execute(database, database.dialect() == DatabaseDialect.POSTGRESQL
				? "SELECT pg_cancel_backend(" + session + ")" : "KILL QUERY " + session);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> BlockedIndexBuild.get(plain));
	}

	private static void insert(TestDatabase database, String id, int seconds) throws SQLException {
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.execute(database.dialect() == DatabaseDialect.POSTGRESQL
					? "SET lock_timeout = '" + seconds * 300 + "ms'" : "SET SESSION lock_wait_timeout = " + seconds);
			statement.execute("INSERT INTO events (id, app_name, user_id, session_id, invocation_id, timestamp,"
					+ " event_data) VALUES ('" + id + "', 'shop', 'u', 's', 'i', '2026-01-02 03:04:05', '{}')");
		}
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void aBuildThatDiedWithItsSessionIsRepaired(TestDatabase database) throws Exception {
		FaultScenario scenario = FaultScenario.PENDING_CHANGES;
		scenario.fill(database);
		Sql.execute(database, "UPDATE events SET id = 'e0' WHERE id = 'e1'");
		AdkMigrator migrator = Migrations.migrator(database.dataSource(), scenario.settings());
		try (BlockedIndexBuild build = BlockedIndexBuild.by(database);
				KilledJvm jvm = KilledJvm.start(database, scenario)) {
			jvm.migrate(0);
			long session = build.awaitBuilder();
			jvm.kill();
			SchemaStatus building = migrator.status();
			assertThat(building.deferred()).singleElement()
				.extracting(DeferredChange::reason)
				.isEqualTo(DeferredChange.Reason.BEING_BUILT);
			Sql.execute(database, "SELECT pg_terminate_backend(" + session + ", 10000)");
			SchemaStatus dead = migrator.status();
			assertThat(dead.deferred()).isEmpty();
			assertThat(dead.pending()).anySatisfy((change) -> assertThat(change).contains("index", "left invalid"));
			assertThat(dead.revision()).isEqualTo("0001");
		}
		assertThat(Sql.number(database, INVALID)).isEqualTo(1);
		assertThat(migrator.verify().differences())
			.anySatisfy((difference) -> assertThat(difference.toString()).contains(V1Rows.INDEX, "invalid"));
		assertThat(migrator.script(UpgradeTarget.head()).text())
			.contains("DROP INDEX CONCURRENTLY IF EXISTS \"" + V1Rows.INDEX + "\";\n");
		migrator.migrate();
		assertThat(Sql.number(database, INVALID)).isZero();
		assertThat(Sql.number(database, VALID)).isEqualTo(1);
		assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.EQUAL);
		assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_step WHERE state <> 'applied'")).isZero();
	}

	/** A server does not notice that its client has died, and builds on. */
	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL })
	void aBuildThatGoesOnWithoutItsProcessIsWaitedFor(TestDatabase database) throws Exception {
		FaultScenario scenario = FaultScenario.PENDING_CHANGES;
		scenario.fill(database);
		Sql.execute(database, "UPDATE events SET id = 'e0' WHERE id = 'e1'");
		try (BlockedIndexBuild build = BlockedIndexBuild.by(database);
				KilledJvm jvm = KilledJvm.start(database, scenario)) {
			jvm.migrate(0);
			build.awaitBuilder();
			jvm.kill();
			Future<MigrationReport> next = build
				.begin(() -> Migrations.migrator(database.dataSource(), scenario.settings())
					.includingDeferred()
					.migrate());
			build.release();
			assertThat(BlockedIndexBuild.get(next).deferred()).isEmpty();
		}
		Migrations.isAtHead(database, scenario.settings());
		assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_step WHERE state <> 'applied'")).isZero();
		assertThat(Sql.text(database, ROLLBACK)).matches("(?s)(DROP INDEX|ALTER TABLE) .*");
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void anotherOnesBuildIsLeftByAStartAndWaitedForByAJob(TestDatabase database) throws Exception {
		V1Rows.create(database, 2);
		AdkMigrator migrator = Migrations.migrator(database.dataSource(), Migrations.settings());
		try (BlockedIndexBuild build = BlockedIndexBuild.by(database)) {
			Future<?> other = build.begin(() -> {
				Sql.execute(database, "CREATE INDEX CONCURRENTLY " + V1Rows.INDEX
						+ " ON events (app_name, user_id, session_id, timestamp DESC, id DESC)");
				return true;
			});
			build.awaitBuilder();
			assertThat(migrator.status().compatibility()).isEqualTo(Compatibility.DEFERRED);
			assertThat(migrator.migrate().deferred()).singleElement()
				.satisfies((change) -> assertThat(change.text()).contains("is building an index on the table events"));
			Future<MigrationReport> job = build.begin(() -> migrator.includingDeferred().migrate());
			Future<MigrationReport> second = build.begin(() -> migrator.includingDeferred().migrate());
			build.release();
			BlockedIndexBuild.get(other);
			assertThat(List.of(BlockedIndexBuild.get(job), BlockedIndexBuild.get(second)))
				.allSatisfy((report) -> assertThat(report.to()).isEqualTo("python-2.10.0"));
		}
		Migrations.isAtHead(database, Migrations.settings());
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void aReplicaThatWaitsForTheLockIsNotWaitedForByTheBuild(TestDatabase database) throws Exception {
		V1Rows.create(database, 2);
		AdkMigrator migrator = Migrations.migrator(database.dataSource(), Migrations.settings()).includingDeferred();
		try (BlockedIndexBuild build = BlockedIndexBuild.by(database)) {
			Future<MigrationReport> first = build.begin(migrator::migrate);
			build.awaitBuilder();
			Future<MigrationReport> second = build.begin(migrator::migrate);
			build.release();
			assertThat(BlockedIndexBuild.get(first).outcome()).isEqualTo(Outcome.MIGRATED);
			assertThat(BlockedIndexBuild.get(second).outcome()).isEqualTo(Outcome.UP_TO_DATE);
		}
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void aTimeOutOfTheUserDoesNotEndTheBuildAndCountsAgainAfterwards(TestDatabase database) throws Exception {
		V1Rows.create(database, 2);
		try (Connection impatient = database.connection(); BlockedIndexBuild build = BlockedIndexBuild.by(database)) {
			Sql.execute(impatient, "SET statement_timeout = '700ms'");
			AdkMigrator migrator = Migrations.migrator(new SingleConnectionDataSource(impatient, true),
					Migrations.settings());
			Future<MigrationReport> run = build.begin(migrator::migrate);
			build.awaitBuilder();
			Thread.sleep(1000);
			build.release();
			assertThat(BlockedIndexBuild.get(run).outcome()).isEqualTo(Outcome.MIGRATED);
			assertThat(Sql.text(impatient, "SHOW statement_timeout")).isEqualTo("700ms");
			assertThat(Sql.text(impatient, "SHOW lock_timeout")).isEqualTo("0");
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void aTransactionThatStaysOpenEndsTheBuildWithItsNameAndTheNextRunSucceeds(TestDatabase database) throws Exception {
		V1Rows.create(database, 2);
		MigrationSettings hurried = Migrations.settings().withLockLimits(Duration.ofSeconds(1), Duration.ofMillis(50));
		try (BlockedIndexBuild build = BlockedIndexBuild.by(database)) {
			MigrationException failure = Migrations.failure(database, hurried, MigrationErrorCode.FAILED);
			assertThat(failure.description()).contains("kept transactions open for 1 s", V1Rows.INDEX);
			assertThat(failure.action()).contains("adk.migration.timeout");
			build.release();
		}
		assertThat(Migrations.migrate(database).outcome()).isEqualTo(Outcome.MIGRATED);
		Migrations.isAtHead(database, Migrations.settings());
	}

	/** Such as a dump, which reads every table in one transaction. */
	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void aStartDoesNotWaitForWhoReadsTheDatabaseAsItWas(TestDatabase database) throws SQLException {
		V1Rows.create(database, 2);
		try (Connection dump = snapshot(database)) {
			assertThat(Migrations.migrate(database).outcome()).isEqualTo(Outcome.MIGRATED);
			assertThat(Sql.text(dump, "SELECT count(*) FROM events")).isEqualTo("2");
		}
		Migrations.isAtHead(database, Migrations.settings());
		assertThat(Sql.text(database, ROLLBACK)).contains("CONCURRENTLY");
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void aStartWaitsForWritersInShortTries(TestDatabase database) throws Exception {
		V1Rows.create(database, 2);
		try (Connection dump = snapshot(database); BlockedIndexBuild build = BlockedIndexBuild.by(database)) {
			Future<MigrationReport> run = build.begin(() -> Migrations.migrate(database));
			build.awaitBuilder();
			insert(database, "e2", 5);
			build.release();
			assertThat(BlockedIndexBuild.get(run).outcome()).isEqualTo(Outcome.MIGRATED);
			assertThat(Sql.text(dump, "SELECT count(*) FROM events")).isEqualTo("2");
		}
		Migrations.isAtHead(database, Migrations.settings());
	}

	/** Nothing limits its statements, for the session may be somebody else's next. */
	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void underALeaseABuildThatWouldNotEndDoesNotBegin(TestDatabase database) throws SQLException {
		V1Rows.create(database, 2);
		MigrationSettings hurried = Migrations.settings()
			.withLockType(LockType.TABLE)
			.withLockLimits(Duration.ofSeconds(1), Duration.ofMillis(50));
		try (Connection dump = snapshot(database)) {
			MigrationException failure = Migrations.failure(database, hurried, MigrationErrorCode.FAILED);
			assertThat(failure.description()).contains("kept transactions open for 1 s", V1Rows.INDEX);
			assertThat(Sql.text(dump, "SELECT count(*) FROM events")).isEqualTo("2");
		}
		assertThat(Sql.number(database, INVALID)).isZero();
		Migrations.migrateToHead(database, hurried);
	}

	private static Connection snapshot(TestDatabase database) throws SQLException {
		Connection connection = database.connection();
		connection.setAutoCommit(false);
		connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		Sql.text(connection, "SELECT count(*) FROM events");
		return connection;
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void aBuildThatWasCancelledLeavesNothing(TestDatabase database) throws Exception {
		V1Rows.create(database, 2);
		try (BlockedIndexBuild build = BlockedIndexBuild.by(database)) {
			Future<MigrationException> run = build
				.begin(() -> catchThrowableOfType(MigrationException.class, () -> Migrations.migrate(database)));
			long session = build.awaitBuilder();
			Sql.execute(database, "SELECT pg_cancel_backend(" + session + ")");
			build.release();
			assertThat(BlockedIndexBuild.get(run)).hasMessageContaining("ext_adk_0002_events_index");
		}
		assertThat(Sql.number(database, INVALID)).isZero();
		Migrations.migrate(database);
		Migrations.isAtHead(database, Migrations.settings());
	}

	/**
	 * A lease writes its row before what lasts, in one transaction, which this refuses.
	 */
	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL })
	void theIndexIsBuiltUnderALeaseToo(TestDatabase database) throws SQLException {
		V1Rows.create(database, 2);
		MigrationSettings settings = Migrations.settings().withLockType(LockType.TABLE);
		Migrations.migrateToHead(database, settings);
		Migrations.migrator(database.dataSource(), settings).downgrade(DowngradeTarget.revision("0001"));
		Migrations.migrateToHead(database, settings);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void aPartitionedTableGetsItsIndexInTheOnlyWayThereIs(TestDatabase database) throws SQLException {
		V1Rows.create(database, 0);
		Sql.execute(database, "ALTER TABLE events RENAME TO events_0",
				"CREATE TABLE events (LIKE events_0 INCLUDING DEFAULTS, PRIMARY KEY (id, app_name, user_id, session_id),"
						+ " FOREIGN KEY (app_name, user_id, session_id) REFERENCES sessions (app_name, user_id, id)"
						+ " ON DELETE CASCADE) PARTITION BY LIST (app_name)",
				"DROP TABLE events_0", "CREATE TABLE events_1 PARTITION OF events DEFAULT");
		V1Rows.event(database, "e0");
		Migrations.migrateToHead(database);
		Migrations.downgrade(database, DowngradeTarget.revision("0001"));
		assertThat(Sql.number(database, VALID)).isZero();
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void goingBackLetsReadersAndWritersGoOn(TestDatabase database) throws Exception {
		V1Rows.create(database, 2);
		Migrations.migrate(database);
		assertThat(Sql.text(database, ROLLBACK))
			.isEqualTo("DROP INDEX CONCURRENTLY IF EXISTS \"" + V1Rows.INDEX + "\";");
		try (BlockedIndexBuild drop = BlockedIndexBuild.by(database)) {
			Future<DowngradeReport> run = drop
				.begin(() -> Migrations.downgrade(database, DowngradeTarget.revision("0001")));
			drop.awaitBuilder();
			insert(database, "e2", 3);
			drop.release();
			assertThat(BlockedIndexBuild.get(run).outcome()).isEqualTo(Outcome.UNDONE);
		}
		assertThat(Sql.number(database, "SELECT count(*) FROM pg_indexes WHERE indexname = '" + V1Rows.INDEX + "'"))
			.isZero();
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void goingBackWorksWithTheSqlThatAnEarlierVersionStored(TestDatabase database) throws SQLException {
		V1Rows.create(database, 2);
		Migrations.migrate(database);
		boolean mysql = database.dialect().mysqlFamily();
		String earlier = String.valueOf(Sql.text(database, ROLLBACK))
			.replace("CONCURRENTLY ", "")
			.replace(", ALGORITHM=INPLACE, LOCK=NONE", "");
		assertThat(Sql.text(database, ROLLBACK)).isNotEqualTo(earlier).contains(mysql ? "INPLACE" : "CONCURRENTLY");
		Sql.update(database, "UPDATE adk_migration_step SET rollback_sql = ?, rollback_sha256 = ?"
				+ " WHERE changeset = 'ext_adk_0002_events_index'", earlier, Checksum.of(earlier));
		assertThat(Migrations.downgrade(database, DowngradeTarget.revision("0001")).outcome())
			.isEqualTo(Outcome.UNDONE);
		assertThat(Migrations.migrate(database).outcome()).isEqualTo(Outcome.MIGRATED);
		Migrations.downgrade(database, DowngradeTarget.base());
	}

}
