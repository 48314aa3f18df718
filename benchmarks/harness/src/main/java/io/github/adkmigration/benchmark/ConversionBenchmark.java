package io.github.adkmigration.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;

/**
 * Compares a migration, in a JVM with 128 MB of heap, with the time that the database
 * itself needs to insert the resulting rows into an identical empty table. Both are done
 * on the same server, one after the other, in each round.
 */
final class ConversionBenchmark {

	private static final String COPY = "events_insert_select";

	private final TestDatabase database;

	private final DatabaseDialect dialect;

	private final ProcessorTime processorTime;

	private ConversionBenchmark(TestDatabase database) {
		this.database = database;
		this.dialect = database.dialect();
		this.processorTime = new ProcessorTime(database);
	}

	/**
	 * Run.
	 * @param arguments {@code postgresql}, {@code sqlite}, {@code mysql} or
	 * {@code mariadb}, the number of events, the number of rounds; for the last two one
	 * migration beside its estimate, and nothing else. Then {@code go}, {@code js} or
	 * {@code service}: these sources beside pickles instead
	 */
	public static void main(String[] arguments) throws SQLException, IOException, InterruptedException {
		int events = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
		int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
		String name = switch (arguments[0]) {
			case "postgresql" -> "postgresql-18";
			case "mysql" -> "mysql-8.0";
			case "mariadb" -> "mariadb-11.4";
			default -> arguments[0];
		};
		if (arguments.length > 3) {
			SourceBenchmark.run(name, events, rounds, List.of(arguments).subList(3, arguments.length));
			return;
		}
		try (TestDatabase database = TestDatabases.named(name).newDatabase()) {
			long begun = System.nanoTime();
			new V0Filler(database, new V0Rows(events)).fill();
			System.out.printf(Locale.ROOT, "%s, %,d events, filled in %.1f s%n", name, events, seconds(begun));
			if (database.dialect().mysqlFamily()) {
				migrateEstimated(database.jdbcUrl(), database);
			}
			else {
				new ConversionBenchmark(database).rounds(rounds);
			}
		}
	}

	private void rounds(int rounds) throws SQLException, IOException, InterruptedException {
		List<Double> ours = new ArrayList<>();
		List<Double> theirs = new ArrayList<>();
		List<Double> ratios = new ArrayList<>();
		List<Double> processorRatios = new ArrayList<>();
		for (int round = 1; round <= rounds; round++) {
			String url = restore();
			double load = load();
			Measured migration = migrate(url, estimate(url, this.database));
			if (this.dialect == DatabaseDialect.SQLITE) {
				Measured unchecked = insertSelect(url, false);
				System.out.printf(Locale.ROOT,
						"    INSERT ... SELECT without foreign keys, where SQLite copies the pages: %.2f s, processor time %.1f s%n",
						unchecked.wall, unchecked.processor);
			}
			Measured insert = insertSelect(url, true);
			ours.add(migration.wall);
			theirs.add(insert.wall);
			ratios.add(migration.wall / insert.wall);
			processorRatios.add(migration.processor / insert.processor);
			System.out.printf(Locale.ROOT,
					"round %d: migration %.2f s, INSERT ... SELECT %.2f s, ratio %.2f;"
							+ " processor time %.1f s and %.1f s, ratio %.2f (load %.1f before, %.1f after)%n",
					round, migration.wall, insert.wall, migration.wall / insert.wall, migration.processor,
					insert.processor, migration.processor / insert.processor, load, load());
		}
		System.out.printf(Locale.ROOT,
				"medians: migration %.2f s, INSERT ... SELECT %.2f s, ratio %.2f, of processor time %.2f%n",
				Median.of(ours), Median.of(theirs), Median.of(ratios), Median.of(processorRatios));
	}

	/** Make a fresh copy of the filled database. */
	private String restore() throws SQLException, IOException {
		if (this.dialect == DatabaseDialect.SQLITE) {
			Path file = this.database.file().orElseThrow();
			Path copy = file.resolveSibling("copy.db");
			Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
			return "jdbc:sqlite:" + copy;
		}
		String url = this.database.jdbcUrl();
		String filled = url.substring(url.lastIndexOf('/') + 1);
		String server = url.substring(0, url.lastIndexOf('/') + 1);
		try (Connection connection = DriverManager.getConnection(server + "postgres", this.database.username(), "");
				Statement statement = connection.createStatement()) {
			statement.execute("DROP DATABASE IF EXISTS benchmark_copy");
			statement.execute("CREATE DATABASE benchmark_copy TEMPLATE " + filled + " STRATEGY file_copy");
			statement.execute("CHECKPOINT");
		}
		return server + "benchmark_copy";
	}

