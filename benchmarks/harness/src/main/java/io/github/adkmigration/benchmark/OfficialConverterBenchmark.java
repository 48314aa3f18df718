package io.github.adkmigration.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;
import io.github.adkmigration.test.database.TestDatabases;

/**
 * Converts the same rows with adk-python's own {@code adk migrate session}, into a second
 * database, and then with ours; afterwards more rows of the same kind with ours alone,
 * because a process that ends after a few seconds shows the start of a JVM and not the
 * pace of a conversion.
 */
final class OfficialConverterBenchmark {

	private OfficialConverterBenchmark() {
	}

	/**
	 * Run.
	 * @param arguments {@code postgresql} or {@code sqlite}, the number of events, the
	 * path of {@code adk}, and the number of events that are converted for the pace
	 * ({@code 1000000} if absent)
	 */
	public static void main(String[] arguments) throws SQLException, IOException, InterruptedException {
		String name = arguments[0].equals("postgresql") ? "postgresql-18" : arguments[0];
		V0Rows rows = new V0Rows(Integer.parseInt(arguments[1]));
		double official;
		try (TestDatabase source = TestDatabases.named(name).newDatabase();
				TestDatabase target = TestDatabases.named(name).newDatabase()) {
			new V0Filler(source, rows).fill();
			System.out.printf(Locale.ROOT, "%s, %,d events, load %.1f%n", name, rows.events(), load());
			official = official(arguments[2], source, target);
			System.out.printf(Locale.ROOT, "adk migrate session: %.1f s, %,d events in its result%n", official,
					count(target));
			double ours = ConversionBenchmark.migrate(source.jdbcUrl(), source.username());
			System.out.printf(Locale.ROOT, "ours: %.2f s, %,d events; %.0f times as fast, load %.1f%n", ours,
					count(source), official / ours, load());
		}
		V0Rows more = new V0Rows(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1_000_000);
		try (TestDatabase source = TestDatabases.named(name).newDatabase()) {
			new V0Filler(source, more).fill();
			double ours = ConversionBenchmark.migrate(source.jdbcUrl(), source.username());
			double rate = ours * rows.events() / more.events();
			System.out.printf(Locale.ROOT, "ours: %.2f s, %,d events; %.2f s per %,d: %.1f times as fast, load %.1f%n",
					ours, count(source), rate, rows.events(), official / rate, load());
		}
	}

	private static double official(String adk, TestDatabase source, TestDatabase target)
			throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(adk, "migrate", "session", "--source_db_url", url(source),
				"--dest_db_url", url(target), "--log_level", "ERROR")
			.inheritIO();
		builder.environment().put("TZ", V0Rows.ZONE.getId());
		long begun = System.nanoTime();
		int status = builder.start().waitFor();
		if (status != 0) {
			throw new IllegalStateException("adk ended with " + status);
		}
		return (System.nanoTime() - begun) / 1e9;
	}

	private static String url(TestDatabase database) {
		if (database.dialect() == DatabaseDialect.SQLITE) {
			Path file = database.file().orElseThrow();
			return "sqlite:///" + file;
		}
		URI url = URI.create(database.jdbcUrl().substring("jdbc:".length()));
		return "postgresql+psycopg2://" + database.username() + "@" + url.getHost() + ":" + url.getPort()
				+ url.getPath();
	}

	private static long count(TestDatabase database) throws SQLException {
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT count(*) FROM events WHERE event_data IS NOT NULL")) {
			row.next();
			return row.getLong(1);
		}
	}

	private static double load() {
		return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
	}

}
