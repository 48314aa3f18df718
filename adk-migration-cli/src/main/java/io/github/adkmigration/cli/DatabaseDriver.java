package io.github.adkmigration.cli;

/**
 * The drivers in the jar.
 */
enum DatabaseDriver {

	/** SQLite, a file. */
	SQLITE("org.sqlite.JDBC", "jdbc:sqlite:"),

	/** PostgreSQL. */
	POSTGRESQL("org.postgresql.Driver", "jdbc:postgresql:"),

	/** MariaDB. */
	MARIADB("org.mariadb.jdbc.Driver", "jdbc:mariadb:"),

	/** MySQL, and MariaDB for those who call it MySQL. */
	MYSQL("com.mysql.cj.jdbc.Driver", "jdbc:mysql:"),

	/** H2, a file or a server. */
	H2("org.h2.Driver", "jdbc:h2:");

	private final String className;

	private final String prefix;

	DatabaseDriver(String className, String prefix) {
		this.className = className;
		this.prefix = prefix;
	}

	String className() {
		return this.className;
	}

	String prefix() {
		return this.prefix;
	}

}
