package io.github.adkmigration.test.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.RetryReport;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.corpus.PickleCorpus;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class QuarantineRetryTests {

	private static final byte[] HOSTILE = PickleCorpus.hostile()
		.stream()
		.filter((entry) -> entry.name().startsWith("call-os.system"))
		.findFirst()
		.orElseThrow()
		.bytes();

	private static void migrated(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "good");
		V0Rows.event(database, "bad", "s", V0Rows.text("broken"), "{\"parts\": []}");
		V0Rows.event(database, "hostile", "s", HOSTILE, "{}");
		Migrations.migrateToHead(database, Migrations.settings().withMaxQuarantined(2));
	}

	private static void repair(TestDatabase database) throws SQLException {
		Sql.update(database, "UPDATE adk_migration_events_v0 SET actions = ? WHERE id = 'bad'",
				(Object) V0Rows.EMPTY_ACTIONS);
	}

	/** A migrator that knows nothing of the writers' zone. */
	private static AdkMigrator migrator(TestDatabase database) {
		return Migrations.migrator(database.dataSource(), MigrationSettings.defaults());
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void aRepairedRowComesInAtItsInstantAndAHostileOneStays(TestDatabase database) throws SQLException {
		migrated(database);
		repair(database);
		RetryReport report = migrator(database).retryQuarantine();
		assertThat(report.tried()).isEqualTo(2);
		assertThat(report.converted()).isEqualTo(1);
		assertThat(report.remaining()).isEqualTo(1);
		assertThat(MigratedEvents.read(database)).containsOnlyKeys("shop/u/s/good", "shop/u/s/bad");
		// 06:00 in New York, as for the row that was converted at once.
		assertThat(Sql.column(database, "SELECT DISTINCT timestamp FROM events")).hasSize(1)
			.first()
			.asString()
			.startsWith("2025-07-01 10:00:00.000003");
		assertThat(MigratedEvents.read(database).values())
			.allSatisfy((event) -> assertThat(event.get("timestamp").asDouble()).isEqualTo(1751364000.000003));
		assertThat(Sql.column(database, "SELECT id FROM adk_migration_quarantine")).containsExactly("hostile");
		assertThat(Sql.bytes(database, "SELECT payload FROM adk_migration_quarantine")).isEqualTo(HOSTILE);
		assertThat(Files.exists(Path.of(PickleCorpus.MARKER))).isFalse();
		Migrations.isAtHead(database, MigrationSettings.defaults());
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void whatIsTriedAgainIsRecordedAndChangesNothingMore(TestDatabase database) throws SQLException {
		migrated(database);
		repair(database);
		RetryReport first = migrator(database).retryQuarantine();
		HeadContent content = HeadContent.of(database);
		RetryReport second = migrator(database).retryQuarantine();
		assertThat(second.tried()).isEqualTo(1);
		assertThat(second.converted()).isZero();
		assertThat(second.remaining()).isEqualTo(1);
		assertThat(content.differences(HeadContent.of(database))).isEmpty();
		assertThat(Sql.column(database, "SELECT outcome FROM adk_migration_run ORDER BY run_number"))
			.containsExactly("migrated", "retried", "retried");
		assertThat(Sql.column(database,
				"SELECT rows_converted FROM adk_migration_run WHERE kind = 'retry-quarantine' ORDER BY run_number"))
			.containsExactly("1", "0");
		assertThat(first.runId()).isEqualTo("2");
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL })
	void anEmptyQuarantineIsNotARun(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "good");
		Migrations.migrateToHead(database);
		RetryReport report = Migrations.migrator(new ReadOnlyDataSource(database), MigrationSettings.defaults())
			.retryQuarantine();
		assertThat(report.runId()).isNull();
		assertThat(report.tried()).isZero();
	}

	/** Elsewhere the kept row goes with its session. */
	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void anEventWhoseSessionWasDeletedStaysAndSaysSo(TestDatabase database) throws SQLException {
		migrated(database);
		repair(database);
		Sql.execute(database, "PRAGMA foreign_keys = OFF", "DELETE FROM sessions");
		RetryReport report = migrator(database).retryQuarantine();
		assertThat(report.converted()).isZero();
		assertThat(report.remaining()).isEqualTo(2);
		assertThat(report.notes()).anyMatch((note) -> note.contains("no session"));
		assertThat(Sql.column(database, "SELECT kind FROM adk_migration_quarantine WHERE id = 'bad'"))
			.containsExactly("orphaned");
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL })
	void withoutTheKeptTableNothingIsTried(TestDatabase database) throws SQLException {
		migrated(database);
		Sql.execute(database, "DROP TABLE adk_migration_events_v0");
		Contents before = Contents.of(database);
		MigrationException failure = refused(database);
		assertThat(failure.description()).contains("adk_migration_events_v0");
		assertThat(Contents.of(database)).isEqualTo(before);
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.MYSQL })
	void beforeTheSwapTheUpgradeItselfTriesEachRow(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "bad", "s", V0Rows.text("broken"), "{}");
		Migrations.failure(database, Migrations.settings(), MigrationErrorCode.TOO_MANY_QUARANTINED);
		assertThat(Migrations.migrator(database.dataSource(), Migrations.settings()).status().compatibility())
			.isEqualTo(Compatibility.BEHIND);
		assertThat(refused(database).action()).contains("Upgrade");
	}

	private static MigrationException refused(TestDatabase database) {
		MigrationException failure = catchThrowableOfType(MigrationException.class,
				() -> Migrations.migrator(database.dataSource(), Migrations.settings()).retryQuarantine());
		assertThat(failure).isNotNull();
		assertThat(failure.code()).isEqualTo(MigrationErrorCode.REFUSED);
		assertThat(failure.action()).isNotBlank();
		return failure;
	}

	@DatabaseTest(dialects = { DatabaseDialect.H2, DatabaseDialect.SQLITE })
	void rowsOfACopyAreTriedAtTheirSource(TestDatabase target) throws SQLException {
		try (TestDatabase source = Copies.sqlite()) {
			V0Rows.create(source);
			V0Rows.event(source, "bad", "s", V0Rows.text("broken"), "{}");
			Copies.copy(source, target, Migrations.settings().withMaxQuarantined(1));
			assertThat(refused(target).description()).contains("copied from another database");
		}
	}

}
