package io.github.adkmigration.test.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server of its own for one test, which may kill it and start it again on what it left.
 * It loses nothing that it has committed.
 *
 * @since 0.1.0
 */
public final class KillableServer implements AutoCloseable {

	private static final int ATTEMPTS = 20;

	private final EmbeddedServer server;

	private final ServerAddress address;

	private final Path directory;

	/** Tells that the directory outlives the process. */
	private final Path kept;

	private final EmbeddedServer.CommandLine commandLine;

	private final ServerProvider databases;

	private WatchedProcess process;

	KillableServer(EmbeddedServer server, ServerAddress address, Path directory, EmbeddedServer.CommandLine commandLine,
			WatchedProcess process) {
		this.server = server;
		this.address = address;
		this.directory = directory;
		this.kept = directory.resolveSibling(directory.getFileName() + ".kept");
		this.commandLine = commandLine;
		this.process = process;
		this.databases = new ServerProvider("killable-" + address.dialect().id(), address.dialect(),
				new ServerLauncher() {

					@Override
					public Optional<String> unavailableReason() {
						return Optional.empty();
					}

					@Override
					public ServerAddress start() {
						return address;
					}

				});
	}

	/**
	 * Start a server.
	 * @param provider which product; one of the embedded servers
	 * @return the server, to be closed by the caller
	 * @throws IllegalStateException if it does not run here
	 */
	public static KillableServer start(DatabaseProvider provider) {
		if (provider instanceof ServerProvider servers) {
			return servers.startKillable();
		}
		throw new IllegalStateException(provider.name() + " has no server.");
	}

	ServerAddress address() {
		return this.address;
	}

	/**
	 * Create an empty database.
	 * @return the database, to be closed by the caller while the server runs
	 */
	public TestDatabase newDatabase() {
		return this.databases.newDatabase();
	}

	/**
	 * Send the server SIGKILL and wait until it is gone.
	 * @throws IOException if it cannot be reached
	 */
	public void kill() throws IOException {
		if (Files.notExists(this.kept)) {
			Files.createFile(this.kept);
		}
		this.process.kill();
	}

	/**
	 * Start the server again, at the same address and on the same data.
	 * @throws IOException if it does not start
	 */
	public void restart() throws IOException {
		IOException failure = new IOException("not tried");
		// The children of a killed PostgreSQL need a moment to notice.
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			try {
				this.process = this.server.startIn(this.directory, this.address.port(), this.commandLine);
				return;
			}
			catch (IOException ex) {
				failure = ex;
			}
		}
		throw failure;
	}

	@Override
	public void close() {
		try {
			this.process.stop();
			CacheDirectory.delete(this.directory);
			Files.deleteIfExists(this.kept);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
