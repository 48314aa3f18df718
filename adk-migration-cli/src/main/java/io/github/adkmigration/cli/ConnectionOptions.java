package io.github.adkmigration.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where the database is and who opens it.
 */
final class ConnectionOptions {

	@Option(names = "--db-url", paramLabel = "URL",
			description = "The database: postgresql://HOST/DATABASE, mysql://..., mariadb://..., sqlite:///FILE (a"
					+ " fourth slash for an absolute path), or a JDBC URL. A Python driver, as in"
					+ " postgresql+asyncpg://, may stay. Otherwise DATABASE_URL.")
	private @Nullable String url;

	@Option(names = "--db-url-file", paramLabel = "FILE", description = "A file that holds the URL (a mounted secret).")
	private @Nullable String urlFile;

	@Option(names = "--user", paramLabel = "NAME",
			description = "The user. Otherwise ADK_MIGRATION_USER, or that of the URL.")
	private @Nullable String user;

	@Option(names = "--user-file", paramLabel = "FILE", description = "A file that holds the user.")
	private @Nullable String userFile;

	@Option(names = "--password-env", paramLabel = "VAR",
			description = "The environment variable that holds the password. Otherwise ADK_MIGRATION_PASSWORD, or the"
					+ " password of the URL.")
	private @Nullable String passwordVariable;

	@Option(names = "--password-file", paramLabel = "FILE", description = "A file that holds the password.")
	private @Nullable String passwordFile;

	Database database(Surroundings surroundings) {
		return Database.resolve(new DatabaseArguments("db-", this.url, this.urlFile, this.user, this.userFile,
				this.passwordVariable, this.passwordFile), surroundings);
	}

}
