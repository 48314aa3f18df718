package io.github.adkmigration.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.Properties;

import javax.sql.DataSource;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * A database with the user that opens it.
 */
final class Database {

	private final DatabaseUrl url;

	private final @Nullable String user;

	private final @Nullable String password;

	private Database(DatabaseUrl url, @Nullable String user, @Nullable String password) {
		this.url = url;
		this.user = user;
		this.password = password;
	}

	/**
	 * Find out which database is meant.
	 * @param where what was given for it
	 * @param surroundings environment variables, and where secrets are remembered
	 * @return the database, not yet opened
	 */
	static Database resolve(DatabaseArguments where, Surroundings surroundings) {
		String text = where.url() != null ? where.url() : where.urlFile() != null ? content(where.urlFile()) : null;
		for (String variable : where.urlVariables()) {
			text = text != null ? text : surroundings.variable(variable);
		}
		if (text == null) {
			throw Settings.invalid("No database is named.",
					"Give its URL with " + where.option("url")
							+ (where.urlVariables().isEmpty() ? "" : ", or set " + where.urlVariables().get(0))
							+ ", for example sqlite:///sessions.db.");
		}
		DatabaseUrl url = DatabaseUrl.parse(text);
		remember(surroundings, url.password());
		String user = where.user() != null ? where.user() : where.userFile() != null ? content(where.userFile()) : null;
		String password = null;
		if (where.passwordVariable() != null) {
			password = surroundings.variable(where.passwordVariable());
			if (password == null) {
				throw Settings.invalid("The environment variable " + where.passwordVariable() + " is not set.",
						"Set it to the password, or correct " + where.option("password-env") + ".");
			}
		}
		else if (where.passwordFile() != null) {
			password = content(where.passwordFile());
		}
		if (user == null && where.userVariable() != null) {
			user = surroundings.variable(where.userVariable());
		}
		if (password == null && where.defaultPasswordVariable() != null) {
			password = surroundings.variable(where.defaultPasswordVariable());
		}
		remember(surroundings, password);
		return new Database(url, user != null ? user : url.user(), password != null ? password : url.password());
	}

	private static void remember(Surroundings surroundings, @Nullable String password) {
		if (password != null) {
			surroundings.secrets().add(password);
		}
	}

	/**
	 * A mounted secret often ends with a line break that does not belong to it.
	 */
	private static String content(String file) {
		try {
			return Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
		}
		catch (IOException | InvalidPathException ex) {
			throw Settings.invalid("The file " + file + " cannot be read (" + ex.getClass().getSimpleName() + ").",
					"Check the path and the rights of the mounted secret.");
		}
	}

	/**
	 * Return what opens connections.
	 * @param create whether a SQLite file that is not there may be created
	 * @return a data source without a pool
	 */
	DataSource dataSource(boolean create) {
		this.url.file().ifPresent((file) -> checkFile(file, create));
		Properties properties = new Properties();
		if (this.user != null) {
			properties.setProperty("user", this.user);
		}
		if (this.password != null) {
			properties.setProperty("password", this.password);
		}
		if (this.url.driver() == DatabaseDriver.POSTGRESQL) {
			properties.setProperty("ApplicationName", "adk-migrate");
		}
		return new SimpleDriverDataSource(driver(), this.url.jdbc(), properties);
	}

	/**
	 * SQLite creates what it does not find, so a mistyped name would look like a database
	 * in which nothing is.
	 */
	private static void checkFile(Path file, boolean create) {
		if (Files.exists(file)) {
			return;
		}
		Path directory = file.toAbsolutePath().getParent();
		if (!create) {
			throw new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE, "There is no file " + file + ".",
					"Check the path; upgrade creates a new database where none is.");
		}
		if (directory != null && !Files.isDirectory(directory)) {
			throw new MigrationException(MigrationErrorCode.DATABASE_UNREACHABLE,
					"There is no directory " + directory + " for the database.", "Create it, or correct the path.");
		}
	}

	private Driver driver() {
		try {
			return (Driver) Class.forName(this.url.driver().className()).getDeclaredConstructor().newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("The driver of " + this.url.driver() + " is not in the jar", ex);
		}
	}

}
