package io.github.adkmigration.cli;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What was said about one database.
 *
 * @param prefix of its options, {@code db-} is that of the database to work on
 * @param url the URL, or {@code null}
 * @param urlFile file that holds the URL, or {@code null}
 * @param user the user, or {@code null}
 * @param userFile file that holds the user, or {@code null}
 * @param passwordVariable environment variable that holds the password, or {@code null}
 * @param passwordFile file that holds the password, or {@code null}
 */
record DatabaseArguments(String prefix, @Nullable String url, @Nullable String urlFile, @Nullable String user,
		@Nullable String userFile, @Nullable String passwordVariable, @Nullable String passwordFile) {

	private static final String SOURCE = "source-";

	private boolean source() {
		return this.prefix.equals(SOURCE);
	}

	/**
	 * Return the environment variables that may hold the URL, the first found counts.
	 */
	List<String> urlVariables() {
		return source() ? List.of("SOURCE_DATABASE_URL") : List.of("DATABASE_URL", "ADK_MIGRATION_URL");
	}

	@Nullable String userVariable() {
		return source() ? null : "ADK_MIGRATION_USER";
	}

	@Nullable String defaultPasswordVariable() {
		return source() ? null : "ADK_MIGRATION_PASSWORD";
	}

	/**
	 * Return an option of this database as it is written.
	 */
	String option(String name) {
		return "--" + (name.equals("url") || source() ? this.prefix : "") + name;
	}

}
