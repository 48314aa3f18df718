package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;

import io.github.adkmigration.test.database.DatabaseProvider;
import io.github.adkmigration.test.database.TestDatabase;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A change is recorded by Liquibase and by us. A process may die between any two of our
 * beginning, the change, Liquibase's row and our end, and the histories have to agree
 * after the next start.
 */
class LiquibaseHistoryTests {

	/** The third change of the scenario is an index. */
	private static final Map<String, Integer> DEATHS = Map.of("INSERT INTO adk_migration_step", 3, "CREATE INDEX", 1,
			"INSERT INTO adk_migration_changelog ", 3, "SET state = 'applied'", 3, "SET finished_at", 1);

	static Stream<Arguments> deaths() {
		return FaultyRun.databases()
			.flatMap((provider) -> DEATHS.keySet()
				.stream()
				.sorted()
				.map((moment) -> Arguments.of(Named.of(provider.name(), provider), moment)));
	}

	@ParameterizedTest(name = "{0} before {1}")
	@MethodSource("deaths")
	void afterADeathBothHistoriesComeToAgree(DatabaseProvider provider, String moment) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			FaultyRun run = FaultyRun.of(database, FaultScenario.PENDING_CHANGES);
			run.losesItsSession(run.diesBefore(moment, DEATHS.getOrDefault(moment, 1)));
			run.completes();
		}
	}

	@ParameterizedTest
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#databases")
	void aRowLeftInLiquibasesLockTableBlocksNobody(DatabaseProvider provider) throws SQLException {
		assumeThat(provider.unavailableReason()).isEmpty();
		try (TestDatabase database = provider.newDatabase()) {
			FaultyRun run = FaultyRun.of(database, FaultScenario.PENDING_CHANGES);
			run.losesItsSession(run.diesBefore("CREATE INDEX", 1));
			String held = "SELECT count(*) FROM adk_migration_changelog_lock WHERE lockedby IS NOT NULL";
			assertThat(Sql.number(database, held)).isEqualTo(1);
			run.completes();
			assertThat(Sql.number(database, held)).isZero();
		}
	}

}
