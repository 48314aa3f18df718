package io.github.adkmigration.test.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.FixtureTest;
import io.github.adkmigration.test.corpus.CorpusBuilder;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Fixtures;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseCopyTests {

	@DatabaseTest
	void theRealSampleSaysTheSameInEveryTargetAsAfterAnUpgradeInPlace(TestDatabase target)
			throws SQLException, IOException {
		Fixture sample = Fixtures.sample();
		MigrationSettings settings = Migrations.settings().withLegacyClock(LegacyClock.in(sample.zone()));
		try (TestDatabase source = Copies.sqlite(); TestDatabase inPlace = Copies.sqlite()) {
			sample.load(source);
			sample.load(inPlace);
			Migrations.migrateToHead(inPlace, settings);
			MigrationReport report = Copies.copy(source, target, settings);
			assertThat(report.rows()).isEqualTo(new RowCounts(15, 15, 0, 0, 0));
			assertThat(HeadContent.of(inPlace).differences(HeadContent.of(target))).isEmpty();
			assertThat(Files.readAllBytes(source.file().orElseThrow())).isEqualTo(sample.content());
		}
	}

	@DatabaseTest
	void manyBatchesOfTheCorpusSayTheSameInEveryTarget(TestDatabase target) throws SQLException {
		MigrationSettings settings = Migrations.settings().withBatchSize(50);
		try (TestDatabase source = Copies.sqlite(); TestDatabase inPlace = Copies.sqlite()) {
			CorpusBuilder.layout("python-1.17.0").size(12, 25).fill(source);
			CorpusBuilder.layout("python-1.17.0").size(12, 25).fill(inPlace);
			Migrations.migrateToHead(inPlace, settings);
			assertThat(Copies.copy(source, target, settings).rows().converted()).isEqualTo(300);
			assertThat(HeadContent.of(inPlace).differences(HeadContent.of(target))).isEmpty();
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void fixturesOfSqliteSayInAServerWhatTheirWriterReadsBack(TestDatabase target) throws SQLException {
		Fixture fixture = Fixtures.named("python-1.19.0.sqlite");
		try (TestDatabase source = Copies.sqlite()) {
			fixture.load(source);
			readsBack(fixture, source, target);
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void fixturesOfMysqlSayInPostgresWhatTheirWriterReadsBack(TestDatabase source) throws SQLException {
		Fixture fixture = Fixtures.named("python-1.16.0.mysql");
		try (TestDatabase target = Copies.database(DatabaseDialect.POSTGRESQL)) {
			fixture.load(source);
			Contents before = Contents.of(source);
			readsBack(fixture, source, target);
			assertThat(Contents.of(source)).isEqualTo(before);
		}
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void fixturesOfPostgresSayInSqliteWhatTheirWriterReadsBack(TestDatabase source) throws SQLException {
		Fixture fixture = Fixtures.named("python-1.16.0.postgresql");
		try (TestDatabase target = Copies.sqlite()) {
			fixture.load(source);
			Contents before = Contents.of(source);
			readsBack(fixture, source, target);
			assertThat(Contents.of(source)).isEqualTo(before);
		}
	}

	private static void readsBack(Fixture fixture, TestDatabase source, TestDatabase target) throws SQLException {
		MigrationSettings settings = Migrations.settings().withLegacyClock(new LegacyClock(fixture.zone(), null, true));
		MigrationReport report = Copies.copy(source, target, settings);
		assertThat(report.rows().read()).isEqualTo(fixture.eventRows().orElseThrow());
		assertThat(PythonV0MigrationTests.differences(fixture, target)).isEmpty();
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void adkJavasOwnTablesSayTheSameInAnotherDatabase(TestDatabase source) throws SQLException {
		boolean postgres = source.dialect() == DatabaseDialect.POSTGRESQL;
		MigrationSettings settings = Migrations.settings()
			.withLegacyClock(postgres ? LegacyClock.in(Migrations.WRITER) : LegacyClock.unknown());
		try (TestDatabase target = Copies.database(postgres ? DatabaseDialect.MYSQL : DatabaseDialect.POSTGRESQL)) {
			JavaMigrationTests.fill(source);
			Copies.copy(source, target, settings);
			Migrations.migrateToHead(source, settings);
			assertThat(HeadContent.of(source).differences(HeadContent.of(target))).isEmpty();
		}
	}

	@FixtureTest(
			families = { LayoutFamily.GO, LayoutFamily.JS, LayoutFamily.SQLSPEC, LayoutFamily.PYTHON_V0,
					LayoutFamily.PYTHON_V1 },
			dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL },
			name = "((go-0.1.0|go-2.2.0|js-1.2.0|js-2.0.0)\\.\\w+|sqlspec-.*|.*-(opened|written|automigrated)-by-(js|go).*)")
	void databasesOfOtherWritersSayTheSameInAnotherDatabase(Fixture fixture, TestDatabase source) throws SQLException {
		boolean sqlite = source.dialect() == DatabaseDialect.SQLITE;
		try (TestDatabase target = sqlite ? Copies.database(DatabaseDialect.POSTGRESQL) : Copies.sqlite()) {
			Contents before = Contents.of(source);
			Copies.copy(source, target);
			assertThat(Contents.of(source)).as(fixture.name()).isEqualTo(before);
			Migrations.migrateToHead(source);
			assertThat(HeadContent.of(source).differences(HeadContent.of(target))).isEmpty();
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL })
	void theServicesOfSqliteFilesSayTheSameInAServer(TestDatabase target) throws SQLException {
		Fixture fixture = Fixtures.sqliteService().get(0);
		try (TestDatabase source = Copies.sqlite(); TestDatabase inPlace = Copies.sqlite()) {
			fixture.load(source);
			fixture.load(inPlace);
			Migrations.migrateToHead(inPlace, MigrationSettings.defaults());
			Copies.copy(source, target, MigrationSettings.defaults());
			assertThat(HeadContent.of(inPlace).differences(HeadContent.of(target))).isEmpty();
		}
	}

	@DatabaseTest(except = DatabaseDialect.SQLITE)
	void headInSqliteIsHeadToTheByteWhereJsonIsText(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite()) {
			HeadRows.create(source);
			String exact = "{\"id\": \"e\", \"n\": 1.0, \"big\": 123456789012345678901234567890, \"e\": 1e2,"
					+ " \"t\": \"Zürich \\ud83d\\ude42 \\u00e9\", \"a\": [1, 2.50, null, true]}";
			HeadRows.event(source, "e", "2026-01-02 03:04:05.000006", exact);
			MigrationReport report = Copies.copy(source, target);
			assertThat(report.rows()).isEqualTo(new RowCounts(1, 1, 0, 0, 0));
			assertThat(report.clock()).isNull();
			String copied = Sql.text(target, "SELECT event_data FROM events");
			if (target.dialect() == DatabaseDialect.POSTGRESQL) {
				assertThat(copied).contains("\"n\": 1.0", "\"big\": 123456789012345678901234567890", "\"e\": 100",
						"Zürich 🙂 é", "[1, 2.50, null, true]");
			}
			else {
				assertThat(copied).isEqualTo(exact);
			}
			assertThat(HeadContent.of(source).differences(HeadContent.of(target))).isEmpty();
			assertThat(HeadContent.of(target).rows()).containsEntry("events/shop/u/s/e",
					"i|2026-01-02 03:04:05.000006|");
		}
	}

	@DatabaseTest(except = DatabaseDialect.SQLITE)
	void headOfEveryServerIsHeadInSqlite(TestDatabase source) throws SQLException {
		try (TestDatabase target = Copies.sqlite()) {
			HeadRows.create(source);
			HeadRows.event(source, "e", "2026-01-02 03:04:05.000006",
					"{\"n\": 1.0, \"big\": 123456789012345678901234567890, \"t\": \"Zürich 🙂\"}");
			HeadRows.event(source, "f", "1969-12-31 23:59:59.999999", "{\"n\": -0.5}");
			Contents before = Contents.of(source);
			Copies.copy(source, target);
			assertThat(Sql.column(target, "SELECT event_data FROM events ORDER BY id").get(0)).contains("1.0",
					"123456789012345678901234567890", "Zürich 🙂");
			assertThat(HeadContent.of(source).differences(HeadContent.of(target))).isEmpty();
			if (source.dialect() != DatabaseDialect.MARIADB) {
				// Made through a mariadb:// URL its columns hold whole seconds.
				assertThat(HeadContent.of(target).rows()).containsEntry("sessions/shop/u/s",
						"2025-07-01 10:00:00.000001|2025-07-01 11:00:00.000002|");
			}
			assertThat(Contents.of(source)).isEqualTo(before);
		}
	}

	@DatabaseTest(except = DatabaseDialect.SQLITE)
	void whatJsonbCannotHoldIsReplacedWhereTheTargetHasItAndOnlyThere(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite()) {
			HeadRows.create(source);
			HeadRows.event(source, "e", "2026-01-02 03:04:05.000006",
					"{\"nul\": \"a\\u0000b\", \"half\": \"\\ud800\", \"nan\": NaN}");
			Sql.update(source, "UPDATE sessions SET state = ?", "{\"k\": \"\\u0000\"}");
			MigrationReport report = Copies.copy(source, target);
			String json = Sql.text(target, "SELECT event_data FROM events");
			String state = Sql.text(target, "SELECT state FROM sessions");
			List<String> substitutions = Sql
				.column(target, "SELECT CONCAT(id, ':', field) FROM adk_migration_substitution ORDER BY id, field")
				.stream()
				.map(String::valueOf)
				.distinct()
				.toList();
			if (target.dialect() == DatabaseDialect.POSTGRESQL) {
				assertThat(json).contains("a\uFFFDb", "\"half\": \"\uFFFD\"", "\"nan\": null");
				assertThat(state).contains("\uFFFD");
				assertThat(report.rows().substituted()).isEqualTo(1);
				assertThat(report.notes()).anyMatch((note) -> note.contains("sessions and states"));
				assertThat(substitutions).containsExactly(":state", "e:event_data");
			}
			else {
				assertThat(json).contains("a\\u0000b", "\\ud800", "NaN");
				assertThat(state).isEqualTo("{\"k\": \"\\u0000\"}");
				assertThat(substitutions).isEmpty();
			}
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.H2, DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL })
	void rowsThatStayBehindAreAccountedForAndKeepTheirBytes(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite()) {
			V0Rows.create(source);
			V0Rows.event(source, "good");
			V0Rows.event(source, "orphan", "gone", V0Rows.EMPTY_ACTIONS, "{}");
			V0Rows.event(source, "bad", "s", V0Rows.text("broken"), "{}");
			Sql.execute(source, "ALTER TABLE events ADD COLUMN tenant TEXT",
					"ALTER TABLE sessions ADD COLUMN note TEXT");
			MigrationReport report = Copies.copy(source, target, Migrations.settings().withMaxQuarantined(1));
			assertThat(report.rows()).isEqualTo(new RowCounts(3, 1, 0, 1, 1));
			assertThat(report.notes()).anyMatch((note) -> note.contains("events.tenant"))
				.anyMatch((note) -> note.contains("sessions.note"));
			assertThat(Sql.column(target, "SELECT kind FROM adk_migration_quarantine ORDER BY id"))
				.containsExactly("quarantined", "orphaned");
			assertThat(Sql.bytes(target, "SELECT payload FROM adk_migration_quarantine WHERE id = 'bad'"))
				.isEqualTo(V0Rows.text("broken"));
			assertThat(Sql.column(target, "SELECT user_id FROM user_states")).containsExactly("u");
			assertThat(Sql.text(target, "SELECT kind FROM adk_migration_run ORDER BY run_number DESC"))
				.isEqualTo("copy");
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.H2 })
	void aCopyThatIsRepeatedWritesNothing(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite()) {
			V0Rows.create(source);
			V0Rows.event(source, "e");
			Copies.copy(source, target);
			Contents before = Contents.of(target);
			MigrationReport report = Copies.migrator(target, Migrations.settings())
				.copyFrom(source.dataSource(), Migrations.settings());
			assertThat(report.outcome()).isEqualTo(Outcome.UP_TO_DATE);
			assertThat(Contents.of(target)).isEqualTo(before);
		}
	}

}
