package io.github.adkmigration.test.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

/**
 * Starts a foreground server on a copy of an initialised data directory and waits for it.
 */
final class EmbeddedServer {

	static final String HOST = "127.0.0.1";

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final int ATTEMPTS = 3;

	private final DatabaseDialect dialect;

	private final String username;

	private final String password;

	private final String signal;

	EmbeddedServer(DatabaseDialect dialect, String username, String password, String signal) {
		this.dialect = dialect;
		this.username = username;
		this.password = password;
		this.signal = signal;
	}

	/**
	 * Start the server.
	 * @param cache where its directory is made
	 * @param template the data directory to copy
	 * @param commandLine makes the command
	 */
	KillableServer start(CacheDirectory cache, Path template, CommandLine commandLine) throws IOException {
		IOException failure = new IOException("not tried");
		// Somebody else may take the free port first; everything else fails again at
		// once.
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			try {
				return startOnce(cache, template, commandLine);
			}
			catch (IOException ex) {
				failure = ex;
			}
		}
		throw failure;
	}

	private KillableServer startOnce(CacheDirectory cache, Path template, CommandLine commandLine) throws IOException {
		Path directory = cache.newServerDirectory();
		Path data = directory.resolve("data");
		Command.run(directory, List.of(), "cp", "-a", template.toString(), data.toString());
		int port = freePort();
		return new KillableServer(this, address(port), directory, commandLine, startIn(directory, port, commandLine));
	}

	/**
	 * Start the server on a directory that another has left or that was just made.
	 */
	WatchedProcess startIn(Path directory, int port, CommandLine commandLine) throws IOException {
		Path data = directory.resolve("data");
		Path log = Files.createTempFile("adk-" + this.dialect.id() + "-", ".log");
		WatchedProcess process = WatchedProcess.start(this.signal, directory, log, commandLine.of(data, port));
		@Nullable String refusal = awaitReady(process, address(port));
		if (refusal == null) {
			// The open file lives as long as the server writes to it.
			Files.deleteIfExists(log);
			return process;
		}
		process.kill();
		String output = Files.readString(log).strip();
		Files.deleteIfExists(log);
		throw new IOException("The " + this.dialect.id() + " server did not start: " + refusal + "\n" + output);
	}

	private ServerAddress address(int port) {
		return new ServerAddress(this.dialect, HOST, port, this.username, this.password);
	}

	static @Nullable String awaitReady(@Nullable WatchedProcess process, ServerAddress address) {
		FreshConnectionDataSource dataSource = address.dataSource(address.administrationDatabase());
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			try (Connection connection = dataSource.getConnection()) {
				return connection.isValid(5) ? null : "its connection is not valid.";
			}
			catch (SQLException ex) {
				if (process != null && !process.isAlive()) {
					return "its process ended.";
				}
				if (System.nanoTime() > deadline) {
					return "it does not answer: " + ex.getMessage();
				}
			}
			try {
				Thread.sleep(20);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return "interrupted.";
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
			return socket.getLocalPort();
		}
	}

	/**
	 * Makes the command of a server.
	 */
	interface CommandLine {

		List<String> of(Path data, int port) throws IOException;

	}

}
