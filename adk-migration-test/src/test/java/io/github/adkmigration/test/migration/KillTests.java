package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
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
 * Kills a migrating JVM with SIGKILL, at named points and at random times, starts again
 * and compares with a run that nobody disturbed. The ordinary build takes samples; with
 * {@code -Dadk.test.faults=all} each point has its turn, and 50 random times on each
 * database.
 */
class KillTests {

	private static final int RANDOM_KILLS = FaultyRun.ALL ? 50 : 2;

	private static final long SEED = Long.getLong("adk.test.seed", 20261120);

	private static final Map<String, Undisturbed> UNDISTURBED = new HashMap<>();

	static Stream<Arguments> scenarios() {
		return FaultyRun.databases()
			.flatMap((provider) -> Stream.of(FaultScenario.values())
				.map((scenario) -> Arguments.of(Named.of(provider.name(), provider), scenario)));
	}

	@ParameterizedTest(name = "{1} on {0}")
	@MethodSource("scenarios")
	void aKillAtAnyPointIsCompletedByTheNextStart(DatabaseProvider provider, FaultScenario scenario) throws Exception {
		assumeThat(provider.unavailableReason()).isEmpty();
		Undisturbed undisturbed = undisturbed(provider, scenario);
		int points = undisturbed.points().size();
		List<Integer> chosen = FaultyRun.ALL ? IntStream.rangeClosed(1, points).boxed().toList()
				: scenario == FaultScenario.CONVERSION ? List.of(points / 3, points * 2 / 3, points)
						: List.of(points / 2);
		List<String> wrong = new ArrayList<>();
		for (int point : chosen) {
			try (TestDatabase database = provider.newDatabase(); KilledJvm jvm = KilledJvm.start(database, scenario)) {
				scenario.fill(database);
				jvm.migrate(point);
				assertThat(jvm.awaitStop()).as("stopped at point " + point + ": " + jvm).isTrue();
				jvm.kill();
				String where = undisturbed.points().get(point - 1);
				assertThat(jvm.points()).hasSize(point).endsWith(where);
				wrong.addAll(complete(database, scenario, undisturbed, List.of(jvm), where));
			}
		}
		report(provider, scenario, chosen.size() + " of " + points + " named points", wrong);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#databases")
	void killsAtRandomTimesAreCompletedByTheNextStart(DatabaseProvider provider) throws Exception {
		assumeThat(provider.unavailableReason()).isEmpty();
		FaultScenario scenario = FaultScenario.CONVERSION;
		Undisturbed undisturbed = undisturbed(provider, scenario);
		Random random = new Random(SEED);
		List<String> wrong = new ArrayList<>();
		int kills = 0;
		int twice = 0;
		while (kills < RANDOM_KILLS) {
			try (TestDatabase database = provider.newDatabase()) {
				scenario.fill(database);
				List<KilledJvm> killed = new ArrayList<>();
				int times = random.nextInt(4) == 0 ? 2 : 1;
				for (int time = 1; time <= times; time++) {
					Migrations.releaseLease(database);
					killed.addAll(killedAtRandom(database, scenario, random, undisturbed.points().size()));
				}
				kills += killed.size();
				twice += killed.size() == 2 ? 1 : 0;
				String where = killed.stream().map((jvm) -> jvm.points().get(jvm.points().size() - 1)).toList()
						+ " and a bit, seed " + SEED;
				wrong.addAll(complete(database, scenario, undisturbed, killed, where));
			}
		}
		report(provider, scenario, kills + " kills at random times, " + twice + " databases twice, seed " + SEED,
				wrong);
	}

	/**
	 * Kill a JVM at a random time.
	 * @return the JVM, nothing if it came to its end before
	 */
	private static List<KilledJvm> killedAtRandom(TestDatabase database, FaultScenario scenario, Random random,
			int points) throws Exception {
		try (KilledJvm jvm = KilledJvm.start(database, scenario)) {
			jvm.migrate(0);
			jvm.awaitPoints(1 + random.nextInt(points - 1));
			Thread.sleep(random.nextInt(12));
			jvm.kill();
			return jvm.ended() ? List.of() : List.of(jvm);
		}
	}

	private static void report(DatabaseProvider provider, FaultScenario scenario, String what, List<String> wrong) {
		if (FaultyRun.ALL) {
			System.out.println("| " + provider.name() + " | " + scenario + " | " + what + " | " + wrong.size()
					+ " with another result |");
		}
		assertThat(wrong).isEmpty();
	}

	private static Undisturbed undisturbed(DatabaseProvider provider, FaultScenario scenario) throws Exception {
		Undisturbed known = UNDISTURBED.get(provider.name() + scenario);
		if (known != null) {
			return known;
		}
		try (TestDatabase database = provider.newDatabase(); KilledJvm jvm = KilledJvm.start(database, scenario)) {
			scenario.fill(database);
			jvm.migrate(0);
			assertThat(jvm.awaitStop()).isFalse();
			assertThat(jvm.ended()).as(jvm.toString()).isTrue();
			Undisturbed undisturbed = new Undisturbed(jvm.points(), Aftermath.of(database));
			UNDISTURBED.put(provider.name() + scenario, undisturbed);
			return undisturbed;
		}
	}

	/**
	 * Start again and tell what is wrong.
	 */
	private static List<String> complete(TestDatabase database, FaultScenario scenario, Undisturbed undisturbed,
			List<KilledJvm> killed, String where) throws SQLException {
		List<String> points = new ArrayList<>();
		try {
			InterceptedDataSource dataSource = new InterceptedDataSource(database.dataSource(),
					new WritePoints(points::add));
			Migrations.releaseLease(database);
			Migrations.migrator(dataSource, scenario.settings()).migrate();
			Migrations.isAtHead(database, scenario.settings());
		}
		catch (RuntimeException | AssertionError ex) {
			return List.of(where + ": " + ex);
		}
		List<String> wrong = new ArrayList<>();
		Map<String, String> differences = Aftermath.of(database).differences(undisturbed.aftermath());
		if (!differences.isEmpty()) {
			wrong.add(where + ": " + differences);
		}
		long batches = batches(points) + killed.stream().mapToLong((jvm) -> batches(jvm.points())).sum();
		long most = batches(undisturbed.points()) + killed.size();
		if (batches > most) {
			wrong.add(where + ": " + batches + " batches were converted instead of at most " + most);
		}
		return wrong;
	}

	private static long batches(List<String> points) {
		return points.stream().filter((point) -> point.startsWith("before " + WritePoints.CHECKPOINT)).count();
	}

	/**
	 * A run that nobody disturbed.
	 *
	 * @param points the points that it passed
	 * @param aftermath what it left
	 */
	private record Undisturbed(List<String> points, Aftermath aftermath) {
	}

}
