package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.test.DatabaseTest;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;
import io.github.adkmigration.test.migration.StoppableJvm.Order;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several JVMs with several threads each start at once on one database. The system
 * property {@code adk.test.jvms} says how many JVMs, {@code adk.test.threads} how many
 * threads each.
 */
class SimultaneousStartTests {

	private static final int JVMS = Integer.getInteger("adk.test.jvms", 3);

	private static final int THREADS = Integer.getInteger("adk.test.threads", 2);

	private static final List<StoppableJvm> RUNNING = new ArrayList<>();

	@BeforeAll
	static void startJvms() throws Exception {
		for (int i = 0; i < JVMS; i++) {
			RUNNING.add(StoppableJvm.start());
		}
		for (StoppableJvm jvm : RUNNING) {
			assertThat(jvm.next()).isEqualTo("ready");
		}
	}

	@AfterAll
	static void stopJvms() throws InterruptedException {
		for (StoppableJvm jvm : RUNNING) {
			jvm.close();
		}
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void onAnEmptyDatabaseOneCreatesTheTables(TestDatabase database) throws Exception {
		assertThat(outcomesOfStartsAtOnce(database)).containsExactlyInAnyOrderElementsOf(expected("CREATED"));
		oneRunDidEverythingOnce(database);
	}

	/** A V0 database on H2 there is none: no ADK of that time knew it. */
	@Test
	void onAnEmptyH2FileThatOneProcessServesToTheOthersOneCreatesTheTables() throws Exception {
		try (TestDatabase database = TestDatabases.named("h2-file").newDatabase();
				Connection serving = database.connection()) {
			assertThat(serving.isValid(1)).isTrue();
			assertThat(outcomesOfStartsAtOnce(database)).containsExactlyInAnyOrderElementsOf(expected("CREATED"));
			oneRunDidEverythingOnce(database);
		}
	}

	@DatabaseTest(except = DatabaseDialect.H2)
	void onAV0DatabaseOneMigrates(TestDatabase database) throws Exception {
		V0Rows.create(database);
		for (int i = 0; i < 20; i++) {
			V0Rows.event(database, "e" + i);
		}
		assertThat(outcomesOfStartsAtOnce(database)).containsExactlyInAnyOrderElementsOf(expected("MIGRATED"));
		oneRunDidEverythingOnce(database);
		assertThat(Sql.number(database, "SELECT count(*) FROM events")).isEqualTo(20);
	}

	private static List<String> expected(String first) {
		List<String> outcomes = new ArrayList<>(List.of(first));
		while (outcomes.size() < JVMS * THREADS) {
			outcomes.add("UP_TO_DATE");
		}
		return outcomes;
	}

	private static List<String> outcomesOfStartsAtOnce(TestDatabase database) throws Exception {
		Order order = new Order(LockType.AUTO, Duration.ofMinutes(2), Duration.ofMillis(100), 4, THREADS, "");
		for (StoppableJvm jvm : RUNNING) {
			jvm.migrate(database, order);
		}
		List<String> outcomes = new ArrayList<>();
		for (StoppableJvm jvm : RUNNING) {
			for (int i = 0; i < THREADS; i++) {
				String said = jvm.next();
				outcomes.add(said.contains(" under ") ? said.substring(0, said.indexOf(" under ")) : said);
			}
		}
		return outcomes;
	}

	private static void oneRunDidEverythingOnce(TestDatabase database) throws SQLException {
		assertThat(Sql.number(database, "SELECT count(*) FROM adk_migration_run")).isEqualTo(1);
		assertThat(Sql.column(database, "SELECT changeset FROM adk_migration_step")).isNotEmpty()
			.doesNotHaveDuplicates();
		String id = database.dialect().mysqlFamily() ? "ID" : "id";
		assertThat(Sql.column(database, "SELECT " + id + " FROM adk_migration_changelog")).isNotEmpty()
			.doesNotHaveDuplicates();
		Migrations.isAtHead(database, Migrations.settings());
	}

}
