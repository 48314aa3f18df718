package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.TimestampColumn;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.fixture.Layouts;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class OddDatabaseTests {

	private static final String EMOJI = "{\"parts\": [{\"text\": \"Zürich 🙂\"}]}";

	@DatabaseTest(except = DatabaseDialect.H2)
	void aTableWithoutEventsIsConverted(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		assertThat(Migrations.migrateToHead(database).rows()).isEqualTo(RowCounts.NONE);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void columnsOfAUserAreCarriedOver(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		Sql.execute(database, "ALTER TABLE events ADD COLUMN note VARCHAR(20)",
				"ALTER TABLE sessions ADD COLUMN rating INTEGER");
		V0Rows.event(database, "e");
		Sql.execute(database, "UPDATE events SET note = 'mine'", "UPDATE sessions SET rating = 5");
		Migrations.migrateToHead(database);
		assertThat(Sql.text(database, "SELECT note FROM events")).isEqualTo("mine");
		assertThat(Sql.number(database, "SELECT rating FROM sessions")).isEqualTo(5);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aColumnOfAUserThatMustNotBeNullIsCarriedOver(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		Sql.execute(database, "ALTER TABLE events ADD COLUMN tenant VARCHAR(20) DEFAULT 'none' NOT NULL");
		V0Rows.event(database, "e");
		Sql.execute(database, "UPDATE events SET tenant = 'mine'");
		Migrations.migrateToHead(database);
		assertThat(Sql.text(database, "SELECT tenant FROM events")).isEqualTo("mine");
	}

	@DatabaseTest(except = { DatabaseDialect.H2, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void eventIdsThatDifferOnlyInCaseStayTwo(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "event");
		V0Rows.event(database, "EVENT");
		assertThat(Migrations.migrateToHead(database).rows().converted()).isEqualTo(2);
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void tablesInAnOldCharacterSetKeepWhatTheyHold(TestDatabase database) throws SQLException {
		String sql = Layouts.named(V0Rows.LAYOUT, DatabaseDialect.MYSQL).sql().replaceAll("(?m)^--.*$", "");
		for (String statement : sql.split(";")) {
			if (!statement.isBlank()) {
				Sql.execute(database, statement.strip().replaceAll("\\)\\s*$", ") DEFAULT CHARACTER SET latin1"));
			}
		}
		Sql.execute(database, "ALTER TABLE events MODIFY content LONGTEXT CHARACTER SET utf8mb4",
				"ALTER TABLE sessions MODIFY state LONGTEXT CHARACTER SET utf8mb4 NOT NULL");
		V0Rows.session(database, "s");
		Sql.update(database, "UPDATE sessions SET state = ?", EMOJI);
		V0Rows.event(database, "e", "s", V0Rows.EMPTY_ACTIONS, EMOJI);
		Migrations.migrateToHead(database);
		assertThat(event(database, "e").at("/content/parts/0/text").asString()).isEqualTo("Zürich 🙂");
		assertThat(Sql.text(database, "SELECT state FROM sessions")).isEqualTo(EMOJI);
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void narrowTextInACharacterSetOfItsOwnIsWidenedInIt(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		Sql.execute(database, "ALTER TABLE sessions DEFAULT CHARACTER SET latin1",
				"ALTER TABLE sessions MODIFY state TEXT CHARACTER SET utf8mb4 NOT NULL");
		Sql.update(database, "UPDATE sessions SET state = ?", EMOJI);
		V0Rows.event(database, "e");
		Migrations.migrateToHead(database);
		assertThat(Sql.text(database, "SELECT state FROM sessions")).isEqualTo(EMOJI);
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void aZeroDateIsSetAside(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "good");
		V0Rows.event(database, "zero");
		Sql.execute(database, "SET sql_mode = ''", "UPDATE events SET timestamp = 0 WHERE id = 'zero'",
				"UPDATE sessions SET create_time = 0");
		MigrationReport report = Migrations.migrateToHead(database, Migrations.settings().withMaxQuarantined(1));
		assertThat(report.rows()).isEqualTo(new RowCounts(2, 1, 0, 1, 0));
		assertThat(Sql.text(database, "SELECT reason FROM adk_migration_quarantine")).isEqualTo("BAD_TIME");
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void anInfiniteTimeIsSetAside(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "good");
		V0Rows.event(database, "endless", "s", V0Rows.EMPTY_ACTIONS, "{}", "infinity");
		MigrationReport report = Migrations.migrateToHead(database, Migrations.settings().withMaxQuarantined(1));
		assertThat(report.rows()).isEqualTo(new RowCounts(2, 1, 0, 1, 0));
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void timesThatAreNumbersAreSecondsSince1970(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "real");
		V0Rows.event(database, "integer");
		Sql.execute(database, "UPDATE events SET timestamp = 1751364000.25 WHERE id = 'real'",
				"UPDATE events SET timestamp = 1751364000 WHERE id = 'integer'");
		MigrationReport report = Migrations.migrateToHead(database, Migrations.settings().withMaxQuarantined(2));
		assertThat(report.rows().complete()).isTrue();
		assertThat(report.rows().converted()).isEqualTo(2);
		assertThat(event(database, "real").get("timestamp").asDouble()).isEqualTo(1751364000.25);
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aDatabaseInWalModeWithForeignKeysIsConverted(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Sql.execute(database, "PRAGMA journal_mode = WAL");
		Sql.execute(database, "CREATE TABLE likes (event_id TEXT REFERENCES sessions(id))");
		Migrations.migrateToHead(database);
		assertThat(Sql.text(database, "PRAGMA journal_mode")).isEqualTo("wal");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aViewOfAUserGoesOnToReadTheEvents(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Sql.execute(database, "CREATE VIEW my_events AS SELECT id, timestamp FROM events");
		Migrations.migrateToHead(database);
		assertThat(Sql.number(database, "SELECT count(*) FROM my_events")).isEqualTo(1);
	}

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.SQLITE })
	void aRowThatIsWrittenAgainDuringTheCopyIsConvertedOnce(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		Random random = new Random(1);
		for (int i = 0; i < 20; i++) {
			String text = random.ints(1500, 'a', 'z').mapToObj(Character::toString).collect(Collectors.joining());
			V0Rows.event(database, "e" + i, "s", V0Rows.EMPTY_ACTIONS, "{\"parts\": [{\"text\": \"" + text + "\"}]}");
		}
		boolean sqlite = database.dialect() == DatabaseDialect.SQLITE;
		AtomicInteger reads = new AtomicInteger();
		InterceptedDataSource writing = new InterceptedDataSource(database.dataSource(), (sql) -> {
			if (sql.contains(sqlite ? "ORDER BY e.rowid LIMIT" : "SELECT pg_relation_size")
					&& reads.incrementAndGet() == 2) {
				Sql.execute(database, sqlite ? "UPDATE events SET rowid = rowid + 100 WHERE id = 'e0'"
						: "UPDATE events SET branch = 'x'");
			}
		});
		assertThat(Migrations.migrator(writing, Migrations.settings().withBatchSize(1)).migrate().rows().complete())
			.isTrue();
		Migrations.isAtHead(database, Migrations.settings());
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void rowsThatComeAndGoDuringTheCopyAreAccountedFor(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.session(database, "leaving");
		for (int i = 0; i < 8; i++) {
			V0Rows.event(database, "e" + i, i % 2 == 0 ? "s" : "leaving", V0Rows.EMPTY_ACTIONS, "{}");
		}
		AtomicInteger updates = new AtomicInteger();
		// When the copy has begun and its transaction holds no lock that would wait for
		// us.
		String moment = switch (database.dialect()) {
			case POSTGRESQL -> "SET last_key";
			case SQLITE -> "SET name = name";
			default -> "WHERE e.id >= ?";
		};
		InterceptedDataSource writing = new InterceptedDataSource(database.dataSource(), (sql) -> {
			if (sql.contains(moment) && updates.incrementAndGet() == 1) {
				comeAndGo(database);
			}
		});
		MigrationReport report = Migrations.migrator(writing, Migrations.settings().withBatchSize(2)).migrate();
		assertThat(updates.get()).isPositive();
		assertThat(report.rows()).isEqualTo(new RowCounts(4, 4, 0, 0, 0));
		assertThat(MigratedEvents.read(database)).containsOnlyKeys("shop/u/s/a-new", "shop/u/s/e0", "shop/u/s/e4",
				"shop/u/s/e6");
		Migrations.isAtHead(database, Migrations.settings());
	}

	private static void comeAndGo(TestDatabase database) throws SQLException {
		V0Rows.event(database, "a-new");
		Sql.execute(database, "DELETE FROM events WHERE id = 'e2'", "DELETE FROM events WHERE session_id = 'leaving'",
				"DELETE FROM sessions WHERE id = 'leaving'");
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void theColumnHoldsUtcOrOnDemandTheLocalTime(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		boolean local = database.dialect() == DatabaseDialect.SQLITE;
		Migrations.migrateToHead(database,
				Migrations.settings()
					.withTimestampColumn(local ? TimestampColumn.LOCAL : TimestampColumn.AUTO)
					.withLegacyClock(LegacyClock.in(Migrations.WRITER)));
		assertThat(Sql.text(database, "SELECT timestamp FROM events"))
			.startsWith(local ? "2025-07-01 06:00:00.000003" : "2025-07-01 10:00:00.000003");
		assertThat(event(database, "e").get("timestamp").decimalValue()).isEqualByComparingTo("1751364000.000003");
	}

	private static JsonNode event(TestDatabase database, String id) throws SQLException {
		Map<String, JsonNode> events = MigratedEvents.read(database);
		return Objects.requireNonNull(events.get("shop/u/s/" + id));
	}

}
