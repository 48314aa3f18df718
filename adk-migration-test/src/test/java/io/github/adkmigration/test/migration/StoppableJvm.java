package io.github.adkmigration.test.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.test.database.TestDatabase;

/**
 * Another JVM that migrates when it is told to, and that can be stopped and killed.
 */
final class StoppableJvm implements AutoCloseable {

	/** What it says begins like this; the rest of its output is its log. */
	static final String SAYS = "> ";

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final Process process;

	private final BufferedReader output;

	private final PrintStream input;

	private StoppableJvm(Process process) {
		this.process = process;
		this.output = process.inputReader();
		this.input = new PrintStream(process.getOutputStream(), true);
	}

	/**
	 * Start a JVM. It is there when {@link #next()} has returned "ready".
	 */
	static StoppableJvm start() throws IOException {
		return start(System.getProperty("java.class.path"));
	}

	/**
	 * Start a JVM with another class path.
	 */
	static StoppableJvm start(String classPath) throws IOException {
		return new StoppableJvm(
				ChildJvm.of(classPath, MigrationOnDemand.class).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	/**
	 * Let it migrate a database.
	 */
	void migrate(TestDatabase database, Order order) {
		say(String.join("\t", database.jdbcUrl(), database.username(), database.password(), order.type().name(),
				Long.toString(order.timeout().toMillis()), Long.toString(order.pollInterval().toMillis()),
				Integer.toString(order.batchSize()), Integer.toString(order.threads()), order.stopBefore()));
	}

	/**
	 * Let it go on where it stopped.
	 */
	void goOn() {
		say("go on");
	}

	private void say(String line) {
		this.input.println(line);
	}

	/**
	 * Return what it says next.
	 */
	String next() throws Exception {
		return CompletableFuture.supplyAsync(() -> {
			try {
				String line = this.output.readLine();
				while (line != null && !line.startsWith(SAYS)) {
					line = this.output.readLine();
				}
				return line == null ? "nothing, it has ended" : line.substring(SAYS.length());
			}
			catch (IOException ex) {
				return ex.toString();
			}
		}).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	long pid() {
		return this.process.pid();
	}

	/**
	 * Stop it as a debugger or a paused virtual machine does: it does nothing any more
	 * and knows nothing of it.
	 */
	void pause() throws Exception {
		signal("-STOP");
	}

	void resume() throws Exception {
		signal("-CONT");
	}

	private void signal(String signal) throws Exception {
		Process kill = new ProcessBuilder(List.of("kill", signal, Long.toString(pid()))).inheritIO().start();
		if (kill.waitFor() != 0) {
			throw new IllegalStateException("kill " + signal + " failed");
		}
	}

	/**
	 * Kill it with signal 9.
	 */
	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	@Override
	public void close() throws InterruptedException {
		kill();
	}

	/**
	 * What to do.
	 *
	 * @param type kind of lock
	 * @param timeout how long to wait; also the lease
	 * @param pollInterval between two looks
	 * @param batchSize rows per batch
	 * @param threads how many migrate at once
	 * @param stopBefore part of a statement before which to say "reached" and wait to be
	 * told to go on, empty for none
	 */
	record Order(LockType type, Duration timeout, Duration pollInterval, int batchSize, int threads,
			String stopBefore) {
	}

}
