package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static io.github.adkmigration.dialect.DatabaseDialect.MARIADB;
import static io.github.adkmigration.dialect.DatabaseDialect.MYSQL;
import static io.github.adkmigration.dialect.DatabaseDialect.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What a person reads when a start fails: word by word, and nothing that is secret.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

	private static final String SECRET = "s3cr3t-9d1f";

	@Test
	void tablesThatDoNotExistYet(CapturedOutput output) {
		onSqlite(output, "missing-tables");
	}

	@Test
	void tablesOfAnOlderAdk(CapturedOutput output) {
		unchanged(output, Fixtures.named("python-1.27.5.sqlite"), "older-tables");
	}

	@Test
	void tablesWithPickledEvents(CapturedOutput output) {
		unchanged(output, Fixtures.sample(), "pickled-events");
	}

	@Test
	void aZoneOfOldEventsThatNothingProves(CapturedOutput output) {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			Fixtures.sample().load(database);
			new JdbcTemplate(database.dataSource())
				.execute("UPDATE sessions SET create_time = '2020-01-01', update_time = '2031-01-01'");
			byte[] before = content(database);
			assertThat(failureText(output, database, "adk.auto-migrate=true")).isEqualTo(golden("missing-time-zone"));
			assertThat(content(database)).isEqualTo(before);
		}
	}

	@Test
	void aZoneThatTheOldEventsContradict(CapturedOutput output) {
		unchanged(output, Fixtures.sample(), "contradicted-time-zone", "adk.auto-migrate=true",
				"adk.migration.legacy.time-zone=Asia/Kolkata");
	}

	@Test
	void tablesOfAnotherApplication(CapturedOutput output) {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			new JdbcTemplate(database.dataSource()).execute("CREATE TABLE sessions (id INTEGER, note TEXT)");
			byte[] before = content(database);
			assertThat(failureText(output, database, "adk.auto-migrate=true")).isEqualTo(golden("foreign-tables"));
			assertThat(content(database)).isEqualTo(before);
		}
	}

	@Test
	void tablesOfSqlspec(CapturedOutput output) {
		Fixture fixture = Fixtures.otherLanguages()
			.stream()
			.filter((candidate) -> candidate.name().startsWith("sqlspec-"))
			.filter((candidate) -> candidate.dialect() == DatabaseDialect.SQLITE)
			.findFirst()
			.orElseThrow();
		unchanged(output, fixture, "sqlspec-tables");
	}

	@Test
	void aTableNameThatIsNotAllowed(CapturedOutput output) {
		onSqlite(output, "invalid-table-name", "adk.migration.tables.events=events; DROP TABLE users");
	}

	@Test
	void anOwnerColumnThatIsNotAllowed(CapturedOutput output) {
		onSqlite(output, "invalid-owner-column", "adk.migration.owner-id-column=account_id UUID); DROP TABLE users --");
	}

	@Test
	void aWayToMeetPendingChangesThatIsNotOffered(CapturedOutput output) {
		onSqlite(output, "invalid-on-pending", "adk.migration.on-pending=ask");
	}

	@Test
	void aTimeZoneThatDoesNotExist(CapturedOutput output) {
		onSqlite(output, "invalid-time-zone", "adk.migration.legacy.time-zone=America/Nowhere");
	}

	@Test
	void aUrlForSchemaChangesWithoutADriver(CapturedOutput output) {
		onSqlite(output, "invalid-url", "adk.migration.url=jdbc:nosuch://host/database?user=owner&password=" + SECRET,
				"adk.migration.user=owner", "adk.migration.password=" + SECRET);
	}

	@Test
	void aDatabaseThatIsNotSupported(CapturedOutput output) {
		assertThat(failureText(output, "spring.datasource.url=jdbc:hsqldb:mem:unsupported",
				"spring.datasource.username=sa", "spring.datasource.password="))
			.isEqualTo(golden("unsupported-database"));
	}

	@Test
	void aDatabaseThatDoesNotAnswer(CapturedOutput output) {
		assertThat(failureText(output, "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/chat",
				"spring.datasource.username=agent", "spring.datasource.password=" + SECRET))
			.isEqualTo(golden("unreachable-database"));
	}

	@Test
	void aFileThatCannotBeOpened(CapturedOutput output) {
		assertThat(failureText(output, "spring.datasource.url=jdbc:sqlite:/no/such/folder/chat.db"))
			.isEqualTo(golden("missing-folder"));
	}

	@Test
	void aUrlWithoutADriver(CapturedOutput output) {
		assertThat(failureText(output, "spring.datasource.url=jdbc:nosuch://host/chat?password=" + SECRET,
				"spring.datasource.type=org.springframework.jdbc.datasource.DriverManagerDataSource",
				"spring.datasource.driver-class-name=org.sqlite.JDBC"))
			.isEqualTo(golden("missing-driver"));
	}

	@DatabaseTest(dialects = { MYSQL, MARIADB })
	void aWrongPassword(TestDatabase database, CapturedOutput output) {
		assertThat(failureText(output, "spring.datasource.url=" + database.jdbcUrl(),
				"spring.datasource.username=" + database.username(), "spring.datasource.password=" + SECRET))
			.isEqualTo(golden("wrong-password"));
	}

	@DatabaseTest(dialects = POSTGRESQL)
	void aUserThatDoesNotExist(TestDatabase database, CapturedOutput output) {
		assertThat(failureText(output, "spring.datasource.url=" + database.jdbcUrl(),
				"spring.datasource.username=nobody_at_all", "spring.datasource.password=" + SECRET))
			.isEqualTo(golden("wrong-password"));
	}

	private static void unchanged(CapturedOutput output, Fixture fixture, String golden, String... properties) {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			fixture.load(database);
			byte[] before = content(database);
			assertThat(failureText(output, database, properties)).isEqualTo(golden(golden));
			assertThat(content(database)).isEqualTo(before);
		}
	}

	private static void onSqlite(CapturedOutput output, String golden, String... properties) {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			List<String> all = new ArrayList<>(List.of(properties));
			if (properties.length > 0) {
				all.add("adk.auto-migrate=true");
			}
			assertThat(failureText(output, database, all.toArray(String[]::new))).isEqualTo(golden(golden));
			assertThat(new JdbcTemplate(database.dataSource()).queryForList("SELECT name FROM sqlite_schema"))
				.isEmpty();
		}
	}

	private static String failureText(CapturedOutput output, TestDatabase database, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("spring.datasource.url=" + database.jdbcUrl());
		all.add("spring.datasource.password=" + SECRET);
		return failureText(output, all.toArray(String[]::new));
	}

	private static String failureText(CapturedOutput output, String... properties) {
		Throwable failure = catchThrowable(
				() -> new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
					.properties("spring.liquibase.enabled=false", "spring.flyway.enabled=false",
							"logging.level.io.github.adkmigration=debug", "spring.main.banner-mode=off")
					.properties(properties)
					.run());
		assertThat(failure).isNotNull();
		assertThat(output.getAll()).doesNotContain(SECRET).contains("APPLICATION FAILED TO START");
		String text = output.getAll();
		return text.substring(text.lastIndexOf("APPLICATION FAILED TO START"))
			.lines()
			.skip(2)
			.reduce("", (all, line) -> all + line.stripTrailing() + "\n")
			.strip() + "\n";
	}

	private static byte[] content(TestDatabase database) {
		try {
			return Files.readAllBytes(database.file().orElseThrow());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String golden(String name) {
		try (InputStream in = StartFailureTests.class.getResourceAsStream("/failure-texts/" + name + ".txt")) {
			return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
