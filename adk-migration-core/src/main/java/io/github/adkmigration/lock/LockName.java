package io.github.adkmigration.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

import io.github.adkmigration.changelog.Checksum;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTables;

/**
 * Tells the locks of several targets apart, also on a server that has one name space for
 * all its databases. A target is a schema and a prefix, since these decide which record
 * tables a run writes.
 *
 * @param digest 64 hexadecimal digits
 */
record LockName(String digest) {

	private static final int LONG_DIGITS = 16;

	private static final int NAME_DIGITS = 40;

	static LockName of(Connection connection, DatabaseDialect dialect, SessionTables tables) throws SQLException {
		String schema = tables.schema();
		String place = switch (dialect) {
			// Some servers fold the case of their databases and some do not.
			case MYSQL, MARIADB ->
				String.valueOf(schema == null ? connection.getCatalog() : schema).toLowerCase(Locale.ROOT);
			case POSTGRESQL, H2 -> connection.getCatalog() + "." + (schema == null ? connection.getSchema() : schema);
			case SQLITE -> connection.getMetaData().getURL();
		};
		return new LockName(Checksum.of("adk-migration|" + place + "|" + tables.prefix()));
	}

	/**
	 * Return the key of an advisory lock, of which each database has its own.
	 */
	long key() {
		return Long.parseUnsignedLong(this.digest.substring(0, LONG_DIGITS), 16);
	}

	/**
	 * Return a name of at most 64 characters.
	 */
	String text() {
		return "adk-migration-" + this.digest.substring(0, NAME_DIGITS);
	}

}
