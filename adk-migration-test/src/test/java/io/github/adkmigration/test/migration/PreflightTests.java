package io.github.adkmigration.test.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.ClockProof;
import io.github.adkmigration.report.ConversionEstimate;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.report.PreflightReport;
import io.github.adkmigration.report.TableMeasure;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import io.github.adkmigration.settings.PreflightDepth;
import io.github.adkmigration.settings.UpgradeTarget;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What is told before a run: it is true, it costs nothing, and a run is refused for
 * exactly what blocks.
 */
class PreflightTests {

	private static final int EVENTS = 30;

	@DatabaseTest(except = DatabaseDialect.H2)
	void aDatabaseThatCanBeMigratedGetsAGoWithFiguresAndIsNotTouched(TestDatabase database) throws SQLException {
		fill(database);
		Contents before = Contents.of(database);
		PreflightReport report = report(database, Migrations.settings());
		assertThat(Contents.of(database)).isEqualTo(before);
		assertThat(report.go()).as(report.findings().toString()).isTrue();
		assertThat(report.tables()).filteredOn((table) -> table.table() == SessionTable.EVENTS)
			.singleElement()
			.satisfies((events) -> {
				assertThat(events.rows()).isEqualTo(EVENTS);
				assertThat(events.rowsCounted()).isTrue();
				assertThat(events.bytes()).isBetween(EVENTS * 50L, EVENTS * 20_000L);
			});
		assertThat(report.tables()).extracting(TableMeasure::table).doesNotContain(SessionTable.METADATA);
		ConversionEstimate estimate = report.estimate();
		assertThat(estimate).isNotNull();
		assertThat(estimate.written()).isTrue();
		assertThat(estimate.sampledRows()).isEqualTo(EVENTS);
		assertThat(estimate.duration()).isPositive();
		assertThat(report.space().copy()).isPositive();
		ClockProof clock = report.clock();
		assertThat(clock).isNotNull();
		assertThat(clock.zone()).isEqualTo("America/New_York, as configured");
		assertThat(clock.samples()).hasSize(3)
			.allSatisfy(
					(sample) -> assertThat(sample.toString()).matches("2025-07-01 06:\\d\\d.* -> 2025-07-01T10:.*Z"));
		assertThat(report.lock()).isNotBlank();
		assertThat(report.steps()).isNotEmpty();
		Migrations.migrateToHead(database);
		assertThat(report(database, Migrations.settings()).isEmpty()).isTrue();
	}

