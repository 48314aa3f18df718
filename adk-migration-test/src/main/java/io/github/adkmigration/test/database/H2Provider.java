package io.github.adkmigration.test.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * H2 inside the JVM, in memory or in a file. Whoever opens the file first serves it to
 * other processes.
 */
final class H2Provider implements DatabaseProvider {

	private static final AtomicInteger COUNTER = new AtomicInteger();

	private final boolean inFile;

	H2Provider(boolean inFile) {
		this.inFile = inFile;
	}

	@Override
	public String name() {
		return this.inFile ? "h2-file" : "h2";
	}

	@Override
	public DatabaseDialect dialect() {
		return DatabaseDialect.H2;
	}

	@Override
	public Set<Capability> capabilities() {
		return Set.of(Capability.CONCURRENT_WRITERS, Capability.ACCOUNTS, Capability.SCHEMAS,
				Capability.SESSION_TIME_ZONE);
	}

	@Override
	public Optional<String> unavailableReason() {
		return Optional.empty();
	}

	@Override
	public TestDatabase newDatabase() {
		String zone = ";TIME ZONE=" + ServerZone.offset();
		if (!this.inFile) {
			FreshConnectionDataSource dataSource = new FreshConnectionDataSource(
					"jdbc:h2:mem:adk_" + COUNTER.incrementAndGet() + ";DB_CLOSE_DELAY=-1" + zone, "sa", "", "");
			return new TestDatabase(this, dataSource, null, () -> shutDown(dataSource));
		}
		try {
			Path directory = Files.createTempDirectory("adk-h2-");
			FreshConnectionDataSource dataSource = new FreshConnectionDataSource(
					"jdbc:h2:file:" + directory.resolve("sessions") + ";AUTO_SERVER=TRUE" + zone, "sa", "", "");
			return new TestDatabase(this, dataSource, null, () -> {
				shutDown(dataSource);
				CacheDirectory.delete(directory);
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void shutDown(FreshConnectionDataSource dataSource) {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("SHUTDOWN IMMEDIATELY");
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The H2 database could not be closed.", ex);
		}
	}

}
