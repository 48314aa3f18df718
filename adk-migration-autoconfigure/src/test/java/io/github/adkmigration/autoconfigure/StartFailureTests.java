package io.github.adkmigration.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Fixtures;
import io.github.adkmigration.test.fixture.Layouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

import static io.github.adkmigration.dialect.DatabaseDialect.MARIADB;
import static io.github.adkmigration.dialect.DatabaseDialect.MYSQL;
import static io.github.adkmigration.dialect.DatabaseDialect.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a person reads when a start fails: word by word, and nothing that is secret.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

	private static final String SECRET = FailureText.SECRET;

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
			assertThat(FailureText.of(output, database, "adk.auto-migrate=true"))
				.isEqualTo(FailureText.golden("missing-time-zone"));
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
			assertThat(FailureText.of(output, database, "adk.auto-migrate=true"))
				.isEqualTo(FailureText.golden("foreign-tables"));
			assertThat(content(database)).isEqualTo(before);
		}
	}

	@Test
	void tablesOfAnUnreleasedPython(CapturedOutput output) throws SQLException {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			Layouts.named("python-head-20251126", DatabaseDialect.SQLITE).create(database);
			byte[] before = content(database);
			assertThat(FailureText.of(output, database)).isEqualTo(FailureText.golden("unreleased-tables"));
			assertThat(content(database)).isEqualTo(before);
		}
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
		assertThat(FailureText.of(output, "spring.datasource.url=jdbc:hsqldb:mem:unsupported",
				"spring.datasource.username=sa", "spring.datasource.password="))
			.isEqualTo(FailureText.golden("unsupported-database"));
	}

	@Test
	void aDatabaseThatDoesNotAnswer(CapturedOutput output) {
		assertThat(FailureText.of(output, "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/chat",
				"spring.datasource.username=agent", "spring.datasource.password=" + SECRET))
			.isEqualTo(FailureText.golden("unreachable-database"));
	}

	@Test
	void aFileThatCannotBeOpened(CapturedOutput output) {
		assertThat(FailureText.of(output, "spring.datasource.url=jdbc:sqlite:/no/such/folder/chat.db"))
			.isEqualTo(FailureText.golden("missing-folder"));
	}

	@Test
	void aUrlWithoutADriver(CapturedOutput output) {
		assertThat(FailureText.of(output, "spring.datasource.url=jdbc:nosuch://host/chat?password=" + SECRET,
				"spring.datasource.type=org.springframework.jdbc.datasource.DriverManagerDataSource",
				"spring.datasource.driver-class-name=org.sqlite.JDBC"))
			.isEqualTo(FailureText.golden("missing-driver"));
	}

	@DatabaseTest(dialects = { MYSQL, MARIADB })
	void aWrongPassword(TestDatabase database, CapturedOutput output) {
		assertThat(FailureText.of(output, "spring.datasource.url=" + database.jdbcUrl(),
				"spring.datasource.username=" + database.username(), "spring.datasource.password=" + SECRET))
			.isEqualTo(FailureText.golden("wrong-password"));
	}

	@DatabaseTest(dialects = POSTGRESQL)
	void aUserThatDoesNotExist(TestDatabase database, CapturedOutput output) {
		assertThat(FailureText.of(output, "spring.datasource.url=" + database.jdbcUrl(),
				"spring.datasource.username=nobody_at_all", "spring.datasource.password=" + SECRET))
			.isEqualTo(FailureText.golden("wrong-password"));
	}

	private static void unchanged(CapturedOutput output, Fixture fixture, String golden, String... properties) {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			fixture.load(database);
			byte[] before = content(database);
			assertThat(FailureText.of(output, database, properties)).isEqualTo(FailureText.golden(golden));
			assertThat(content(database)).isEqualTo(before);
		}
	}

	private static void onSqlite(CapturedOutput output, String golden, String... properties) {
		try (TestDatabase database = TestDatabases.sqlite().newDatabase()) {
			List<String> all = new ArrayList<>(List.of(properties));
			if (properties.length > 0) {
				all.add("adk.auto-migrate=true");
			}
			assertThat(FailureText.of(output, database, all.toArray(String[]::new)))
				.isEqualTo(FailureText.golden(golden));
			assertThat(new JdbcTemplate(database.dataSource()).queryForList("SELECT name FROM sqlite_schema"))
				.isEmpty();
		}
	}

	private static byte[] content(TestDatabase database) {
		try {
			return Files.readAllBytes(database.file().orElseThrow());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
