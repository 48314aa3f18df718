package io.github.adkmigration.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.google.adk.sessions.Session;
import com.zaxxer.hikari.HikariDataSource;
import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.session.jdbc.JdbcSessionService;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;

/**
 * Appends and reads with our session service, with adk-python's, and with bare JDBC, in
 * turns in one database.
 */
final class SessionBenchmark {

	private static final int CLIENTS = 16;

	private static final int[] SIZES = { 10, 100, 1000 };

	private final TestDatabase database;

	private final Path benchmarks;

	private final double seconds;

	private final Map<String, List<Double>> rates = new LinkedHashMap<>();

	private SessionBenchmark(TestDatabase database, Path benchmarks, double seconds) {
		this.database = database;
		this.benchmarks = benchmarks;
		this.seconds = seconds;
	}

	/**
	 * Run.
	 * @param arguments directory of the benchmarks, and optionally seconds of each
	 * measurement and number of rounds
	 */
	public static void main(String[] arguments) throws Exception {
		double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 4;
		int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
		try (TestDatabase database = TestDatabases.named("postgresql-18").newDatabase();
				HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl(database.jdbcUrl());
			pool.setUsername(database.username());
			pool.setPassword(database.password());
			pool.setMaximumPoolSize(CLIENTS);
			AdkMigrator.create(pool).build().migrate();
			new SessionBenchmark(database, Path.of(arguments[0]), seconds).run(pool, rounds);
		}
	}

	private void run(HikariDataSource pool, int rounds) throws IOException, InterruptedException, SQLException {
		JdbcSessionService service = JdbcSessionService.builder(pool).build();
		SessionLoad load = new SessionLoad(service, pool, this.seconds);
		Map<Integer, Session> sessions = new LinkedHashMap<>();
		for (int size : SIZES) {
			sessions.put(size, load.fill(size));
		}
		load.appends(1);
		for (Session session : sessions.values()) {
			load.gets(session, 0);
		}
		for (int round = 0; round < rounds; round++) {
			for (int clients : new int[] { 1, CLIENTS }) {
				String what = "append, " + clients + (clients == 1 ? " client" : " clients");
				keep(what, "adk-python", python("append", Integer.toString(clients)));
				keep(what, "ours", load.appends(clients));
				keep(what, "bare JDBC", load.bareInserts(clients));
			}
			load.vacuum();
			for (Map.Entry<Integer, Session> session : sessions.entrySet()) {
				String what = "get, " + session.getKey() + " events";
				keep(what, "adk-python", python("get", session.getValue().id()));
				keep(what, "ours", load.gets(session.getValue(), 0));
				keep(what, "bare JDBC", load.bareSelects(session.getValue()));
				keep(what, "ours, 10 recent", load.gets(session.getValue(), 10));
			}
		}
		System.out.printf("%-20s %12s %12s %12s %16s %14s %16s%n", "per second", "adk-python", "ours", "bare JDBC",
				"ours/adk-python", "time/bare", "ours, 10 recent");
		for (String what : List.of("append, 1 client", "append, 16 clients", "get, 10 events", "get, 100 events",
				"get, 1000 events")) {
			double python = median(what, "adk-python");
			double ours = median(what, "ours");
			double bare = median(what, "bare JDBC");
			System.out.printf(Locale.ROOT, "%-20s %,12.0f %,12.0f %,12.0f %16.1f %14.2f %,16.0f%n", what, python, ours,
					bare, ours / python, bare / ours, median(what, "ours, 10 recent"));
		}
	}

	private void keep(String what, String who, double rate) {
		this.rates.computeIfAbsent(what + who, (unused) -> new ArrayList<>()).add(rate);
	}

	private double median(String what, String who) {
		List<Double> values = this.rates.get(what + who);
		return values == null ? Double.NaN : Median.of(values);
	}

	private double python(String what, String argument) throws IOException, InterruptedException {
		URI url = URI.create(this.database.jdbcUrl().substring("jdbc:".length()));
		Process process = new ProcessBuilder(this.benchmarks.resolve("target/venv/bin/python").toString(),
				this.benchmarks.resolve("sessions.py").toString(),
				"postgresql+asyncpg://" + this.database.username() + "@" + url.getHost() + ":" + url.getPort()
						+ url.getPath(),
				what, argument, Double.toString(this.seconds))
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		if (process.waitFor() != 0) {
			throw new IllegalStateException("sessions.py ended with " + process.exitValue());
		}
		return Double.parseDouble(output);
	}

}
