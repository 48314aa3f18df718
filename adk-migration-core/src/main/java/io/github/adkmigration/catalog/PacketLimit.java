package io.github.adkmigration.catalog;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;

/**
 * How large a statement and a row may be on their way to and from MySQL and MariaDB. What
 * is larger is refused there by closing the connection.
 *
 * @param bytes the most, bytes; {@link Long#MAX_VALUE} where there is no limit
 * @param setting the name of what sets it
 * @param dialect the dialect of the database
 * @since 0.1.0
 */
public record PacketLimit(long bytes, String setting, DatabaseDialect dialect) {

	private static final String VARIABLE = "max_allowed_packet";

	/** Both drivers have a limit of their own by this name. */
	private static final Pattern OF_URL = Pattern.compile("[?&;]maxAllowedPacket=(\\d{1,18})",
			Pattern.CASE_INSENSITIVE);

	/** Keys, and what else a statement has beside one large value. */
	private static final int STATEMENT = 8192;

	/** Bytes that UTF-8 makes of a char at most. */
	private static final int LONGEST_LETTER = 3;

	/** Servers take no larger value. */
	private static final long MOST = 1L << 30;

	private static final long ROUND = 1L << 20;

	/**
	 * Read the limit of a connection.
	 * @param connection the connection
	 * @param dialect its dialect
	 * @return the limit of its server or of its driver, whichever is smaller
	 * @throws SQLException if the database refuses the query
	 */
	public static PacketLimit of(Connection connection, DatabaseDialect dialect) throws SQLException {
		if (!dialect.mysqlFamily()) {
			return new PacketLimit(Long.MAX_VALUE, VARIABLE, dialect);
		}
		long server;
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT @@max_allowed_packet")) {
			row.next();
			server = row.getLong(1);
		}
		Matcher url = OF_URL.matcher(String.valueOf(connection.getMetaData().getURL()));
		long driver = url.find() ? Long.parseLong(url.group(1)) : 0;
		return driver > 0 && driver < server ? new PacketLimit(driver, "maxAllowedPacket of the URL", dialect)
				: new PacketLimit(server, VARIABLE, dialect);
	}

	/**
	 * Return whether something may not pass for its size.
	 * @param needed its size, bytes
	 * @return whether it is larger than the limit
	 */
	public boolean stops(long needed) {
		return needed > this.bytes;
	}

	/**
	 * Say that something does not pass.
	 * @param what what it is, the subject of a sentence
	 * @param needed its size, bytes
	 * @return a sentence with both sizes
	 */
	public String fact(String what, long needed) {
		return what + " takes " + needed + " bytes, and " + this.setting + " lets " + this.bytes + " pass.";
	}

	/**
	 * Say what helps. Values are escaped on their way, which makes at most two bytes of
	 * one.
	 * @param needed the size of what does not pass, bytes
	 * @return an imperative sentence with the size that is needed
	 */
	public String nextStep(long needed) {
		long value = Math.min(MOST, (2 * needed / ROUND + 2) * ROUND);
		return "Set " + this.setting + " to at least " + value
				+ (this.setting.equals(VARIABLE)
						? ", on the server (SET GLOBAL, and in its configuration) and in the URL if it is set there,"
						: " and " + VARIABLE + " of the server likewise,")
				+ " and start again.";
	}

	/**
	 * Refuse a text that does not pass, before the server closes the connection for it.
	 * @param what what it is, the subject of a sentence
	 * @param text the text
	 * @throws MigrationException if the statement would be larger than the limit
	 */
	public void require(String what, String text) {
		if (text.length() > this.bytes / (4 * LONGEST_LETTER)) {
			require(what, text.getBytes(StandardCharsets.UTF_8), true);
		}
	}

	/**
	 * Refuse a value that does not pass, before the server closes the connection for it.
	 * @param what what it is, the subject of a sentence
	 * @param value the value
	 * @param text whether it is sent as a text and not as bytes
	 * @throws MigrationException if the statement would be larger than the limit
	 */
	public void require(String what, byte[] value, boolean text) {
		if (value.length <= this.bytes / 4) {
			return;
		}
		long needed = (long) value.length + STATEMENT;
		for (byte letter : value) {
			needed += escaped(letter, text) ? 1 : 0;
		}
		if (stops(needed)) {
			throw new MigrationException(MigrationErrorCode.FAILED, fact(what, needed), nextStep(value.length));
		}
	}

	/** Each driver escapes other letters. */
	private boolean escaped(byte letter, boolean text) {
		return switch (letter) {
			case '\'', '\\' -> true;
			case '"' -> !text || this.dialect == DatabaseDialect.MARIADB;
			case 0 -> true;
			case '\n', '\r', 26 -> !text && this.dialect == DatabaseDialect.MYSQL;
			default -> false;
		};
	}

}
