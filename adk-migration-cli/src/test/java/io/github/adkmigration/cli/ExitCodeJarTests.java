package io.github.adkmigration.cli;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.adkmigration.test.AdkDatabase;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every exit code, from the jar that users start, on the database of a real sample.
 */
@Tag("jar")
class ExitCodeJarTests {

	private static final String SAMPLE = "adk-python-1.15-sample";

	private static final String STACK_TRACE = "\tat ";

	@Test
	@AdkDatabase(fixture = SAMPLE)
	void anUpgradeEndsWith0AndSoDoesTheNextAndACheckWith3Before(TestDatabase database) throws Exception {
		assertThat(run(database, "check").exitCode()).isEqualTo(3);
		Invocation first = run(database, "upgrade");
		assertThat(first.exitCode()).as(first.err()).isZero();
		assertThat(first.out()).contains("ADK session tables: migrated", "15 read: 15 converted");
		Invocation second = run(database, "upgrade");
		assertThat(second.exitCode()).isZero();
		assertThat(second.out()).contains("ADK session tables: up to date", "nothing written");
		assertThat(run(database, "check").exitCode()).isZero();
	}

	@Test
	void aDatabaseThatDoesNotAnswerEndsWith1() throws Exception {
		failure(AdkMigrateJar.run("status", "--db-url", "postgresql://u@127.0.0.1:1/chat"), 1, "did not answer");
	}

	@Test
	void anOptionThatDoesNotExistEndsWith2() throws Exception {
		failure(AdkMigrateJar.run("upgrade", "--force"), 2, "There is no option --force.");
	}

	@Test
	@AdkDatabase(fixture = SAMPLE)
	void aLockThatAnotherProcessHoldsEndsWith4(TestDatabase database) throws Exception {
		Path file = database.file().orElseThrow();
		try (FileChannel channel = FileChannel.open(file.resolveSibling(file.getFileName() + ".adk-migration.lock"),
				StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
			assertThat(lock.isValid()).isTrue();
			failure(run(database, "upgrade", "--timeout", "1s", "--poll-interval", "100ms"), 4, "lock");
		}
	}

	@Test
	@AdkDatabase(fixture = SAMPLE)
	void aTableThatIsNotAsItShouldBeEndsWith5(TestDatabase database) throws Exception {
		assertThat(run(database, "upgrade").exitCode()).isZero();
		assertThat(run(database, "verify").exitCode()).isZero();
		execute(database, "ALTER TABLE user_states RENAME COLUMN state TO status");
		Invocation verify = run(database, "verify");
		assertThat(verify.exitCode()).isEqualTo(5);
		assertThat(verify.out()).contains("different", "user_states");
	}

	@Test
	void tablesOfAnotherApplicationEndWith6() throws Exception {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			execute(database, "CREATE TABLE sessions (id INTEGER, note TEXT)");
			failure(run(database, "upgrade"), 6, "sessions");
			assertThat(run(database, "check").exitCode()).isEqualTo(6);
		}
	}

	@Test
	@AdkDatabase(fixture = SAMPLE)
	void aZoneThatTheRowsContradictEndsWith7(TestDatabase database) throws Exception {
		Invocation invocation = run(database, "upgrade", "--time-zone", "Asia/Kolkata");
		failure(invocation, 7, "Asia/Kolkata");
		assertThat(invocation.err()).contains("--time-zone").doesNotContain("adk.migration");
	}

	@Test
	@AdkDatabase(fixture = SAMPLE)
	void moreRowsThatCannotBeConvertedThanAllowedEndWith8(TestDatabase database) throws Exception {
		execute(database, "UPDATE events SET actions = x'8005632e' WHERE rowid = 1");
		Invocation invocation = run(database, "upgrade");
		failure(invocation, 8, "1 of 15 events");
		assertThat(invocation.err()).contains("--max-quarantined 1").doesNotContain("adk.migration");
	}

	private static void failure(Invocation invocation, int exitCode, String text) {
		assertThat(invocation.exitCode()).as(invocation.out() + invocation.err()).isEqualTo(exitCode);
		assertThat(invocation.err()).contains("adk-migrate: ", text, "  Next: ").doesNotContain(STACK_TRACE);
		assertThat(invocation.out()).isEmpty();
	}

	private static Invocation run(TestDatabase database, String verb, String... options) throws Exception {
		String[] arguments = new String[options.length + 3];
		arguments[0] = verb;
		arguments[1] = "--db-url";
		arguments[2] = ArgumentTests.url(database);
		System.arraycopy(options, 0, arguments, 3, options.length);
		return AdkMigrateJar.run(arguments);
	}

	private static void execute(TestDatabase database, String sql) throws SQLException {
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			statement.executeUpdate(sql);
		}
	}

}
