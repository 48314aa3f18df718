package io.github.adkmigration.test.migration;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.migration.StoppableJvm.Order;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * An application moves from Spring Boot's older Liquibase to its newer, or back, and its
 * database goes with it. Each version is in a JVM of its own; the table of Liquibase says
 * which one wrote a row.
 */
class LiquibaseVersionsTests {

	private static final Path JARS = Path.of("target", "liquibase");

	private static final String OLDER = "4.33.0";

	private static final String NEWER = "5.0.3";

	private static final String INDEX = "idx_events_app_user_session_ts_id";

	private static final Map<String, StoppableJvm> JVMS = new TreeMap<>();

	@BeforeAll
	static void startBoth() throws Exception {
		for (String version : List.of(OLDER, NEWER)) {
			StoppableJvm jvm = StoppableJvm.start(classPathWith(version));
			JVMS.put(version, jvm);
			assertThat(jvm.next()).isEqualTo("ready");
		}
	}

	@AfterAll
	static void stopBoth() throws InterruptedException {
		for (StoppableJvm jvm : JVMS.values()) {
			jvm.close();
		}
		JVMS.clear();
	}

	static Stream<Arguments> moves() {
		return moves(FaultyRun.databases());
	}

	/**
	 * On MySQL and MariaDB the foreign key keeps the index of 0002 from being dropped.
	 */
	static Stream<Arguments> movesWithRevisions() {
		return moves(FaultyRun.databases().filter((provider) -> !provider.dialect().mysqlFamily()));
	}

	private static Stream<Arguments> moves(Stream<DatabaseProvider> databases) {
		return databases.map((provider) -> Named.of(provider.name(), provider))
			.flatMap((provider) -> Stream.of(Arguments.of(provider, OLDER, NEWER),
					Arguments.of(provider, NEWER, OLDER)));
	}

	@ParameterizedTest(name = "{0} from {1} to {2}")
	@MethodSource("moves")
	void whatOneHasWrittenIsUpToDateForTheOther(DatabaseProvider provider, String before, String after)
			throws Exception {
		try (TestDatabase database = newDatabase(provider)) {
			assertThat(migrate(before, database)).startsWith("CREATED ");
			assertThat(writers(database)).containsExactly(before);
			Contents contents = Contents.of(database);
			assertThat(migrate(after, database)).startsWith("UP_TO_DATE ");
			forgetFingerprint(database);
			assertThat(migrate(after, database)).startsWith("UP_TO_DATE ");
			rememberFingerprint(database);
			assertThat(Contents.of(database)).isEqualTo(contents);
		}
	}

	@ParameterizedTest(name = "{0} from {1} to {2}")
	@MethodSource("movesWithRevisions")
	void theOtherAddsARevisionAndBothAreContent(DatabaseProvider provider, String before, String after)
			throws Exception {
		try (TestDatabase database = newDatabase(provider)) {
			migrate(before, database);
			List<String> all = changesets(database);
			goBackToRevision1(database);
			assertThat(changesets(database)).hasSizeLessThan(all.size());
			assertThat(migrate(after, database)).startsWith("MIGRATED ");
			assertThat(writers(database)).containsExactlyInAnyOrder(before, after);
			assertThat(changesets(database)).isEqualTo(all);
			assertThat(steps(database)).isEqualTo(all);
			forgetFingerprint(database);
			assertThat(migrate(before, database)).startsWith("UP_TO_DATE ");
			Migrations.isAtHead(database, Migrations.settings());
		}
	}

	@ParameterizedTest(name = "{0} from {1} to {2}")
	@MethodSource("movesWithRevisions")
	void theOtherRepeatsAChangeAndLiquibaseHoldsItOnce(DatabaseProvider provider, String before, String after)
			throws Exception {
		try (TestDatabase database = newDatabase(provider)) {
			migrate(before, database);
			List<String> all = changesets(database);
			dropIndex(database);
			assertThat(migrate(after, database)).startsWith("MIGRATED ");
			assertThat(changesets(database)).isEqualTo(all);
			// Ours tells which run made it, and two runs did.
			assertThat(steps(database)).containsAll(all).hasSize(all.size() + 1);
			Migrations.isAtHead(database, Migrations.settings());
		}
	}

	private static TestDatabase newDatabase(DatabaseProvider provider) {
		assumeThat(provider.unavailableReason()).isEmpty();
		return provider.newDatabase();
	}

	private static String migrate(String version, TestDatabase database) throws Exception {
		StoppableJvm jvm = JVMS.get(version);
		assertThat(jvm).isNotNull();
		jvm.migrate(database, new Order(LockType.AUTO, Duration.ofSeconds(30), Duration.ofMillis(100), 100, 1, ""));
		return jvm.next();
	}

	/** As an older version of ours would have left it, which knew nothing of 0002. */
	private static void goBackToRevision1(TestDatabase database) throws SQLException {
		dropIndex(database);
		Sql.execute(database,
				"DELETE FROM adk_migration_changelog WHERE id IN (SELECT changeset FROM adk_migration_step WHERE revision = '0002')",
				"DELETE FROM adk_migration_step WHERE revision = '0002'");
		assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_step")).isPositive();
	}

	private static void dropIndex(TestDatabase database) throws SQLException {
		Sql.execute(database, "DROP INDEX " + INDEX);
	}

	/** The fingerprint alone would answer, and neither catalog nor history be read. */
	private static void forgetFingerprint(TestDatabase database) throws SQLException {
		Sql.execute(database, "UPDATE adk_migration_run SET message = fingerprint",
				"UPDATE adk_migration_run SET fingerprint = ''");
	}

	private static void rememberFingerprint(TestDatabase database) throws SQLException {
		Sql.execute(database, "UPDATE adk_migration_run SET fingerprint = message",
				"UPDATE adk_migration_run SET message = NULL");
	}

	/** The versions of Liquibase that have written a row. */
	private static List<String> writers(TestDatabase database) throws SQLException {
		return Sql.column(database, "SELECT DISTINCT liquibase FROM adk_migration_changelog")
			.stream()
			.map(String::valueOf)
			.toList();
	}

	private static List<String> changesets(TestDatabase database) throws SQLException {
		return Sql.column(database, "SELECT id FROM adk_migration_changelog ORDER BY id")
			.stream()
			.map(String::valueOf)
			.toList();
	}

	private static List<String> steps(TestDatabase database) throws SQLException {
		return Sql.column(database, "SELECT changeset FROM adk_migration_step ORDER BY changeset")
			.stream()
			.map(String::valueOf)
			.toList();
	}

	private static String classPathWith(String version) throws IOException {
		Path jar = JARS.resolve("liquibase-core-" + version + ".jar");
		assertThat(Files.isRegularFile(jar)).as("%s, which the build copies", jar).isTrue();
		List<String> others = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry).getFileName().toString().startsWith("liquibase-core-"))
			.toList();
		return Stream.concat(Stream.of(jar.toString()), others.stream())
			.collect(Collectors.joining(File.pathSeparator));
	}

}
