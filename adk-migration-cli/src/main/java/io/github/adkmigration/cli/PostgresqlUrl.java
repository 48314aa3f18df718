package io.github.adkmigration.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Translates the parameters that libpq, asyncpg, psycopg and pg8000 understand into those
 * of the JDBC driver.
 */
final class PostgresqlUrl {

	/** They tune a Python driver, or say what is so here anyway. */
	private static final Set<String> WITHOUT_MEANING = Set.of("prepared_statement_cache_size",
			"prepared_statement_name_func", "statement_cache_size", "max_cached_statement_lifetime",
			"max_cacheable_statement_size", "async_fallback", "client_encoding", "command_timeout", "keepalives",
			"keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout", "executemany_mode",
			"use_native_hstore", "pgbouncer", "pool_size", "max_overflow", "pool_timeout", "connection_limit");

	private static final Set<String> SSL_MODES = Set.of("disable", "allow", "prefer", "require", "verify-ca",
			"verify-full");

	private PostgresqlUrl() {
	}

	static DatabaseUrl read(UrlParts parts) {
		UrlTarget target = new UrlTarget(DatabaseDriver.POSTGRESQL, parts);
		String port = parts.parameters().get("port");
		for (Map.Entry<String, String> parameter : parts.parameters().entrySet()) {
			String value = parameter.getValue();
			switch (parameter.getKey()) {
				case "host", "hostaddr" -> {
					target.host(value);
					if (port != null) {
						target.port(port);
					}
				}
				case "port" -> {
					if (!parts.parameters().containsKey("host")) {
						target.port(value);
					}
				}
				case "unix_sock" -> throw DatabaseUrl.socket();
				case "dbname", "database" -> target.database(value);
				case "user" -> target.user(value);
				case "password" -> target.password(value);
				case "ssl", "sslmode" -> target.put("sslmode", sslMode(parameter.getKey(), value));
				case "application_name" -> target.put("ApplicationName", value);
				case "connect_timeout", "timeout" -> target.put("connectTimeout", value);
				case "channel_binding" -> target.put("channelBinding", value);
				case "gssencmode" -> target.put("gssEncMode", value);
				case "target_session_attrs" -> target.put("targetServerType", serverType(value));
				case "schema", "search_path" -> target.put("currentSchema", value);
				default -> {
					if (!WITHOUT_MEANING.contains(parameter.getKey())) {
						target.put(parameter.getKey(), value);
					}
				}
			}
		}
		return target.build();
	}

	private static String sslMode(String name, String value) {
		String mode = switch (value.toLowerCase(Locale.ROOT)) {
			case "true", "1", "on", "yes" -> "require";
			case "false", "0", "off", "no" -> "disable";
			default -> value.toLowerCase(Locale.ROOT);
		};
		if (!SSL_MODES.contains(mode)) {
			throw Settings.invalid("The parameter " + name + " of the database URL has a value that is not known.",
					"Use disable, allow, prefer, require, verify-ca or verify-full.");
		}
		return mode;
	}

	private static String serverType(String value) {
		return switch (value) {
			case "read-write", "primary" -> "primary";
			case "read-only", "standby" -> "secondary";
			case "prefer-standby" -> "preferSecondary";
			default -> "any";
		};
	}

}
