package io.github.adkmigration.test.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.test.database.TestDatabase;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A JVM of its own that migrates a database, tells which points it passes and can be
 * killed from outside at any of them.
 */
final class KilledJvm implements AutoCloseable {

	private static final String READY = "READY";

	private static final String POINT = "POINT ";

	private static final String STOPPED = "STOPPED";

	private static final String ENDED = "ENDED ";

	private final Process process;

	private final BufferedReader output;

	private final List<String> lines = new ArrayList<>();

	private KilledJvm(Process process) {
		this.process = process;
		this.output = process.inputReader();
	}

	/**
	 * Start a JVM that waits for {@link #migrate}.
	 */
	static KilledJvm start(TestDatabase database, FaultScenario scenario) throws IOException {
		return new KilledJvm(ChildJvm
			.of(KilledJvm.class, database.jdbcUrl(), database.username(), database.password(), scenario.name())
			.redirectErrorStream(true)
			.start());
	}

	/**
	 * Let it migrate.
	 * @param stopAt the point at which it stops for good, counted from 1; 0 for none
	 */
	void migrate(int stopAt) throws IOException {
		await(READY::equals);
		this.process.outputWriter().write(stopAt + "\n");
		this.process.outputWriter().flush();
	}

	/**
	 * Wait until it has passed some points and goes on.
	 * @param count how many
	 */
	void awaitPoints(int count) throws IOException {
		AtomicInteger seen = new AtomicInteger();
		await((line) -> line.startsWith(POINT) && seen.incrementAndGet() == count);
	}

	/**
	 * Wait until it has stopped at its point or has come to its end.
	 * @return whether it has stopped
	 */
	boolean awaitStop() throws IOException {
		return await(STOPPED::equals);
	}

	/**
	 * Send SIGKILL and wait until the process is gone.
	 */
	void kill() throws IOException {
		// Process.destroyForcibly would close its output, which has not been read.
		this.process.toHandle().destroyForcibly();
		await((line) -> false);
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Return the points that it has passed.
	 */
	List<String> points() {
		return this.lines.stream()
			.filter((line) -> line.startsWith(POINT))
			.map((line) -> line.substring(POINT.length()))
			.toList();
	}

	/**
	 * Return the outcome of its run, nothing if it did not come to its end.
	 */
	Optional<String> outcome() {
		return this.lines.stream()
			.filter((line) -> line.startsWith(ENDED))
			.map((line) -> line.substring(ENDED.length()))
			.findFirst();
	}

	/**
	 * Return whether its run failed before it could be killed.
	 */
	boolean failed() {
		return this.lines.stream().anyMatch((line) -> line.contains(MigrationException.class.getName()));
	}

	@Override
	public void close() throws IOException {
		kill();
		this.output.close();
	}

	@Override
	public String toString() {
		return String.join("\n", this.lines.subList(Math.max(0, this.lines.size() - 30), this.lines.size()));
	}

	private boolean await(Predicate<String> wanted) throws IOException {
		try {
			for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
				this.lines.add(line);
				if (wanted.test(line)) {
					return true;
				}
			}
			return false;
		}
		catch (IOException ex) {
			if (this.process.isAlive()) {
				throw ex;
			}
			return false;
		}
	}

	/**
	 * What the JVM does.
	 * @param arguments URL, user, password, scenario
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		FaultScenario scenario = FaultScenario.valueOf(arguments[3]);
		System.out.println(READY);
		int stopAt = Integer.parseInt(readLine());
		AtomicInteger passed = new AtomicInteger();
		WritePoints points = new WritePoints((name) -> {
			System.out.println(POINT + name);
			if (passed.incrementAndGet() == stopAt) {
				System.out.println(STOPPED);
				block();
			}
		});
		InterceptedDataSource dataSource = new InterceptedDataSource(
				new DriverManagerDataSource(arguments[0], arguments[1], arguments[2]), points);
		try {
			System.out.println(ENDED + Migrations.migrator(dataSource, scenario.settings()).migrate().outcome());
		}
		catch (MigrationException ex) {
			ex.printStackTrace(System.out);
		}
	}

	private static String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int read = System.in.read(); read != '\n' && read != -1; read = System.in.read()) {
			line.append((char) read);
		}
		return line.toString();
	}

	private static void block() {
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