	static double migrate(String url, String username) throws IOException, InterruptedException {
		return millis(run(MigrationProcess.class, url, username, ""), "MILLIS ");
	}

	private Measured migrate(String url, double estimate) throws SQLException, IOException, InterruptedException {
		double server = this.processorTime.seconds();
		List<String> output = run(MigrationProcess.class, url, this.database.username(), this.database.password());
		double used = this.processorTime.seconds() - server;
		double wall = millis(output, "MILLIS ");
		compare(estimate, wall);
		return new Measured(wall, millis(output, "CPU ") + used);
	}

	private static void migrateEstimated(String url, TestDatabase database) throws IOException, InterruptedException {
		double estimate = estimate(url, database);
		compare(estimate,
				millis(run(MigrationProcess.class, url, database.username(), database.password()), "MILLIS "));
	}

	/** What a fresh JVM says beforehand, as a pipeline asks. */
	private static double estimate(String url, TestDatabase database) throws IOException, InterruptedException {
		return millis(run(PreflightProcess.class, url, database.username(), database.password()), "ESTIMATE ");
	}

	private static void compare(double estimate, double real) {
		System.out.printf(Locale.ROOT, "    estimated %.1f s, was %.1f s, ratio %.2f%n", estimate, real,
				estimate / real);
	}

	private static List<String> run(Class<?> process, String url, String username, String password)
			throws IOException, InterruptedException {
		List<String> output = JavaProcess.run(List.of("-Xmx128m"), System.getProperty("java.class.path"),
				process.getName(), url, username, password);
		output.stream().filter((line) -> line.startsWith(" ")).forEach(System.out::println);
		return output;
	}

	private static double millis(List<String> output, String label) {
		return output.stream()
			.filter((line) -> line.startsWith(label))
			.mapToLong((line) -> Long.parseLong(line.substring(label.length())))
			.findFirst()
			.orElseThrow() / 1000.0;
	}

	private Measured insertSelect(String url, boolean foreignKeys) throws SQLException {
		double wall;
		double processor;
		boolean sqlite = this.dialect == DatabaseDialect.SQLITE;
		try (Connection connection = DriverManager.getConnection(url, this.database.username(), "");
				Statement statement = connection.createStatement()) {
			if (sqlite) {
				statement.execute("DROP TABLE IF EXISTS " + COPY);
				statement.execute("PRAGMA foreign_keys = " + foreignKeys);
				statement.execute("CREATE TABLE " + COPY
						+ " (id VARCHAR(128) NOT NULL, app_name VARCHAR(128) NOT NULL, user_id VARCHAR(128) NOT NULL,"
						+ " session_id VARCHAR(128) NOT NULL, invocation_id VARCHAR(256) NOT NULL,"
						+ " timestamp DATETIME NOT NULL, event_data TEXT, PRIMARY KEY (id, app_name, user_id, session_id),"
						+ " FOREIGN KEY (app_name, user_id, session_id) REFERENCES sessions (app_name, user_id, id)"
						+ " ON DELETE CASCADE)");
				statement.execute("CREATE INDEX " + COPY + "_ts ON " + COPY
						+ " (app_name, user_id, session_id, timestamp DESC, id DESC)");
			}
			else {
				statement.execute("CREATE TABLE " + COPY + " (LIKE events INCLUDING ALL)");
				statement.execute("ALTER TABLE " + COPY + " ADD FOREIGN KEY (app_name, user_id, session_id)"
						+ " REFERENCES sessions (app_name, user_id, id) ON DELETE CASCADE");
				statement.execute("CHECKPOINT");
			}
			processor = this.processorTime.seconds();
			long begun = System.nanoTime();
			statement.executeUpdate("INSERT INTO " + COPY + " SELECT * FROM events");
			wall = seconds(begun);
		}
		return new Measured(wall, this.processorTime.seconds() - processor);
	}

	private static double load() {
		return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
	}

	private static double seconds(long begun) {
		return (System.nanoTime() - begun) / 1e9;
	}

	/**
	 * A measurement.
	 *
	 * @param wall seconds on the clock
	 * @param processor seconds on all processors together
	 */
	private record Measured(double wall, double processor) {

	}

}
