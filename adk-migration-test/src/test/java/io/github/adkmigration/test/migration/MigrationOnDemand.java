package io.github.adkmigration.test.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.settings.MigrationSettings;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The program of a {@link StoppableJvm}.
 */
final class MigrationOnDemand {

	private static final BufferedReader ORDERS = new BufferedReader(
			new InputStreamReader(System.in, StandardCharsets.UTF_8));

	private MigrationOnDemand() {
	}

	public static void main(String[] arguments) throws Exception {
		say("ready");
		for (String line = ORDERS.readLine(); line != null; line = ORDERS.readLine()) {
			List<String> order = List.of(line.split("\t", -1));
			int threads = Integer.parseInt(order.get(7));
			ExecutorService pool = Executors.newFixedThreadPool(threads);
			List<Future<String>> results = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				results.add(pool.submit(() -> migrate(order)));
			}
			for (Future<String> result : results) {
				say(result.get());
			}
			pool.shutdown();
		}
	}

	private static String migrate(List<String> order) {
		MigrationSettings settings = Migrations.settings()
			.withLockType(LockType.valueOf(order.get(3)))
			.withLockLimits(Duration.ofMillis(Long.parseLong(order.get(4))),
					Duration.ofMillis(Long.parseLong(order.get(5))))
			.withBatchSize(Integer.parseInt(order.get(6)));
		DataSource database = new DriverManagerDataSource(order.get(0), order.get(1), order.get(2));
		String stopBefore = order.get(8);
		AtomicBoolean stopped = new AtomicBoolean(stopBefore.isEmpty());
		AdkMigrator migrator = Migrations.migrator(new InterceptedDataSource(database, (sql) -> {
			if (sql.contains(stopBefore) && stopped.compareAndSet(false, true)) {
				say("reached");
				waitToGoOn();
			}
		}), settings);
		try {
			MigrationReport report = migrator.migrate();
			return report.outcome() + " under " + report.lock();
		}
		catch (MigrationException ex) {
			return ex.code() + ": " + ex.getMessage();
		}
	}

	private static void waitToGoOn() {
		try {
			ORDERS.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static synchronized void say(String what) {
		System.out.println(StoppableJvm.SAYS + what.replace('\n', ' '));
	}

}