	@DatabaseTest
	void anEmptyDatabaseGetsAGo(TestDatabase database) {
		PreflightReport report = report(database, Migrations.settings());
		assertThat(report.go()).as(report.findings().toString()).isTrue();
		assertThat(report.steps()).isNotEmpty();
		assertThat(report.estimate()).isNull();
		assertThat(report.clock()).isNull();
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aQuickLookReadsNoRowAndTakesNoSample(TestDatabase database) throws SQLException {
		fill(database);
		PreflightReport report = Migrations.migrator(database.dataSource(), Migrations.settings())
			.preflight(UpgradeTarget.head(), PreflightDepth.QUICK);
		assertThat(report.tables()).extracting(TableMeasure::table).contains(SessionTable.EVENTS);
		assertThat(report.estimate()).isNull();
		assertThat(report.clock()).isNull();
		assertThat(report.lock()).isNull();
	}

	@DatabaseTest(dialects = DatabaseDialect.MYSQL)
	void aSessionKeepsWhatItWasSetTo(TestDatabase database) throws SQLException {
		fill(database);
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.execute("SET SESSION information_schema_stats_expiry = 77");
			Migrations.migrator(new SingleConnectionDataSource(connection, true), Migrations.settings()).preflight();
			try (ResultSet row = statement.executeQuery("SELECT @@session.information_schema_stats_expiry,"
					+ " @@session.autocommit, (SELECT count(*) FROM events)")) {
				row.next();
				assertThat(row.getLong(1)).isEqualTo(77);
				assertThat(row.getBoolean(2)).isTrue();
				assertThat(row.getLong(3)).isEqualTo(EVENTS);
			}
		}
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whereNothingCanBeWrittenARunIsRefusedAndThePlanSaysSo(TestDatabase database) throws SQLException {
		fill(database);
		DataSource readOnly = new ReadOnlyDataSource(database);
		blocks(database, readOnly, Migrations.settings(), PreflightCode.READ_ONLY);
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aSqliteFileThatWasOpenedReadonlyIsFoundOut(TestDatabase database) throws SQLException {
		fill(database);
		blocks(database, new DriverManagerDataSource("jdbc:sqlite:file:" + database.file().orElseThrow() + "?mode=ro"),
				Migrations.settings(), PreflightCode.READ_ONLY);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void theKeptTableOfAnEarlierConversionBlocks(TestDatabase database) throws SQLException {
		fill(database);
		Sql.execute(database, "CREATE TABLE adk_migration_events_v0 (id VARCHAR(128))");
		blocks(database, Migrations.settings(), PreflightCode.KEPT_TABLE);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void anUnknownZoneBlocks(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e", "s", V0Rows.EMPTY_ACTIONS, "{}", "2025-11-02 23:17:31.000003");
		blocks(database, MigrationSettings.defaults(), PreflightCode.TIME_ZONE_REQUIRED);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void anOwnerColumnThatNoSessionFillsBlocks(TestDatabase database) throws SQLException {
		fill(database);
		blocks(database, Migrations.settings().withOwnerColumn(OwnerColumn.parse("account_id VARCHAR(36) NOT NULL")),
				PreflightCode.OWNER_COLUMN);
		blocks(database,
				Migrations.settings()
					.withOwnerColumn(OwnerColumn.parse("account_id VARCHAR(36) REFERENCES nowhere(id)")),
				PreflightCode.OWNER_REFERENCE);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void aSchemaThatNeedsQuotesBlocks(TestDatabase database) throws SQLException {
		Sql.execute(database, "CREATE SCHEMA \"Chat\"");
		blocks(database, Migrations.settings().withTables(Migrations.settings().tables().inSchema("Chat")),
				PreflightCode.SCHEMA_NAME);
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void keysThatAreTooLongBlock(TestDatabase database) throws SQLException {
		fill(database);
		Sql.execute(database, "ALTER TABLE user_states ALTER COLUMN app_name TYPE VARCHAR",
				"INSERT INTO user_states (app_name, user_id, state, update_time) VALUES ('" + "x".repeat(200)
						+ "', 'u', '{}', now())");
		blocks(database, Migrations.settings(), PreflightCode.LONG_KEYS);
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MARIADB, DatabaseDialect.MYSQL })
	void aPoolerIsNamedAndBlocksOnlyTheLockThatItBreaks(TestDatabase database) throws SQLException {
		fill(database);
		SwappingDataSource pooler = new SwappingDataSource(database.dataSource());
		PreflightReport report = Migrations.migrator(pooler, Migrations.settings()).preflight();
		assertThat(report.go()).as(report.findings().toString()).isTrue();
		assertThat(report.findings()).filteredOn((finding) -> finding.code() == PreflightCode.SESSION_NOT_TRUSTED)
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fact()).contains("a connection pooler stands between"));
		blocks(database, pooler, Migrations.settings().withLockType(LockType.ADVISORY), PreflightCode.LOCK_UNAVAILABLE);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void eventsWithoutASessionAreCounted(TestDatabase database) throws SQLException {
		fill(database);
		assertThat(codes(report(database, Migrations.settings()))).doesNotContain(PreflightCode.ORPHANED_EVENTS);
		Sql.execute(database, switch (database.dialect()) {
			case POSTGRESQL -> new String[] { "SET session_replication_role = replica", orphan() };
			case MYSQL, MARIADB -> new String[] { "SET FOREIGN_KEY_CHECKS = 0", orphan() };
			case SQLITE, H2 -> new String[] { orphan() };
		});
		assertThat(facts(report(database, Migrations.settings()), PreflightCode.ORPHANED_EVENTS))
			.containsExactly("7 events belong to no session.");
	}

	private static String orphan() {
		return "UPDATE events SET session_id = 'gone' WHERE id IN ('e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7')";
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void picklesThatTheColumnMayHaveCutAreCounted(TestDatabase database) throws SQLException {
		fill(database);
		V0Rows.event(database, "whole", "s", new byte[65_534], "{}");
		assertThat(codes(report(database, Migrations.settings()))).doesNotContain(PreflightCode.DAMAGED_ROWS);
		V0Rows.event(database, "cut", "s", new byte[65_535], "{}");
		assertThat(facts(report(database, Migrations.settings()), PreflightCode.DAMAGED_ROWS)).singleElement()
			.asString()
			.startsWith("events.actions (")
			.contains("has 1 row of exactly 65535 bytes");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void statesThatAreTakenApartAreCounted(TestDatabase database) throws SQLException {
		new OtherRows(database.dialect() == DatabaseDialect.SQLITE ? "js-0.4.0" : "js-1.3.0", database).create();
		Sql.execute(database, "UPDATE sessions SET state = '{\"0\":\"x\",\"1\":\"}\",\"mood\":\"good\"}'");
		assertThat(codes(report(database, Migrations.settings()))).doesNotContain(PreflightCode.DAMAGED_ROWS);
		Sql.execute(database, "UPDATE sessions SET state = '{\"0\":\"{\",\"1\":\"}\",\"mood\":\"good\"}'");
		assertThat(facts(report(database, Migrations.settings()), PreflightCode.DAMAGED_ROWS))
			.containsExactly("sessions has 1 state that adk-js has taken apart into single characters,"
					+ " as it does on MariaDB with a URL of MySQL.");
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void aNarrowColumnIsTold(TestDatabase database) throws SQLException {
		fill(database);
		Sql.execute(database,
				database.dialect() == DatabaseDialect.POSTGRESQL
						? "ALTER TABLE events ALTER COLUMN error_message TYPE VARCHAR(255)"
						: "ALTER TABLE events MODIFY error_message VARCHAR(255)");
		assertThat(facts(report(database, Migrations.settings()), PreflightCode.NARROW_COLUMN))
			.contains("events.error_message: holds 255 characters, and a longer text ends a turn.");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void anObjectThatStaysWithTheOldTableIsTold(TestDatabase database) throws SQLException {
		fill(database);
		Sql.execute(database, "CREATE INDEX by_author ON events (author)");
		PreflightReport report = report(database, Migrations.settings());
		assertThat(report.findings()).filteredOn((finding) -> finding.code() == PreflightCode.OBJECT_STAYS)
			.containsExactly(new PreflightFinding(PreflightCode.OBJECT_STAYS,
					"The index by_author of events stays with the old table, adk_migration_events_v0.",
					"Create it again if it is needed."));
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aDiskThatCannotHoldTheConvertedEventsBlocks(TestDatabase database) throws Exception {
		V0Rows.create(database);
		for (int i = 0; i < 50; i++) {
			V0Rows.event(database, "e" + i, "s", V0Rows.EMPTY_ACTIONS,
					"{\"parts\": [{\"text\": \"" + "x".repeat(20_000) + "\"}]}");
		}
		Path source = database.file().orElseThrow();
		Path mount = Files.createDirectories(source.resolveSibling("small"));
		assumeThat(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1400k", "tmpfs", mount.toString()).start()
			.waitFor()).as("the right to mount a small disk").isZero();
		try {
			Path file = Files.copy(source, mount.resolve("sessions.db"));
			byte[] before = Files.readAllBytes(file);
			DataSource small = new DriverManagerDataSource("jdbc:sqlite:" + file);
			MigrationSettings settings = Migrations.settings().withSqliteBackup(false);
			refused(small, settings, PreflightCode.SPACE_TOO_SMALL);
			assertThat(Files.readAllBytes(file)).isEqualTo(before);
			PreflightReport report = Migrations.migrator(small, settings).preflight();
			assertThat(report.space().needed()).isBetween(before.length * 3L / 4, before.length * 5L / 4);
			assertThat(report.space().free()).isBetween(100_000L, 500_000L);
			assertThat(new ProcessBuilder("mount", "-o", "remount,size=20m", mount.toString()).start().waitFor())
				.isZero();
			assertThat(Migrations.migrator(small, settings).preflight().go()).isTrue();
		}
		finally {
			new ProcessBuilder("umount", "-l", mount.toString()).start().waitFor();
		}
	}

	private static void fill(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.session(database, "t");
		for (int i = 0; i < EVENTS; i++) {
			V0Rows.event(database, "e" + i, i < EVENTS / 2 ? "s" : "t", V0Rows.EMPTY_ACTIONS,
					"{\"parts\": [{\"text\": \"hello\"}]}", "2025-07-01 06:%02d:00.000003".formatted(i));
		}
	}

	private static PreflightReport report(TestDatabase database, MigrationSettings settings) {
		return Migrations.migrator(database.dataSource(), settings).preflight();
	}

	private static List<PreflightCode> codes(PreflightReport report) {
		return report.findings().stream().map(PreflightFinding::code).toList();
	}

	private static List<String> facts(PreflightReport report, PreflightCode code) {
		return report.findings()
			.stream()
			.filter((finding) -> finding.code() == code)
			.map(PreflightFinding::fact)
			.toList();
	}

	private static void blocks(TestDatabase database, MigrationSettings settings, PreflightCode code)
			throws SQLException {
		blocks(database, database.dataSource(), settings, code);
	}

	private static void blocks(TestDatabase database, DataSource dataSource, MigrationSettings settings,
			PreflightCode code) throws SQLException {
		Contents before = Contents.of(database);
		refused(dataSource, settings, code);
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	/**
	 * The report blocks with one code, and a run fails with the words of the report.
	 */
	static PreflightFinding refused(DataSource dataSource, MigrationSettings settings, PreflightCode code) {
		PreflightReport report = Migrations.migrator(dataSource, settings).preflight();
		assertThat(report.go()).isFalse();
		assertThat(report.findings()).filteredOn(PreflightFinding::blocks)
			.extracting(PreflightFinding::code)
			.containsExactly(code);
		PreflightFinding finding = report.obstacle().orElseThrow();
		assertThatExceptionOfType(MigrationException.class)
			.isThrownBy(() -> Migrations.migrator(dataSource, settings).migrate())
			.satisfies((failure) -> {
				assertThat(failure.code()).isEqualTo(code.failure());
				assertThat(failure.description()).isEqualTo(finding.fact());
				assertThat(failure.action()).isEqualTo(finding.nextStep());
			});
		return finding;
	}

}
