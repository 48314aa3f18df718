package io.github.adkmigration.cli;

import io.github.adkmigration.settings.MigrationSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The database that is copied from.
 */
final class SourceOptions {

	@Option(names = "--source-url", paramLabel = "URL",
			description = "The database to copy, in any form of --db-url. It is only read. Otherwise"
					+ " SOURCE_DATABASE_URL.")
	private @Nullable String url;

	@Option(names = "--source-url-file", paramLabel = "FILE", description = "A file that holds the URL.")
	private @Nullable String urlFile;

	@Option(names = "--source-user", paramLabel = "NAME", description = "The user. Otherwise that of the URL.")
	private @Nullable String user;

	@Option(names = "--source-user-file", paramLabel = "FILE", description = "A file that holds the user.")
	private @Nullable String userFile;

	@Option(names = "--source-password-env", paramLabel = "VAR",
			description = "The environment variable that holds the password. Otherwise that of the URL.")
	private @Nullable String passwordVariable;

	@Option(names = "--source-password-file", paramLabel = "FILE", description = "A file that holds the password.")
	private @Nullable String passwordFile;

	@Option(names = "--source-schema", paramLabel = "NAME",
			description = "Schema (PostgreSQL) or database (MySQL, MariaDB) of its tables.")
	private @Nullable String schema;

	@Option(names = "--source-table-prefix", paramLabel = "PREFIX", description = "Prefix of its table names.")
	private @Nullable String tablePrefix;

	Database database(Surroundings surroundings) {
		return Database.resolve(new DatabaseArguments("source-", this.url, this.urlFile, this.user, this.userFile,
				this.passwordVariable, this.passwordFile), surroundings);
	}

	/**
	 * Return the settings of the source: its names, and whatever else was set.
	 */
	MigrationSettings settings(MigrationSettings settings) {
		return settings.withTables(NameOptions.tables(this.schema, this.tablePrefix == null ? "" : this.tablePrefix));
	}

}
