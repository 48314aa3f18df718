package io.github.adkmigration.test.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.corpus.PickleCorpus;
import io.github.adkmigration.test.corpus.PickleEntry;
import io.github.adkmigration.test.database.TestDatabase;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class SetAsideRowTests {

	@DatabaseTest(except = DatabaseDialect.H2)
	void hostilePicklesStopTheRunBeforeTheSwapAndDoNothing(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "good");
		List<PickleEntry> hostile = hostile(database);
		assertThat(hostile).hasSizeGreaterThan(20);
		for (int i = 0; i < hostile.size(); i++) {
			V0Rows.event(database, "bad-" + i, "s", hostile.get(i).bytes(), "{}");
		}
		Contents before = Contents.ofSessionTables(database);
		MigrationException failure = Migrations.failure(database, Migrations.settings(),
				MigrationErrorCode.TOO_MANY_QUARANTINED);
		assertThat(failure.description()).startsWith(hostile.size() + " of " + (hostile.size() + 1) + " events");
		assertThat(Contents.ofSessionTables(database)).isEqualTo(before);
		assertThat(Files.exists(Path.of(PickleCorpus.MARKER))).isFalse();

		// Allowed, they are kept as they are and the rest is converted.
		MigrationReport report = Migrations.migrateToHead(database,
				Migrations.settings().withMaxQuarantined(hostile.size()));
		assertThat(report.rows()).isEqualTo(new RowCounts(hostile.size() + 1, 1, 0, hostile.size(), 0));
		assertThat(MigratedEvents.read(database)).containsOnlyKeys("shop/u/s/good");
		for (int i = 0; i < hostile.size(); i++) {
			assertThat(Sql.bytes(database, "SELECT payload FROM adk_migration_quarantine WHERE id = 'bad-" + i + "'"))
				.isEqualTo(hostile.get(i).bytes());
		}
		assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_events_v0")).isEqualTo(hostile.size() + 1L);
		assertThat(Files.exists(Path.of(PickleCorpus.MARKER))).isFalse();
	}

	/**
	 * One of each kind; the codec's own tests take all of them. MySQL's BLOB ends at
	 * 65535 bytes.
	 */
	private static List<PickleEntry> hostile(TestDatabase database) {
		return PickleCorpus.hostile()
			.stream()
			.filter((entry) -> entry.name()
				.matches(
						"call-(os.system|posix.system|builtins.eval|subprocess.Popen).*|bad-utf8|.*deep-lists.*|.*length.*"
								+ "|truncated-.*[05]0|.*bomb.*"))
			.filter((entry) -> !database.dialect().mysqlFamily() || entry.bytes().length < 65_536)
			.toList();
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aRunAfterTheRepairOfABadRowCompletes(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "good");
		V0Rows.event(database, "repaired", "s", new byte[] { 1, 2, 3 }, "{}");
		V0Rows.event(database, "removed", "s", new byte[] { 1, 2, 3 }, "{}");
		Migrations.failure(database, Migrations.settings(), MigrationErrorCode.TOO_MANY_QUARANTINED);
		Sql.update(database, "UPDATE events SET actions = ? WHERE id = 'repaired'", (Object) V0Rows.EMPTY_ACTIONS);
		Sql.execute(database, "DELETE FROM events WHERE id = 'removed'");
		assertThat(Migrations.migrateToHead(database).rows()).isEqualTo(new RowCounts(2, 2, 0, 0, 0));
		assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_quarantine")).isZero();
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void aPickleThatTheColumnCutOffIsQuarantined(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		Sql.execute(database, "ALTER TABLE events MODIFY actions BLOB NOT NULL");
		V0Rows.event(database, "good");
		byte[] cut = Arrays.copyOf(PickleCorpus.genuine()
			.stream()
			.filter((entry) -> entry.bytes().length > 100_000)
			.findFirst()
			.orElseThrow()
			.bytes(), 65_535);
		V0Rows.event(database, "cut", "s", cut, "{}");
		MigrationReport report = Migrations.migrateToHead(database, Migrations.settings().withMaxQuarantined(1));
		assertThat(report.rows()).isEqualTo(new RowCounts(2, 1, 0, 1, 0));
		assertThat(Sql.bytes(database, "SELECT payload FROM adk_migration_quarantine")).isEqualTo(cut);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void eventsWithoutASessionAreKeptAsideAndListed(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "good");
		dropForeignKey(database);
		V0Rows.event(database, "lost", "gone", V0Rows.EMPTY_ACTIONS, "{}");
		MigrationReport report = Migrations.migrateToHead(database);
		assertThat(report.rows()).isEqualTo(new RowCounts(2, 1, 0, 0, 1));
		assertThat(report.notes()).anyMatch((note) -> note.startsWith("1 events belong to no session"));
		assertThat(Sql.text(database, "SELECT id FROM adk_migration_quarantine WHERE kind = 'orphaned'"))
			.isEqualTo("lost");
		assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_events_v0 WHERE id = 'lost'")).isEqualTo(1);
	}

	private static void dropForeignKey(TestDatabase database) throws SQLException {
		switch (database.dialect()) {
			case POSTGRESQL ->
				Sql.execute(database, "ALTER TABLE events DROP CONSTRAINT events_app_name_user_id_session_id_fkey");
			case MYSQL,
					MARIADB ->
				Sql.execute(database,
						"ALTER TABLE events DROP FOREIGN KEY " + Sql.text(database,
								"SELECT constraint_name FROM information_schema.referential_constraints"
										+ " WHERE constraint_schema = database() AND table_name = 'events'"));
			// SQLite checks foreign keys only where a connection asks for it.
			default -> {
			}
		}
	}

	@DatabaseTest(dialects = { DatabaseDialect.MYSQL, DatabaseDialect.MARIADB, DatabaseDialect.POSTGRESQL })
	void eventsThatCameInPastTheForeignKeyAreOrphansToo(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "good");
		boolean mysql = database.dialect().mysqlFamily();
		// As a restored dump or a replica leaves them.
		Sql.execute(database, mysql ? "SET FOREIGN_KEY_CHECKS = 0" : "SET session_replication_role = replica",
				"INSERT INTO events (id, app_name, user_id, session_id, invocation_id, author, timestamp, actions)"
						+ " SELECT 'lost', app_name, user_id, 'gone', invocation_id, author, timestamp, actions FROM events");
		assertThat(Migrations.migrateToHead(database).rows()).isEqualTo(new RowCounts(2, 1, 0, 0, 1));
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void valuesThatJsonCannotHoldAreReplacedAndListed(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		for (PickleEntry entry : PickleCorpus.genuine()) {
			if (entry.protocol() == 4 && entry.name().matches(".*(nan|inf|nul|surrogate).*")) {
				V0Rows.event(database, entry.release() + "/" + entry.name(), "s", entry.bytes(), "{}");
			}
		}
		long rows = Sql.number(database, "SELECT count(*) FROM events");
		assertThat(rows).isPositive();
		MigrationReport report = Migrations.migrateToHead(database);
		assertThat(report.rows().converted()).isEqualTo(rows);
		assertThat(report.rows().substituted())
			.isEqualTo(Sql.number(database, "SELECT count(DISTINCT id) FROM adk_migration_substitution"))
			.isPositive();
		assertThat(report.notes()).anyMatch((note) -> note.contains("adk_migration_substitution"));
		Map<String, JsonNode> events = MigratedEvents.read(database);
		assertThat(events).hasSize((int) rows);
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void everyGenuinePickleIsConverted(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		int rows = 0;
		for (PickleEntry entry : PickleCorpus.genuine()) {
			if (entry.protocol() == 4 && !entry.name().equals("state-recursive")
					&& (!database.dialect().mysqlFamily() || entry.bytes().length < 65_536)) {
				V0Rows.event(database, "e" + rows, "s", entry.bytes(), "{}");
				rows++;
			}
		}
		MigrationReport report = Migrations.migrate(database, Migrations.settings().withBatchSize(7));
		assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
		assertThat(report.rows().converted()).isEqualTo(rows);
	}

}
