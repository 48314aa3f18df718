package io.github.adkmigration.test.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.Backup;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.Outcome;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class SqliteBackupTests {

	private static final String DROP_INDEX = "DROP INDEX " + SessionTables.defaults().eventsIndexName();

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void theBackupHoldsTheDatabaseAsItWasBeforeTheFirstWrite(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Map<String, List<String>> before = Contents.of(database).tables();
		MigrationReport report = Migrations.migrateToHead(database);
		Backup backup = Objects.requireNonNull(report.backup());
		assertThat(backup.file()).matches("sessions\\.db\\.\\d{8}T\\d{6}\\.\\d{3}Z\\.adk-backup");
		assertThat(file(database, backup)).hasSize(backup.bytes());
		assertThat(report.notes()).anyMatch((note) -> note.contains(backup.toString()));
		assertThat(contents(file(database, backup))).isEqualTo(before);
		assertThat(backups(database)).hasSize(1);
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aDatabaseOfTheNewestLayoutIsBackedUpBeforeItGetsItsIndex(TestDatabase database) throws SQLException {
		Migrations.migrateToHead(database);
		assertThat(backups(database)).as("made for tables that did not exist").isEmpty();
		Sql.execute(database, DROP_INDEX);
		assertThat(Migrations.migrateToHead(database).backup()).isNotNull();
		assertThat(backups(database)).hasSize(1);
		assertThat(Migrations.migrate(database).outcome()).isEqualTo(Outcome.UP_TO_DATE);
		assertThat(backups(database)).hasSize(1);
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void whoeverHasABackupOfHisOwnSwitchesItOff(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		MigrationReport report = Migrations.migrateToHead(database, Migrations.settings().withSqliteBackup(false));
		assertThat(report.backup()).isNull();
		assertThat(backups(database)).isEmpty();
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void runsThatGoOnKeepTheBackupOfTheFirst(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		V0Rows.event(database, "bad", "s", new byte[] { 1 }, "{}");
		Contents before = Contents.of(database);
		Migrations.failure(database, Migrations.settings(), MigrationErrorCode.TOO_MANY_QUARANTINED);
		List<Path> first = backups(database);
		assertThat(first).hasSize(1);
		InterceptedDataSource dying = new InterceptedDataSource(database.dataSource(), (sql) -> {
			if (sql.contains("SET name = name")) {
				throw new SQLException("The process is gone", "08006");
			}
		});
		Migrations.failure(dying, Migrations.settings(), MigrationErrorCode.DATABASE_UNREACHABLE);
		MigrationReport report = Migrations.migrateToHead(database, Migrations.settings().withMaxQuarantined(1));
		assertThat(backups(database)).isEqualTo(first);
		assertThat(Objects.requireNonNull(report.backup()).file()).isEqualTo(first.get(0).getFileName().toString());
		assertThat(contents(first.get(0))).isEqualTo(before.tables());
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aRunAfterABackupThatNeverEndedMakesAWholeOne(TestDatabase database) throws SQLException, IOException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Path half = directory(database).resolve("sessions.db.unfinished.adk-backup");
		Files.writeString(half, "half a page");
		Backup backup = Objects.requireNonNull(Migrations.migrateToHead(database).backup());
		assertThat(half).doesNotExist();
		assertThat(contents(file(database, backup))).isNotEmpty();
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void whenTheBackupCannotBeWrittenThenNothingIsChanged(TestDatabase database) throws SQLException, IOException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		// A directory that is not empty is the one thing that root cannot write over.
		Path obstacle = directory(database).resolve("sessions.db.unfinished.adk-backup");
		Files.createDirectories(obstacle.resolve("in-the-way"));
		byte[] before = Files.readAllBytes(database.file().orElseThrow());
		MigrationException failure = Migrations.failure(database, Migrations.settings(), MigrationErrorCode.REFUSED);
		assertThat(failure.description()).contains("No backup of sessions.db could be made")
			.contains("Nothing was changed");
		assertThat(failure.action()).contains("adk.migration.sqlite-backup=false");
		assertThat(Files.readAllBytes(database.file().orElseThrow())).isEqualTo(before);
		Migrations.migrateToHead(database, Migrations.settings().withSqliteBackup(false));
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void whenTheDiskHasNoRoomForTheBackupThenNothingIsChanged(TestDatabase database) throws Exception {
		V0Rows.create(database);
		for (int i = 0; i < 50; i++) {
			V0Rows.event(database, "e" + i, "s", V0Rows.EMPTY_ACTIONS,
					"{\"parts\": [{\"text\": \"" + "x".repeat(20_000) + "\"}]}");
		}
		Path mount = Files.createDirectories(directory(database).resolve("small"));
		assumeThat(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mount.toString()))
			.as("the right to mount a small disk")
			.isZero();
		try {
			Path file = Files.copy(database.file().orElseThrow(), mount.resolve("sessions.db"));
			byte[] before = Files.readAllBytes(file);
			DriverManagerDataSource dataSource = new DriverManagerDataSource("jdbc:sqlite:" + file);
			MigrationException failure = Migrations.failure(dataSource, Migrations.settings(),
					MigrationErrorCode.REFUSED);
			assertThat(failure.description()).contains("the disk has");
			assertThat(Files.readAllBytes(file)).isEqualTo(before);
			try (Stream<Path> files = Files.list(mount)) {
				assertThat(files.map((path) -> path.getFileName().toString()))
					.noneMatch((name) -> name.endsWith(".adk-backup"));
			}
			assertThat(run("mount", "-o", "remount,size=20m", mount.toString())).isZero();
			MigrationReport report = Migrations.migrator(dataSource, Migrations.settings()).migrate();
			assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
			assertThat(report.backup()).isNotNull();
		}
		finally {
			run("umount", mount.toString());
		}
	}

	@Test
	void aDatabaseInMemoryHasNoFileToCopy() throws SQLException {
		SingleConnectionDataSource dataSource = new SingleConnectionDataSource("jdbc:sqlite::memory:", true);
		try {
			Migrations.migrator(dataSource, Migrations.settings()).migrate();
			try (Statement statement = dataSource.getConnection().createStatement()) {
				statement.execute(DROP_INDEX);
			}
			MigrationReport report = Migrations.migrator(dataSource, Migrations.settings()).migrate();
			assertThat(report.outcome()).isEqualTo(Outcome.MIGRATED);
			assertThat(report.backup()).isNull();
		}
		finally {
			dataSource.destroy();
		}
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void whatAKilledWriterLeftInTheWriteAheadLogIsBackedUpAndConverted(TestDatabase database) throws Exception {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Process writer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), WalWriter.class.getName(), database.jdbcUrl())
			.redirectErrorStream(true)
			.start();
		try {
			assertThat(writer.inputReader(StandardCharsets.UTF_8).lines().anyMatch("ready"::equals)).isTrue();
		}
		finally {
			writer.destroyForcibly().waitFor();
		}
		Path log = directory(database).resolve("sessions.db-wal");
		assertThat(Files.size(log)).isPositive();
		MigrationReport report = Migrations.migrateToHead(database);
		assertThat(report.rows().converted()).isEqualTo(1 + WalWriter.EVENTS);
		assertThat(MigratedEvents.read(database)).hasSize(1 + WalWriter.EVENTS);
		assertThat(Sql.text(database, "PRAGMA journal_mode")).isEqualTo("wal");
		Path backup = file(database, Objects.requireNonNull(report.backup()));
		assertThat(Objects.requireNonNull(contents(backup).get("null.events"))
			.stream()
			.filter((line) -> line.startsWith("row"))).hasSize(1 + WalWriter.EVENTS);
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aDamagedFileIsFoundBeforeTheFirstWrite(TestDatabase database) throws Exception {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		Sql.execute(database,
				"CREATE TABLE mine AS SELECT randomblob(1000) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) SELECT i FROM n)");
		damage(database, "mine");
		byte[] before = Files.readAllBytes(database.file().orElseThrow());
		MigrationException failure = Migrations.failure(database, Migrations.settings(), MigrationErrorCode.REFUSED);
		assertThat(failure.description()).contains("No backup of sessions.db").contains("malformed");
		assertThat(Files.readAllBytes(database.file().orElseThrow())).isEqualTo(before);
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aTableThatIsDamagedDuringTheRunIsNoSuccessAndTheBackupIsNamed(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		for (int i = 0; i < 50; i++) {
			V0Rows.event(database, "e" + i);
		}
		InterceptedDataSource damaging = new InterceptedDataSource(database.dataSource(), (sql) -> {
			if (sql.contains("pragma_quick_check")) {
				damage(database, "events");
				// A commit of another connection makes ours read the file again.
				Sql.execute(database, "CREATE TABLE IF NOT EXISTS mine (x INTEGER)");
			}
		});
		MigrationException failure = Migrations.failure(damaging, Migrations.settings(),
				MigrationErrorCode.VERIFICATION_FAILED);
		assertThat(failure.description()).contains("damaged");
		assertThat(failure.action()).contains(backups(database).get(0).getFileName().toString());
	}

	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aConvertedEventWithoutASessionEndsTheRunWithTheOldEventsInPlace(TestDatabase database) throws SQLException {
		V0Rows.create(database);
		V0Rows.event(database, "e");
		// The swap inserts the missing row of app_states when the events have been
		// compared.
		Sql.execute(database, "CREATE TRIGGER mine AFTER INSERT ON app_states BEGIN DELETE FROM sessions; END");
		Map<String, List<String>> before = Contents.ofSessionTables(database).tables();
		MigrationException failure = Migrations.failure(database, Migrations.settings(),
				MigrationErrorCode.VERIFICATION_FAILED);
		assertThat(failure.description()).contains("1 converted events have no session");
		assertThat(Contents.ofSessionTables(database).tables()).isEqualTo(before);
	}

	/**
	 * Write over a page of a table.
	 */
	private static void damage(TestDatabase database, String table) throws SQLException {
		long page = Sql.number(database,
				"SELECT max(pageno) FROM dbstat WHERE name = '" + table + "' AND pagetype = 'leaf'");
		long size = Sql.number(database, "PRAGMA page_size");
		try (FileChannel channel = FileChannel.open(database.file().orElseThrow(), StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(new byte[(int) size]), (page - 1) * size);
		}
		catch (IOException ex) {
			throw new SQLException(ex);
		}
	}

	private static int run(String... command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

	private static Map<String, List<String>> contents(Path file) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
			return Contents.of(connection, DatabaseDialect.SQLITE, (table) -> true).tables();
		}
	}

	private static Path directory(TestDatabase database) {
		return Objects.requireNonNull(database.file().orElseThrow().getParent());
	}

	private static Path file(TestDatabase database, Backup backup) {
		return directory(database).resolve(backup.file());
	}

	private static List<Path> backups(TestDatabase database) {
		try (Stream<Path> files = Files.list(directory(database))) {
			return files.filter((file) -> file.toString().endsWith(".adk-backup")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Writes events in WAL mode and never ends by itself. */
	static final class WalWriter {

		static final int EVENTS = 30;

		private WalWriter() {
		}

		public static void main(String[] arguments) throws Exception {
			try (Connection connection = DriverManager.getConnection(arguments[0]);
					Statement statement = connection.createStatement()) {
				try (ResultSet row = statement.executeQuery("PRAGMA journal_mode = WAL")) {
					row.next();
				}
				statement.execute("PRAGMA wal_autocheckpoint = 0");
				for (int i = 0; i < EVENTS; i++) {
					V0Rows.insert(connection, DatabaseDialect.SQLITE, "events", "wal-" + i, "s", V0Rows.EMPTY_ACTIONS,
							"{}", "2025-07-01 06:00:00.000003");
				}
				System.out.println("ready");
				Thread.sleep(Long.MAX_VALUE);
			}
		}

	}

}
