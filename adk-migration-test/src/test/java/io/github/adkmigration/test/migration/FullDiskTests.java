package io.github.adkmigration.test.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.Test;

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

	private static int ended(String... command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

}
