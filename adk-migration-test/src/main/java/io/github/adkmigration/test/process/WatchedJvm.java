package io.github.adkmigration.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM of its own, what it says, the exit code with which it ends, and whether it
 * listens on a port. The last is read from {@code /proc}, so it works on Linux only.
 *
 * @since 0.1.0
 */
public final class WatchedJvm implements AutoCloseable {

	private static final String LISTENING = "0A";

	private static final int STATE = 3;

	private static final int INODE = 9;

	private static final int PATIENCE_SECONDS = 120;

	private static final int PAUSE_MILLIS = 20;

	private final Process process;

	private final Path output;

	private WatchedJvm(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * Start a JVM like that of the test.
	 * @param directory where its output is kept
	 * @param environment variables on top of those of the test
	 * @param arguments {@code -jar} and a file, or {@code -cp}, a path and a class, and
	 * the arguments of the program
	 * @return the started JVM
	 * @throws IOException if it cannot be started
	 */
	public static WatchedJvm start(Path directory, Map<String, String> environment, List<String> arguments)
			throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
		command.addAll(arguments);
		Path output = Files.createTempFile(directory, "output", ".txt");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		builder.environment().putAll(environment);
		return new WatchedJvm(builder.start(), output);
	}

	/**
	 * Return what it has said until now.
	 * @return standard output and standard error
	 */
	public String output() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait for a text in its output.
	 * @param text the text
	 * @return whether it came before the process ended
	 * @throws Exception if the waiting is disturbed
	 */
	public boolean says(String text) throws Exception {
		return waitFor(() -> output().contains(text));
	}

	/**
	 * Wait until it listens on a TCP port.
	 * @return whether it did before it ended
	 * @throws Exception if the waiting is disturbed
	 */
	public boolean listens() throws Exception {
		return waitFor(this::listening);
	}

	/**
	 * Wait until it has ended by itself.
	 * @return its exit code
	 * @throws InterruptedException if the waiting is disturbed
	 */
	public int exitCode() throws InterruptedException {
		if (!this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException("The process does not end");
		}
		return this.process.exitValue();
	}

	private boolean waitFor(Callable<Boolean> condition) throws Exception {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
		while (System.nanoTime() < end && this.process.isAlive()) {
			if (condition.call()) {
				return true;
			}
			Thread.sleep(PAUSE_MILLIS);
		}
		return false;
	}

	private boolean listening() {
		Path proc = Path.of("/proc", Long.toString(this.process.pid()));
		try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
			Set<String> sockets = files.map(WatchedJvm::target).collect(Collectors.toSet());
			return Stream.of("tcp", "tcp6")
				.flatMap((table) -> lines(proc.resolve("net").resolve(table)).stream())
				.map((line) -> line.strip().split("\\s+"))
				.anyMatch((fields) -> fields[STATE].equals(LISTENING)
						&& sockets.contains("socket:[" + fields[INODE] + "]"));
		}
		catch (IOException | UncheckedIOException ex) {
			// It has just ended.
			return false;
		}
	}

	private static List<String> lines(Path table) {
		try {
			return Files.readAllLines(table);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String target(Path file) {
		try {
			return Files.readSymbolicLink(file).toString();
		}
		catch (IOException ex) {
			return "";
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
