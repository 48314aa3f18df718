package io.github.adkmigration.test.database;

import java.io.IOException;
import java.util.Optional;

/**
 * Starts a server of one product and version.
 */
interface ServerLauncher {

	/** Return why the server cannot run here, or empty. */
	Optional<String> unavailableReason();

	/** Start the server and wait until it answers; it ends with this JVM. */
	ServerAddress start() throws IOException;

	/**
	 * Start a server that loses nothing that it has committed when it is killed.
	 * @throws UnsupportedOperationException if it is not a process of ours
	 */
	default KillableServer startKillable() throws IOException {
		throw new UnsupportedOperationException("This server cannot be killed.");
	}

}
