package io.github.adkmigration.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Options, environment variables and mounted files.
 */
class ArgumentTests {

	private static final String SECRET = "s3cr3t-9d1f";

	@TempDir
	Path directory;

	@Test
	void withoutAVerbTheHelpIsNamed() {
		Invocation invocation = Invocation.of(Map.of());
		assertThat(invocation.exitCode()).isEqualTo(2);
		assertThat(invocation.err()).contains("No verb was given.", "Next: See adk-migrate --help.");
	}

	@Test
	void aVerbThatDoesNotExistIsNamed() {
		Invocation invocation = Invocation.of(Map.of(), "updrade");
		assertThat(invocation.exitCode()).isEqualTo(2);
		assertThat(invocation.err()).contains("There is no verb 'updrade'.");
	}

	@Test
	void aPasswordAsArgumentIsRefusedAndNotRepeated() {
		Invocation invocation = Invocation.of(Map.of(), "upgrade", "--password", SECRET);
		assertThat(invocation.exitCode()).isEqualTo(2);
		assertThat(invocation.err()).contains("There is no option --password.", "--password-env")
			.doesNotContain(SECRET);
	}

	@Test
	void aUrlWithoutItsOptionIsRefusedAndNotRepeated() {
		Invocation invocation = Invocation.of(Map.of(), "upgrade", "postgresql://u:" + SECRET + "@db/chat");
		assertThat(invocation.exitCode()).isEqualTo(2);
		assertThat(invocation.err()).contains("an argument that belongs to no option").doesNotContain(SECRET);
	}

