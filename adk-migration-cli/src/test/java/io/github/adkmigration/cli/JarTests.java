package io.github.adkmigration.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jar that users start: each driver is in it, and no password ever comes out of it.
 */
@Tag("jar")
class JarTests {

	private static final String SECRET = "s3cr3t-9d1f";

	@TempDir
	Path directory;

	@DatabaseTest(dialects = { DatabaseDialect.POSTGRESQL, DatabaseDialect.MYSQL, DatabaseDialect.MARIADB })
	void aServerIsUpgradedByTheUrlOfAPythonDriverWithAPasswordOfItsOwn(TestDatabase database) throws Exception {
		String location = database.jdbcUrl().replaceFirst("^jdbc:[a-z]+://", "");
		Path password = Files.writeString(this.directory.resolve("password"), database.password() + "\n");
		List<String> options = new ArrayList<>(
				List.of("--db-url", scheme(database) + location, "--user", database.username()));
		if (!database.password().isEmpty()) {
			options.addAll(List.of("--password-file", password.toString()));
		}
		Invocation upgrade = run("upgrade", options);
		assertThat(upgrade.exitCode()).as(upgrade.err()).isZero();
		assertThat(upgrade.out()).contains("ADK session tables: created");
		assertThat(run("check", options).exitCode()).isZero();
	}

	@Test
	void aFileOfH2IsUpgraded() throws Exception {
		List<String> options = List.of("--db-url", "jdbc:h2:file:" + this.directory.resolve("chat"));
		Invocation upgrade = run("upgrade", options);
		assertThat(upgrade.exitCode()).as(upgrade.err()).isZero();
		assertThat(run("check", options).exitCode()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "postgresql+asyncpg://u:%s@127.0.0.1:1/chat", "mysql+aiomysql://u:%s@127.0.0.1:1/chat",
			"mariadb://u:%s@127.0.0.1:1/chat", "jdbc:mysql://u:%s@127.0.0.1:1/chat",
			"jdbc:postgresql://127.0.0.1:1/chat?user=u&password=%s", "jdbc:mariadb://127.0.0.1:x/chat?password=%s",
			"jdbc:h2:tcp://127.0.0.1:1/chat;USER=u;PASSWORD=%s", "jdbc:postgresql://u:%s@[127.0.0.1/chat" })
	void noPasswordComesOutOfADriver(String url) throws Exception {
		Invocation invocation = AdkMigrateJar.run(Map.of("DATABASE_URL", String.format(url, SECRET)), "upgrade",
				"--verbose", "--output", "json");
		assertThat(invocation.exitCode()).isNotZero();
		assertThat(invocation.err()).contains("adk-migrate: ", "\tat ");
		assertThat(invocation.out() + invocation.err()).doesNotContain(SECRET);
	}

	@Test
	void aQuietRunSaysNothingOnStandardErrorThatIsNotProgress() throws Exception {
		Invocation invocation = run("upgrade",
				List.of("--db-url", "sqlite:///" + this.directory.resolve("new.db"), "--progress", "none"));
		assertThat(invocation.exitCode()).isZero();
		assertThat(invocation.err()).isEmpty();
	}

	@Test
	void nothingInAHelpIsTakenForAPassword() throws Exception {
		Invocation invocation = AdkMigrateJar.run("upgrade", "--help");
		assertThat(invocation.out()).contains("--password-file=FILE").doesNotContain("***");
		assertThat(AdkMigrateJar.run("--help").out()).contains("Examples:").doesNotContain("***");
	}

	@Test
	void theVersionIsThatOfTheBuild() throws Exception {
		Invocation invocation = AdkMigrateJar.run("--version");
		assertThat(invocation.exitCode()).isZero();
		assertThat(invocation.out()).matches("adk-migrate \\d+\\.\\d+\\.\\d+.*\\s+");
	}

	@Test
	void licencesAndServicesOfTheLibrariesAreKept() throws Exception {
		try (JarFile jar = new JarFile(System.getProperty("adk.test.jar"))) {
			assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
			assertThat(new String(jar.getInputStream(jar.getEntry("LICENSE")).readAllBytes(), StandardCharsets.UTF_8))
				.contains("MySQL Connector/J");
			assertThat(new String(jar.getInputStream(jar.getEntry("META-INF/services/java.sql.Driver")).readAllBytes(),
					StandardCharsets.UTF_8))
				.contains("org.sqlite.JDBC", "org.postgresql.Driver", "org.mariadb.jdbc.Driver",
						"com.mysql.cj.jdbc.Driver", "org.h2.Driver");
		}
	}

	private static Invocation run(String verb, List<String> options) throws Exception {
		List<String> arguments = new ArrayList<>(List.of(verb));
		arguments.addAll(options);
		return AdkMigrateJar.run(arguments.toArray(String[]::new));
	}

	private static String scheme(TestDatabase database) {
		return switch (database.dialect()) {
			case POSTGRESQL -> "postgresql+asyncpg://";
			case MYSQL -> "mysql+aiomysql://";
			default -> "mariadb+asyncmy://";
		};
	}

}
