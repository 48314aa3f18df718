package io.github.adkmigration.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.corpus.CorpusBuilder;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.fixture.Layouts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two releases as they meet in a rollback: the jar of this build, which has never heard
 * of revisions 0003 and 0004, and the {@link NewerJar} that has applied them.
 */
@Tag("jar")
class OlderJarTests {

	private static final String[] CLOCK = { "--time-zone", "America/New_York" };

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@TempDir
	static Path work;

	private static Path newerJar;

	@BeforeAll
	static void buildTheNewerJar() throws Exception {
		newerJar = NewerJar.build(work);
	}

	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.POSTGRESQL })
	void theOlderJarUndoesWhatTheNewerOneApplied(TestDatabase database) throws Exception {
		fill(database);
		done(older(database, "upgrade", "--application-version", "1", CLOCK[0], CLOCK[1]));
		DatabaseContent before = DatabaseContent.of(database);
		assertThat(newer(database, "check").exitCode()).isEqualTo(3);
		done(newer(database, "upgrade", "--application-version", "2"));
		assertThat(DatabaseContent.of(database).catalog()).asString().contains("adk_artifacts", "labels");
		JsonNode status = JSON.readTree(done(older(database, "status", "--output", "json")).out());
		assertThat(status.path("compatibility").asString()).isEqualTo("AHEAD_COMPATIBLE");
		assertThat(status.path("revision").asString()).isEqualTo("0004");
		assertThat(status.path("head").asString()).isEqualTo("0002");
		assertThat(status.path("lastRun").path("libraryVersion").asString()).isEqualTo(NewerJar.VERSION);
		Invocation downgrade = done(older(database, "downgrade", "--to-app-version", "1"));
		assertThat(downgrade.out()).contains("ext_adk_0004_labels", "ext_adk_0003_artifacts");
		DatabaseContent after = DatabaseContent.of(database);
		assertThat(after.catalog()).isEqualTo(before.catalog());
		assertThat(after.conversations()).isEqualTo(before.conversations());
		assertThat(done(older(database, "check")).out()).contains("equal");
		done(older(database, "verify"));
		done(newer(database, "upgrade", "--application-version", "2"));
		assertThat(DatabaseContent.of(database).catalog()).asString().contains("adk_artifacts", "labels");
	}

	/** The change that is undone first is intact, and stays all the same. */
	@DatabaseTest(dialects = { DatabaseDialect.SQLITE, DatabaseDialect.MYSQL })
	void storedSqlThatSomebodyChangedIsRefusedAndNothingIsChanged(TestDatabase database) throws Exception {
		fill(database);
		done(inThisJvm(database, "upgrade", "--application-version", "1", CLOCK[0], CLOCK[1]));
		DatabaseContent head = DatabaseContent.of(database);
		done(newer(database, "upgrade", "--application-version", "2"));
		String change = "UPDATE adk_migration_step SET rollback_sql = '%s' WHERE changeset = 'ext_adk_0003_artifacts'"
				+ " AND rollback_sql = '%s'";
		assertThat(execute(database, String.format(change, "DROP TABLE user_states;", "DROP TABLE adk_artifacts;")))
			.isEqualTo(1);
		DatabaseContent changed = DatabaseContent.of(database);
		Invocation refused = older(database, "downgrade", "--to-app-version", "1");
		assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(7);
		assertThat(refused.err()).contains("ext_adk_0003_artifacts", "nothing was changed");
		assertThat(DatabaseContent.of(database)).isEqualTo(changed);
		assertThat(execute(database, String.format(change, "DROP TABLE adk_artifacts;", "DROP TABLE user_states;")))
			.isEqualTo(1);
		done(inThisJvm(database, "downgrade", "--to-app-version", "1"));
		assertThat(DatabaseContent.of(database).catalog()).isEqualTo(head.catalog());
	}

	/**
	 * Liquibase with the older changelog undoes the index of 0002, the newest change that
	 * it knows, or what somebody else has written into its table.
	 */
	@DatabaseTest(dialects = DatabaseDialect.SQLITE)
	void aCountUndoesTheNewestChangeThoughTheOlderJarDoesNotKnowIt(TestDatabase database) throws Exception {
		done(inThisJvm(database, "upgrade"));
		done(newer(database, "upgrade", "--to", "0003"));
		DatabaseContent before = DatabaseContent.of(database);
		done(newer(database, "upgrade"));
		assertThat(DatabaseContent.of(database).catalog()).isNotEqualTo(before.catalog());
		assertThat(execute(database,
				"INSERT INTO adk_migration_changelog (id, author, filename, dateexecuted, orderexecuted, exectype)"
						+ " VALUES ('1', 'somebody', 'theirs.xml', CURRENT_TIMESTAMP, 99, 'EXECUTED')"))
			.isEqualTo(1);
		Invocation downgrade = done(older(database, "downgrade", "--count", "1"));
		assertThat(downgrade.out()).contains("ext_adk_0004_labels").doesNotContain("ext_adk_0003", "ext_adk_0002");
		DatabaseContent after = DatabaseContent.of(database);
		assertThat(after.catalog()).isEqualTo(before.catalog());
		assertThat(after.rows().get("adk_migration_changelog")).asString()
			.contains("theirs.xml", "ext_adk_0002_events_index", "ext_adk_0003_artifacts")
			.doesNotContain("ext_adk_0004_labels");
	}

	@DatabaseTest(dialects = DatabaseDialect.POSTGRESQL)
	void theOlderJarCanLiveWithWhatTheNewerOneConverted(TestDatabase database) throws Exception {
		Layouts.named("java-pr700", database.dialect()).create(database);
		done(newer(database, "upgrade", CLOCK));
		assertThat(done(inThisJvm(database, "check")).out()).contains("ahead compatible");
		done(inThisJvm(database, "downgrade", "--to", "0002"));
		try (TestDatabase head = TestDatabases.embedded(database.dialect()).newDatabase()) {
			Layouts.named("java-pr700", head.dialect()).create(head);
			done(inThisJvm(head, "upgrade", CLOCK));
			assertThat(DatabaseContent.of(database).catalog()).isEqualTo(DatabaseContent.of(head).catalog());
		}
	}

	private static void fill(TestDatabase database) {
		CorpusBuilder.layout("python-1.14.0").size(2, 4).fill(database);
	}

	private static Invocation older(TestDatabase database, String verb, String... options) throws Exception {
		return AdkMigrateJar.run(environment(database), arguments(verb, options));
	}

	private static Invocation newer(TestDatabase database, String verb, String... options) throws Exception {
		return AdkMigrateJar.run(newerJar, environment(database), arguments(verb, options));
	}

	/** The classes of the older jar without its start, for what is not looked at. */
	private static Invocation inThisJvm(TestDatabase database, String verb, String... options) {
		return Invocation.of(environment(database), arguments(verb, options));
	}

	private static Map<String, String> environment(TestDatabase database) {
		return Map.of("ADK_MIGRATION_URL", database.jdbcUrl(), "ADK_MIGRATION_USER", database.username(),
				"ADK_MIGRATION_PASSWORD", database.password());
	}

	private static String[] arguments(String verb, String... options) {
		List<String> arguments = new ArrayList<>(List.of(verb));
		arguments.addAll(List.of(options));
		return arguments.toArray(String[]::new);
	}

	private static Invocation done(Invocation invocation) {
		assertThat(invocation.exitCode()).as(invocation.out() + invocation.err()).isZero();
		return invocation;
	}

	private static int execute(TestDatabase database, String sql) throws SQLException {
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			return statement.executeUpdate(sql);
		}
	}

}
