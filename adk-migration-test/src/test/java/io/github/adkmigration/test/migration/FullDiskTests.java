package io.github.adkmigration.test.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The disk fills up in the middle of a run, and somebody makes room.
 */
class FullDiskTests {

	@Test
	void aSqliteFileThatMayNotGrowIsNamedAndTheNextStartCompletes() throws SQLException {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			FaultyRun run = FaultyRun.of(database);
			long pages = Sql.number(database, "PRAGMA page_count");
			MigrationException failure = run.fails(new DelegatingDataSource(database.dataSource()) {

				@Override
				public Connection getConnection() throws SQLException {
					Connection connection = super.getConnection();
					try (Statement statement = connection.createStatement()) {
						statement.execute("PRAGMA max_page_count = " + (pages + 40));
					}
					return connection;
				}

			}, MigrationErrorCode.FAILED);
			assertThat(failure.description()).contains("full");
			assertThat(failure.action()).startsWith("Make room");
			assertThat(Sql.number(database, "SELECT rows_read FROM adk_migration_checkpoint")).isPositive();
			run.completes();
		}
	}

	@Test
	void aPostgresTablespaceWithoutSpaceIsNamedAndTheNextStartCompletes() throws Exception {
		DatabaseProvider provider = TestDatabases.embedded(DatabaseDialect.POSTGRESQL);
		assumeThat(provider.unavailableReason()).isEmpty();
		Path directory = Files.createTempDirectory("adk-small-disk-");
		assumeThat(ended("mount", "-t", "tmpfs", "-o", "size=320k,mode=0777", "none", directory.toString()))
			.as("To mount a small disk needs root.")
			.isZero();
		try (TestDatabase database = provider.newDatabase()) {
			FaultyRun run = FaultyRun.of(database);
			Path space = Files.createDirectory(directory.resolve("space"));
			Files.setAttribute(space, "unix:mode", 0777);
			String name = String.valueOf(Sql.text(database, "SELECT current_database()"));
			Sql.execute(database, "CREATE TABLESPACE small LOCATION '" + space + "'",
					"ALTER DATABASE " + name + " SET default_tablespace = small");
			try {
				MigrationException failure = run.fails(database.dataSource(), MigrationErrorCode.FAILED);
				assertThat(failure.description()).contains("No space left on device");
				assertThat(failure.action()).startsWith("Make room");
				assertThat(ended("mount", "-o", "remount,size=60m", directory.toString())).isZero();
				run.completes();
			}
			finally {
				Sql.execute(database, "ALTER DATABASE " + name + " RESET default_tablespace",
						"DROP SCHEMA public CASCADE", "CREATE SCHEMA public", "DROP TABLESPACE small");
			}
		}
		finally {
			ended("umount", "-l", directory.toString());
			Files.delete(directory);
		}
	}

	static Stream<Arguments> moments() {
		return FaultyRun.databases()
			.filter((provider) -> provider.dialect().mysqlFamily())
			.flatMap((provider) -> Stream
				.of("adk_migration_step (", "CREATE TABLE adk_migration_events_v1",
						"INSERT INTO adk_migration_events_v1")
				.map((moment) -> Arguments.of(Named.of(provider.name(), provider), moment)));
	}

	/** The files of a database stand in a directory of its own on MySQL and MariaDB. */
	@ParameterizedTest(name = "{0} at {1}", allowZeroInvocations = true)
	@MethodSource("moments")
	void aDirectoryOfMysqlWithoutSpaceIsNamedAndTheNextStartCompletes(DatabaseProvider provider, String moment)
			throws Exception {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			Path directory = Path.of(String.valueOf(Sql.text(database, "SELECT concat(@@datadir, database())")));
			Path options = directory.resolve("db.opt");
			byte[] kept = Files.exists(options) ? Files.readAllBytes(options) : new byte[0];
			assumeThat(ended("mount", "-t", "tmpfs", "-o", "size=60m,mode=0777", "none", directory.toString()))
				.as("To mount a small disk needs root.")
				.isZero();
			try {
				if (kept.length > 0) {
					Files.write(options, kept);
				}
				FaultyRun run = FaultyRun.of(database);
				MigrationException failure = run.fails(run.before(moment, 1, () -> fillUp(directory)),
						MigrationErrorCode.FAILED);
				assertThat(failure.description()).contains("no space left");
				assertThat(failure.action()).startsWith("Make room");
				resize(directory, "60m");
				run.completes();
			}
			finally {
				resize(directory, "60m");
				dropTables(database);
				ended("umount", "-l", directory.toString());
			}
		}
	}

	private static void fillUp(Path directory) {
		try {
			FileStore store = Files.getFileStore(directory);
			resize(directory, (store.getTotalSpace() - store.getUnallocatedSpace()) / 1024 + "k");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void resize(Path directory, String size) {
		try {
			assertThat(ended("mount", "-o", "remount,size=" + size, directory.toString())).isZero();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** A database cannot be dropped while a file system is mounted there. */
	private static void dropTables(TestDatabase database) throws SQLException {
		List<String> drops = new ArrayList<>(List.of("SET FOREIGN_KEY_CHECKS = 0"));
		for (String table : Sql.column(database,
				"SELECT table_name FROM information_schema.tables WHERE table_schema = database()")) {
			drops.add("DROP TABLE " + table);
		}
		Sql.execute(database, drops.toArray(String[]::new));
	}

	private static int ended(String... command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

}
