package io.github.adkmigration.test.database;

import java.io.IOException;
import java.util.Optional;

/**
 * Stands for a server that cannot be had, so that its suites are seen as skipped.
 */
record MissingLauncher(String reason) implements ServerLauncher {

	@Override
	public Optional<String> unavailableReason() {
		return Optional.of(this.reason);
	}

	@Override
	public ServerAddress start() throws IOException {
		throw new IOException(this.reason);
	}

}
