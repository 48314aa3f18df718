package io.github.adkmigration.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * A database as a JDBC driver wants it, read from the URL that people already have: JDBC,
 * SQLAlchemy with whatever driver in it, or the short form of hosting providers. What is
 * wrong with a URL is said without repeating it, since nobody knows where its password
 * is.
 *
 * @param driver the driver that opens it
 * @param jdbc the URL for the driver, without credentials
 * @param user the user that the URL names, or {@code null}
 * @param password the password that the URL holds, or {@code null}
 */
record DatabaseUrl(DatabaseDriver driver, String jdbc, @Nullable String user, @Nullable String password) {

	private static final Pattern FORM = Pattern.compile("([a-zA-Z][a-zA-Z0-9]*)(?:\\+([a-zA-Z0-9_]+))?://(.*)");

	/** Products that ADK can be used with, or that people ask for, and that we cannot. */
	private static final Set<String> UNSUPPORTED = Set.of("spanner", "cockroachdb", "oracle", "mssql", "sqlserver",
			"db2", "bigquery", "redshift", "snowflake", "duckdb", "firestore", "mongodb");

	private static final String FORMS = "Use one of these forms: postgresql://USER:PASSWORD@HOST:5432/DATABASE,"
			+ " mysql://..., mariadb://..., sqlite:///FILE, or a JDBC URL; a driver as in postgresql+asyncpg:// may stay.";

	/**
	 * Read a URL.
	 * @param text the URL, as it stands in a secret
	 * @return the database
	 * @throws MigrationException with {@code INVALID_SETTING} or
	 * {@code UNSUPPORTED_DATABASE}
	 */
	static DatabaseUrl parse(String text) {
		String url = text.strip();
		if (url.regionMatches(true, 0, "jdbc:", 0, "jdbc:".length())) {
			return JdbcUrl.read(url);
		}
		Matcher form = FORM.matcher(url);
		if (!form.matches()) {
			throw invalid("is in no form that is known");
		}
		String product = form.group(1).toLowerCase(Locale.ROOT);
		String rest = form.group(3);
		return switch (product) {
			case "postgresql", "postgres" -> PostgresqlUrl.read(UrlParts.split(rest));
			case "mysql" -> MysqlUrl.read(DatabaseDriver.MYSQL, UrlParts.split(rest));
			case "mariadb" -> MysqlUrl.read(DatabaseDriver.MARIADB, UrlParts.split(rest));
			case "sqlite" -> sqlite(form.group(2), rest);
			default -> throw other(product);
		};
	}

	private static DatabaseUrl sqlite(@Nullable String pythonDriver, String rest) {
		if (pythonDriver != null && !List.of("aiosqlite", "pysqlite").contains(pythonDriver)) {
			throw new MigrationException(MigrationErrorCode.UNSUPPORTED_DATABASE,
					"A SQLite database of the driver '" + pythonDriver + "' cannot be opened.",
					"Use a plain SQLite file: sqlite:///FILE.");
		}
		int query = rest.indexOf('?');
		String path = query < 0 ? rest : rest.substring(0, query);
		if (!path.isEmpty() && path.charAt(0) != '/') {
			throw invalid("names a file behind two slashes");
		}
		return sqlite(path.isEmpty() ? path : path.substring(1));
	}

	static DatabaseUrl sqlite(String path) {
		String file = path.startsWith("file:") ? path.substring("file:".length()) : path;
		if (file.isBlank() || file.contains(":memory:")) {
			throw inMemory();
		}
		return new DatabaseUrl(DatabaseDriver.SQLITE, DatabaseDriver.SQLITE.prefix() + file, null, null);
	}

	static MigrationException inMemory() {
		return Settings.invalid("The database URL means a database in memory, which is new and empty in each process.",
				"Name the file of the database: sqlite:///FILE, with a fourth slash for an absolute path.");
	}

	static MigrationException socket() {
		return Settings.invalid(
				"The database URL leads to a Unix socket, as in host=/cloudsql/PROJECT:REGION:INSTANCE, which a JDBC driver cannot use.",
				"Run the Cloud SQL Auth Proxy, or the server, with a TCP port and write HOST:PORT, for example 127.0.0.1:5432.");
	}

	static MigrationException invalid(String what) {
		return Settings.invalid("The database URL " + what + ".", FORMS);
	}

	static MigrationException other(String product) {
		if (UNSUPPORTED.contains(product)) {
			return new MigrationException(MigrationErrorCode.UNSUPPORTED_DATABASE,
					"The database product '" + product + "' is not supported.",
					"Use SQLite, PostgreSQL, MySQL, MariaDB or H2.");
		}
		return invalid("begins with no product that is known");
	}

	/**
	 * Return the file that a SQLite URL names.
	 */
	Optional<Path> file() {
		return this.driver == DatabaseDriver.SQLITE
				? Optional
					.of(Path.of(this.jdbc.substring(DatabaseDriver.SQLITE.prefix().length()).replaceAll("\\?.*", "")))
				: Optional.empty();
	}

	@Override
	public String toString() {
		return this.driver.toString();
	}

}