	@Test
	void noDatabaseAtAllIsWrongUsage() {
		Invocation invocation = Invocation.of(Map.of(), "status");
		assertThat(invocation.exitCode()).isEqualTo(2);
		assertThat(invocation.err()).contains("No database is named.", "--db-url", "DATABASE_URL");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--batch-size=many", "--batch-size=0", "--timeout=soon", "--lock-type=strong",
			"--time-zone=America/Nowhere", "--utc-since=yesterday", "--max-quarantined=-1", "--output=xml",
			"--table-events=events; DROP TABLE users", "--owner-id-column=a b c d", "--to=9999", "--to=+0" })
	void aValueThatCannotBeUsedIsWrongUsage(String option) {
		Invocation invocation = onEmptyFile("upgrade", option);
		assertThat(invocation.exitCode()).isEqualTo(2);
		assertThat(invocation.err()).contains("adk-migrate: ", "Next: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--count=0", "--to=1", "--to-app-version=", "--count=1 --to=0001", "--dry-run" })
	void aDowngradeNeedsOneTarget(String options) {
		String[] arguments = ("downgrade --db-url sqlite:///none.db " + options).split(" ");
		assertThat(Invocation.of(Map.of(), arguments).exitCode()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "DATABASE_URL", "ADK_MIGRATION_URL" })
	void theUrlMayStandInTheEnvironment(String variable) {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			Invocation invocation = Invocation.of(Map.of(variable, url(database)), "upgrade", "--no-sqlite-backup");
			assertThat(invocation.exitCode()).as(invocation.err()).isZero();
			assertThat(invocation.out()).contains("created");
		}
	}

	@Test
	void theUrlMayStandInAMountedFile() throws IOException {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			Path file = Files.writeString(this.directory.resolve("url"), url(database) + "\n");
			Invocation invocation = Invocation.of(Map.of(), "upgrade", "--db-url-file", file.toString());
			assertThat(invocation.exitCode()).as(invocation.err()).isZero();
		}
	}

	@Test
	void namesMayStandInTheEnvironment() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			Map<String, String> environment = Map.of("DATABASE_URL", url(database), "ADK_MIGRATION_TABLE_PREFIX",
					"bot_");
			assertThat(Invocation.of(environment, "upgrade").exitCode()).isZero();
			assertThat(Invocation.of(environment, "check").exitCode()).isZero();
			assertThat(Invocation.of(Map.of("DATABASE_URL", url(database)), "check").exitCode()).isEqualTo(3);
		}
	}

	@Test
	void anOptionOutranksTheEnvironment() {
		Invocation invocation = Invocation.of(Map.of("DATABASE_URL", "sqlite:///from-environment.db"), "status",
				"--db-url", "sqlite:///" + this.directory.resolve("from-option.db"));
		assertThat(invocation.err()).contains("from-option.db").doesNotContain("from-environment.db");
	}

	@Test
	void aVariableForThePasswordThatIsNotSetIsNamed() {
		Invocation invocation = Invocation.of(Map.of(), "status", "--db-url", "postgresql://u@db/chat",
				"--password-env", "DB_PASSWORD");
		assertThat(invocation.exitCode()).isEqualTo(2);
		assertThat(invocation.err()).contains("The environment variable DB_PASSWORD is not set.");
	}

	@Test
	void aFileThatIsMistypedIsNotCreatedByALook() {
		Path file = this.directory.resolve("chta.db");
		Invocation invocation = Invocation.of(Map.of(), "status", "--db-url", "sqlite:///" + file);
		assertThat(invocation.exitCode()).isEqualTo(1);
		assertThat(invocation.err()).contains("There is no file " + file);
		assertThat(file).doesNotExist();
	}

	@Test
	void upgradeBuildsTheIndexThatStartsLeaveToItUnlessItIsToldNotTo() {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			Fixtures.named("python-1.27.5.sqlite").load(database);
			assertThat(onLargeTable(database, "check")).contains("ADK session tables: deferred", "CREATE INDEX");
			assertThat(onLargeTable(database, "upgrade", "--defer-indexes")).contains("up to date", "is deferred");
			assertThat(onLargeTable(database, "sql", "--defer-indexes")).contains("Nothing is pending");
			assertThat(onLargeTable(database, "plan")).contains("Create the index").doesNotContain("is deferred");
			assertThat(onLargeTable(database, "upgrade")).contains("migrated");
			assertThat(onLargeTable(database, "check")).contains("ADK session tables: equal");
		}
	}

	private static String onLargeTable(TestDatabase database, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--db-url", url(database), "--defer-indexes-above", "0"));
		Invocation invocation = Invocation.of(Map.of(), all.toArray(String[]::new));
		assertThat(invocation.exitCode()).as(invocation.out() + invocation.err()).isZero();
		return invocation.out();
	}

	@Test
	void everyVerbHasAHelpThatSaysWhatItDoes() {
		CommandLine command = AdkMigrate.commandLine(new Surroundings(Map.of(), System.out, System.err, new Secrets()));
		assertThat(command.getSubcommands()).isNotEmpty().allSatisfy((verb, subcommand) -> {
			Invocation invocation = Invocation.of(Map.of(), verb, "--help");
			assertThat(invocation.exitCode()).isZero();
			assertThat(invocation.out()).contains("Usage: adk-migrate " + verb);
			assertThat(subcommand.getCommandSpec().usageMessage().description()).isNotEmpty();
		});
	}

	@Test
	void theCompletionKnowsVerbsAndOptions() {
		Invocation invocation = Invocation.of(Map.of(), "completion");
		assertThat(invocation.exitCode()).isZero();
		assertThat(invocation.out()).contains("complete -F", "retry-quarantine", "--to-app-version");
	}

	private Invocation onEmptyFile(String... arguments) {
		String[] all = new String[arguments.length + 2];
		System.arraycopy(arguments, 0, all, 0, arguments.length);
		all[arguments.length] = "--db-url";
		all[arguments.length + 1] = "sqlite:///" + this.directory.resolve("new.db");
		return Invocation.of(Map.of(), all);
	}

	static String url(TestDatabase database) {
		return "sqlite:///" + database.file().orElseThrow();
	}

}
