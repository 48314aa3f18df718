package io.github.adkmigration.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Translates the parameters that PyMySQL, aiomysql, asyncmy and mysqlclient understand
 * into those of the JDBC drivers of MySQL and MariaDB.
 */
final class MysqlUrl {

	/** They tune a Python driver, or say what is so here anyway. */
	private static final Set<String> WITHOUT_MEANING = Set.of("charset", "use_unicode", "autocommit", "local_infile",
			"binary_prefix", "read_default_file", "read_default_group", "program_name", "sql_mode", "echo",
			"pool_recycle", "pool_size", "minsize", "maxsize", "loop", "auth_plugin", "collation");

	private MysqlUrl() {
	}

	static DatabaseUrl read(DatabaseDriver driver, UrlParts parts) {
		UrlTarget target = new UrlTarget(driver, parts);
		for (Map.Entry<String, String> parameter : parts.parameters().entrySet()) {
			String value = parameter.getValue();
			switch (parameter.getKey()) {
				case "host" -> target.host(value);
				case "port" -> target.port(value);
				case "unix_socket" -> throw DatabaseUrl.socket();
				case "db", "database" -> target.database(value);
				case "user" -> target.user(value);
				case "password", "passwd" -> target.password(value);
				case "connect_timeout", "connection_timeout" -> target.put("connectTimeout", millis(value));
				case "ssl" -> target.put("sslMode", mode(driver, truth(value) ? "REQUIRED" : "DISABLED"));
				case "ssl_disabled" -> target.put("sslMode", mode(driver, truth(value) ? "DISABLED" : "REQUIRED"));
				case "ssl_mode" -> target.put("sslMode", mode(driver, value.toUpperCase(Locale.ROOT)));
				case "ssl_verify_cert" -> target.put("sslMode", mode(driver, truth(value) ? "VERIFY_CA" : "REQUIRED"));
				case "ssl_verify_identity", "ssl_check_hostname" ->
					target.put("sslMode", mode(driver, truth(value) ? "VERIFY_IDENTITY" : "REQUIRED"));
				case "ssl_ca", "ssl_capath", "ssl_cert",
						"ssl_key" ->
					throw Settings.invalid(
							"The parameter " + parameter.getKey()
									+ " of the database URL names a certificate as Python's drivers read it.",
							"Write a JDBC URL with the parameters of the driver: serverSslCert for MariaDB,"
									+ " trustCertificateKeyStoreUrl for MySQL.");
				default -> {
					if (!WITHOUT_MEANING.contains(parameter.getKey())) {
						target.put(parameter.getKey(), value);
					}
				}
			}
		}
		return target.build();
	}

	private static String mode(DatabaseDriver driver, String mode) {
		return switch (mode) {
			case "DISABLED" -> driver == DatabaseDriver.MYSQL ? mode : "disable";
			// MariaDB's driver has no mode that would go on without encryption.
			case "PREFERRED" -> driver == DatabaseDriver.MYSQL ? mode : "disable";
			case "REQUIRED" -> driver == DatabaseDriver.MYSQL ? mode : "trust";
			case "VERIFY_CA" -> driver == DatabaseDriver.MYSQL ? mode : "verify-ca";
			case "VERIFY_IDENTITY" -> driver == DatabaseDriver.MYSQL ? mode : "verify-full";
			default ->
				throw Settings.invalid("The parameter ssl_mode of the database URL has a value that is not known.",
						"Use DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY.");
		};
	}

	private static boolean truth(String value) {
		return !Set.of("false", "0", "off", "no", "").contains(value.toLowerCase(Locale.ROOT));
	}

	private static String millis(String seconds) {
		return seconds.matches("\\d{1,6}") ? seconds + "000" : "0";
	}

}
