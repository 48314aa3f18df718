package io.github.adkmigration.history;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.TimeZone;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.history.RunRecorder.NewRun;
import io.github.adkmigration.report.RowCounts;
import io.github.adkmigration.report.RunRecord;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.RunOrigin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class RunHistoryTests {

	private static final RowCounts ROWS = new RowCounts(5, 3, 1, 1, 1);

	private static final MigrationException FAILURE = new MigrationException(MigrationErrorCode.FAILED, "It broke.",
			"Repair it.");

	private final RunRecorder recorder = new RunRecorder(DatabaseDialect.SQLITE, SessionTables.defaults());

	private final RunHistory history = new RunHistory(DatabaseDialect.SQLITE, SessionTables.defaults());

	private final TimeZone zone = TimeZone.getDefault();

	@TempDir
	Path directory;

	private Connection connection;

	@BeforeEach
	void open() throws SQLException {
		SQLiteDataSource dataSource = new SQLiteDataSource();
		dataSource.setUrl("jdbc:sqlite:" + this.directory.resolve("history.db"));
		this.connection = dataSource.getConnection();
		this.recorder.createTables(this.connection);
	}

	@AfterEach
	void close() throws SQLException {
		TimeZone.setDefault(this.zone);
		this.connection.close();
	}

	@Test
	void whenARunFailsAfterItsRowsWereCountedThenTheCountsStay() throws SQLException {
		long run = start();
		this.recorder.rows(this.connection, run, ROWS);
		this.recorder.fail(this.connection, run, FAILURE);
		RunRecord newest = this.history.newest(this.connection).orElseThrow();
		assertThat(newest.outcome()).isEqualTo("failed");
		assertThat(newest.message()).isEqualTo("It broke.");
		assertThat(newest.code()).isEqualTo("FAILED");
		assertThat(newest.rows()).isEqualTo(ROWS);
	}

	@Test
	void whenTheHourDoesNotExistInTheZoneOfTheJvmThenTheTimeIsReadAsUtc() throws SQLException {
		TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
		start();
		try (Statement statement = this.connection.createStatement()) {
			statement.executeUpdate("UPDATE adk_migration_run SET started_at = '2025-03-09 02:30:00.125'");
		}
		assertThat(this.history.newest(this.connection).orElseThrow().started())
			.isEqualTo(Instant.parse("2025-03-09T02:30:00.125Z"));
	}

	@Test
	void whenANewRunStartsThenOneThatNeverEndedHasDied() throws SQLException {
		start();
		this.recorder.start(this.connection, run("host/2/b", "host/1/a", null));
		try (Statement statement = this.connection.createStatement();
				var rows = statement.executeQuery("SELECT outcome FROM adk_migration_run ORDER BY run_number")) {
			rows.next();
			assertThat(rows.getString(1)).isEqualTo("died");
			rows.next();
			assertThat(rows.getString(1)).isEqualTo("running");
		}
		assertThat(this.history.newest(this.connection).orElseThrow().tookOverFrom()).isEqualTo("host/1/a");
	}

	@Test
	void theBackupOfARunThatDidNotReachItsEndIsFound() throws SQLException {
		long run = start();
		assertThat(this.history.unfinishedBackup(this.connection)).contains("file.adk-backup");
		this.recorder.fail(this.connection, run, FAILURE);
		assertThat(this.history.unfinishedBackup(this.connection)).contains("file.adk-backup");
		this.recorder.finish(this.connection, run, "migrated", ROWS, null, "fingerprint");
		assertThat(this.history.unfinishedBackup(this.connection)).isEmpty();
	}

	private long start() throws SQLException {
		return this.recorder.start(this.connection, run("host/1/a", null, "file.adk-backup"));
	}

	private static NewRun run(String instance, @Nullable String tookOverFrom, @Nullable String backup) {
		return new NewRun("upgrade", "empty", "python-2.10.0", new RunOrigin("1.0", "deploy bot", "OPS-7"), instance,
				tookOverFrom, backup, "file lock");
	}

}
