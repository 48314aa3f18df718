package io.github.adkmigration.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;

/**
 * Compares migrations of the same conversations in the tables of several writers with
 * that of pickles, in turns, each in a fresh database and a fresh JVM.
 */
final class SourceBenchmark {

	private static final String PICKLES = "pickles";

	private SourceBenchmark() {
	}

	static void run(String database, int events, int rounds, List<String> sources)
			throws SQLException, IOException, InterruptedException {
		V0Rows rows = new V0Rows(events);
		List<String> names = new ArrayList<>(List.of(PICKLES));
		names.addAll(sources);
		Map<String, List<Double>> seconds = new LinkedHashMap<>();
		for (int round = 0; round < rounds; round++) {
			for (String name : names) {
				System.out.printf(Locale.ROOT, "%s, %,d events, %s%n", database, events, name);
				seconds.computeIfAbsent(name, (key) -> new ArrayList<>()).add(migrate(database, rows, name));
			}
		}
		double pickles = Median.of(seconds.getOrDefault(PICKLES, List.of()));
		seconds.forEach((name, all) -> System.out.printf(Locale.ROOT,
				"%-8s %7.2f s, %,9.0f events/s, %.2f times as fast as pickles%n", name, Median.of(all),
				events / Median.of(all), pickles / Median.of(all)));
	}

	private static double migrate(String name, V0Rows rows, String source)
			throws SQLException, IOException, InterruptedException {
		try (TestDatabase database = TestDatabases.named(name).newDatabase()) {
			SourceRows filled = source.equals(PICKLES) ? rows
					: new JsonRows(rows, JsonRows.Writer.valueOf(source.toUpperCase(Locale.ROOT)), database.dialect());
			new V0Filler(database, rows, filled).fill();
			return ConversionBenchmark.migrate(database.jdbcUrl(), database.username());
		}
	}

}
