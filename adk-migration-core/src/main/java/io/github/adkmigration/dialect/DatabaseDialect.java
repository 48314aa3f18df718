package io.github.adkmigration.dialect;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;

/**
 * A supported database product and what is special about it. An unknown product is
 * refused, never treated like a known one.
 *
 * @since 0.1.0
 */
public enum DatabaseDialect {

	/** SQLite 3.38 and newer. */
	SQLITE("sqlite", '"', false),

	/** PostgreSQL 14 and newer. */
	POSTGRESQL("postgresql", '"', true),

	/** MySQL 8.0 and newer. */
	MYSQL("mysql", '`', false),

	/** MariaDB 10.11 and newer. */
	MARIADB("mariadb", '`', false),

	/** H2 2.x, for tests and demos: creation and V1 only. */
	H2("h2", '`', false);

	private static final Pattern ALONE = Pattern.compile("(?is)\\s*(create|drop)\\s+index\\s+concurrently\\b.*");

	private final String id;

	private final char quote;

	private final boolean binaryJson;

	DatabaseDialect(String id, char quote, boolean binaryJson) {
		this.id = id;
		this.quote = quote;
		this.binaryJson = binaryJson;
	}

	/**
	 * Find the dialect of an open connection.
	 * @param connection an open connection
	 * @return the dialect
	 * @throws SQLException if the database does not answer
	 * @throws MigrationException with {@code UNSUPPORTED_DATABASE} for any other product
	 */
	public static DatabaseDialect of(Connection connection) throws SQLException {
		DatabaseMetaData metaData = connection.getMetaData();
		String product = metaData.getDatabaseProductName();
		String name = product.toLowerCase(Locale.ROOT);
		if (name.equals("mysql") || name.equals("mariadb")) {
			// Connector/J says "MySQL" of a MariaDB server too; only the version tells.
			String version = metaData.getDatabaseProductVersion().toLowerCase(Locale.ROOT);
			return name.equals("mariadb") || version.contains("mariadb") ? MARIADB : MYSQL;
		}
		return switch (name) {
			case "sqlite" -> SQLITE;
			case "postgresql" -> POSTGRESQL;
			case "h2" -> H2;
			default -> throw new MigrationException(MigrationErrorCode.UNSUPPORTED_DATABASE,
					"The database product '" + product + "' is not supported.",
					"Use SQLite, PostgreSQL, MySQL, MariaDB or H2.");
		};
	}

	/**
	 * Return whether a statement refuses to run within a transaction, as those of
	 * PostgreSQL do that work in several of their own.
	 * @param sql a statement of any dialect
	 * @return whether it needs a session without a transaction
	 */
	public static boolean standsAlone(String sql) {
		return ALONE.matcher(sql).matches();
	}

	/**
	 * Return the short name under which resources and documentation list this dialect.
	 * @return a lower-case name
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return whether JSON is stored as {@code jsonb}, which refuses NUL, lone surrogates
	 * and NaN, instead of as text.
	 * @return whether the JSON columns of head are binary
	 */
	public boolean binaryJson() {
		return this.binaryJson;
	}

	/**
	 * Return whether this is MySQL or MariaDB, which share nearly all their SQL.
	 * @return whether the server speaks MySQL's dialect
	 */
	public boolean mysqlFamily() {
		return this == MYSQL || this == MARIADB;
	}

	/**
	 * Return the expression for the database's clock in UTC, with a fraction of a second.
	 * @return an SQL expression
	 */
	public String utcNow() {
		return switch (this) {
			case SQLITE -> "strftime('%Y-%m-%d %H:%M:%f', 'now')";
			case POSTGRESQL -> "(clock_timestamp() AT TIME ZONE 'UTC')";
			case MYSQL, MARIADB -> "UTC_TIMESTAMP(6)";
			case H2 -> "CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS TIMESTAMP(6))";
		};
	}

	/**
	 * Quote an identifier so that the applications' own unquoted SQL finds what it names.
	 * H2's backticks fold the case as its settings say, its double quotes do not.
	 * @param identifier a validated identifier, lower case
	 * @return the identifier between this dialect's quotes
	 */
	public String quote(String identifier) {
		return this.quote + identifier.replace(String.valueOf(this.quote), "" + this.quote + this.quote) + this.quote;
	}

	/**
	 * Write a text as a string, for statements that have no parameters: those that are
	 * stored or printed, and DDL. MySQL and MariaDB take a backslash in it for an escape.
	 * @param text any text
	 * @return the text between single quotes
	 */
	public String literal(String text) {
		String escaped = text.replace("'", "''");
		return "'" + (mysqlFamily() ? escaped.replace("\\", "\\\\") : escaped) + "'";
	}

}
