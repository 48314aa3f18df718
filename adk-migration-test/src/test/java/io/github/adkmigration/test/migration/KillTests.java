package io.github.adkmigration.test.migration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

	private static final int AT_ONCE = Integer.getInteger("adk.test.at-once", FaultyRun.ALL ? 2 : 1);

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
		List<Callable<Killed>> rounds = new ArrayList<>();
		chosen.forEach((point) -> rounds.add(() -> killedAt(point, provider, scenario, undisturbed)));
		report(provider, scenario, chosen.size() + " of " + points + " named points", atOnce(rounds));
	}

	private static Killed killedAt(int point, DatabaseProvider provider, FaultScenario scenario,
			Undisturbed undisturbed) throws Exception {
		try (TestDatabase database = provider.newDatabase(); KilledJvm jvm = KilledJvm.start(database, scenario)) {
			scenario.fill(database);
			jvm.migrate(point);
			assertThat(jvm.awaitStop()).as("stopped at point " + point + ": " + jvm).isTrue();
			jvm.kill();
			String where = undisturbed.points().get(point - 1);
			assertThat(jvm.points()).hasSize(point).endsWith(where);
			return new Killed(1, complete(database, scenario, undisturbed, List.of(jvm), where));
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("io.github.adkmigration.test.migration.FaultyRun#databases")
	void killsAtRandomTimesAreCompletedByTheNextStart(DatabaseProvider provider) throws Exception {
		assumeThat(provider.unavailableReason()).isEmpty();
		FaultScenario scenario = FaultScenario.CONVERSION;
		Undisturbed undisturbed = undisturbed(provider, scenario);
		Random random = new Random(SEED);
		List<Killed> done = new ArrayList<>();
		while (kills(done) < RANDOM_KILLS) {
			List<Callable<Killed>> rounds = new ArrayList<>();
			for (int round = kills(done); round < RANDOM_KILLS; round++) {
				List<RandomTime> times = new ArrayList<>();
				times.add(RandomTime.of(random, undisturbed));
				if (random.nextInt(4) == 0) {
					times.add(RandomTime.of(random, undisturbed));
					round++;
				}
				rounds.add(() -> killedAt(times, provider, scenario, undisturbed));
			}
			done.addAll(atOnce(rounds));
		}
		long twice = done.stream().filter((round) -> round.kills() == 2).count();
		report(provider, scenario, kills(done) + " kills at random times, " + twice + " databases twice, seed " + SEED,
				done);
	}

	private static Killed killedAt(List<RandomTime> times, DatabaseProvider provider, FaultScenario scenario,
			Undisturbed undisturbed) throws Exception {
		try (TestDatabase database = provider.newDatabase()) {
			scenario.fill(database);
			List<KilledJvm> killed = new ArrayList<>();
			for (RandomTime time : times) {
				Migrations.releaseLease(database);
				killed.addAll(killedAt(time, database, scenario));
			}
			String where = killed.stream().map((jvm) -> jvm.points().get(jvm.points().size() - 1)).toList()
					+ " and a bit, seed " + SEED;
			return new Killed(killed.size(), complete(database, scenario, undisturbed, killed, where));
		}
	}

	/**
	 * Kill a JVM at a random time.
	 * @return the JVM, nothing if it came to its end before
	 */
	private static List<KilledJvm> killedAt(RandomTime time, TestDatabase database, FaultScenario scenario)
			throws Exception {
		try (KilledJvm jvm = KilledJvm.start(database, scenario)) {
			jvm.migrate(0);
			jvm.awaitPoints(time.points());
			Thread.sleep(time.millis());
			jvm.kill();
			assertThat(jvm.failed()).as(jvm.toString()).isFalse();
			return jvm.outcome().isPresent() ? List.of() : List.of(jvm);
		}
	}

	/**
	 * Have every round on a database of its own, some at once: most of the time goes into
	 * the start of a JVM and into waiting for a server.
	 */
	private static List<Killed> atOnce(List<Callable<Killed>> rounds) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
		try {
			List<Killed> done = new ArrayList<>();
			for (Future<Killed> round : threads.invokeAll(rounds)) {
				done.add(round.get());
			}
			return done;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static int kills(List<Killed> rounds) {
		return rounds.stream().mapToInt(Killed::kills).sum();
	}

	private static void report(DatabaseProvider provider, FaultScenario scenario, String what, List<Killed> rounds) {
		List<String> wrong = rounds.stream().flatMap((round) -> round.wrong().stream()).toList();
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
			assertThat(jvm.outcome()).as(jvm.toString()).contains("MIGRATED");
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

	/**
	 * When to kill.
	 *
	 * @param points after how many points
	 * @param millis how long after the last of them
	 */
	private record RandomTime(int points, int millis) {

		static RandomTime of(Random random, Undisturbed undisturbed) {
			return new RandomTime(1 + random.nextInt(undisturbed.points().size() - 1), random.nextInt(12));
		}

	}

	/**
	 * What came of a database whose migration was killed.
	 *
	 * @param kills how often
	 * @param wrong what is not as it should be
	 */
	private record Killed(int kills, List<String> wrong) {
	}

}
