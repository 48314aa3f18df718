package io.github.adkmigration.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The parts behind the two slashes of a URL.
 *
 * @param user decoded, or {@code null}
 * @param password decoded, or {@code null}
 * @param hosts one host with or without port, several separated by commas, or empty
 * @param database empty for none
 * @param parameters decoded, in order
 */
record UrlParts(@Nullable String user, @Nullable String password, String hosts, String database,
		Map<String, String> parameters) {

	private static final Pattern HOST = Pattern.compile("(?:\\[[0-9A-Fa-f:.%a-z]+]|[A-Za-z0-9._-]+)(?::\\d{1,5})?");

	private static final Pattern DATABASE = Pattern.compile("[^@:?/\\s]*");

	/**
	 * Take a URL apart. A password may hold what should have been encoded: the last '@'
	 * ends it.
	 */
	static UrlParts split(String rest) {
		int query = rest.indexOf('?');
		String front = query < 0 ? rest : rest.substring(0, query);
		int at = front.lastIndexOf('@');
		String location = front.substring(at + 1);
		int slash = location.indexOf('/');
		String hosts = slash < 0 ? location : location.substring(0, slash);
		String database = slash < 0 ? "" : location.substring(slash + 1);
		if (hosts.regionMatches(true, 0, "%2F", 0, "%2F".length())) {
			throw DatabaseUrl.socket();
		}
		for (String host : hosts.isEmpty() ? new String[0] : hosts.split(",", -1)) {
			if (!HOST.matcher(host).matches()) {
				throw DatabaseUrl
					.invalid("has no host, or a port that is no number, where these should be; in user and password"
							+ " characters such as @ : / ? # have to be percent-encoded, # as %23");
			}
		}
		if (!DATABASE.matcher(database).matches()) {
			throw DatabaseUrl.invalid("has no database name where one should be");
		}
		String credentials = at < 0 ? "" : front.substring(0, at);
		int colon = credentials.indexOf(':');
		String user = colon < 0 ? credentials : credentials.substring(0, colon);
		return new UrlParts(user.isEmpty() ? null : decode(user),
				colon < 0 ? null : decode(credentials.substring(colon + 1)), hosts, database,
				query < 0 ? new LinkedHashMap<>() : parameters(rest.substring(query + 1), "&"));
	}

	/**
	 * Read parameters, of which a '+' is a blank.
	 */
	static Map<String, String> parameters(String query, String separator) {
		Map<String, String> parameters = new LinkedHashMap<>();
		for (String parameter : query.split(separator)) {
			int equals = parameter.indexOf('=');
			if (equals > 0) {
				parameters.put(decode(parameter.substring(0, equals)),
						decode(parameter.substring(equals + 1).replace("+", "%20")));
			}
		}
		return parameters;
	}

	/**
	 * Decode a part in which a '+' is a plus.
	 */
	static String decode(String text) {
		try {
			return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			// A '%' that encodes nothing means itself.
			return text;
		}
	}

}
