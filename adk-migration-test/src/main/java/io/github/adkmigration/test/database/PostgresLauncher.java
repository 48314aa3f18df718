package io.github.adkmigration.test.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL from a binaries jar.
 */
final class PostgresLauncher implements ServerLauncher {

	private static final String USER = "postgres";

	private final PostgresArchive archive;

	PostgresLauncher(PostgresArchive archive) {
		this.archive = archive;
	}

	@Override
	public Optional<String> unavailableReason() {
		return Optional.empty();
	}

	@Override
	public ServerAddress start() throws IOException {
		return launch(List.of()).address();
	}

	@Override
	public KillableServer startKillable() throws IOException {
		return launch(List.of("-c", "synchronous_commit=on"));
	}

	private KillableServer launch(List<String> options) throws IOException {
		CacheDirectory cache = CacheDirectory.open();
		String name = "postgresql-" + this.archive.version();
		UnprivilegedUser user = UnprivilegedUser.find();
		Path home = cache.entry(name, this::unpack);
		Path template = cache.entry(name + "-data" + (user.ownFiles() ? "-nobody" : ""),
				(data) -> initialize(home, data, user));
		// SIGQUIT ends the children too and frees the shared memory, which SIGKILL would
		// not.
		return new EmbeddedServer(DatabaseDialect.POSTGRESQL, USER, "", "QUIT").start(cache, template,
				(data, port) -> command(home, data, port, user, options));
	}

	private void unpack(Path home) throws IOException {
		try (InputStream input = new XZInputStream(this.archive.url().openStream())) {
			TapeArchive.unpack(input, home);
		}
	}

	private static void initialize(Path home, Path data, UnprivilegedUser user) throws IOException {
		Files.createDirectory(data);
		user.giveAway(data);
		Command.run(home, user.prefix(), home + "/bin/initdb", "-A", "trust", "-U", USER, "-D", data.toString(), "-E",
				"UTF8", "--locale=C", "--no-sync");
	}

	private static List<String> command(Path home, Path data, int port, UnprivilegedUser user, List<String> options) {
		List<String> command = new ArrayList<>(user.prefix());
		command.addAll(List.of(home + "/bin/postgres", "-D", data.toString(), "-p", Integer.toString(port)));
		List<String> settings = List.of("listen_addresses=" + EmbeddedServer.HOST, "unix_socket_directories=",
				"fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200",
				"shared_buffers=64MB", "timezone=" + ServerZone.posix(), "log_timezone=UTC");
		for (String setting : settings) {
			command.add("-c");
			command.add(setting);
		}
		command.addAll(options);
		return command;
	}

}
