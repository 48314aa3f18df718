package io.github.adkmigration.test.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * SQLite, each database a file in a directory of its own.
 */
final class SqliteProvider implements DatabaseProvider {

	@Override
	public String name() {
		return "sqlite";
	}

	@Override
	public DatabaseDialect dialect() {
		return DatabaseDialect.SQLITE;
	}

	@Override
	public Set<Capability> capabilities() {
		return Set.of();
	}

	@Override
	public Optional<String> unavailableReason() {
		return Optional.empty();
	}

	@Override
	public TestDatabase newDatabase() {
		try {
			Path directory = Files.createTempDirectory("adk-sqlite-");
			Path file = directory.resolve("sessions.db");
			FreshConnectionDataSource dataSource = new FreshConnectionDataSource("jdbc:sqlite:" + file, "", "", "");
			return new TestDatabase(this, dataSource, file, () -> CacheDirectory.delete(directory));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
