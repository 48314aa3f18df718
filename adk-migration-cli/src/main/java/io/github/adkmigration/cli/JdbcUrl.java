package io.github.adkmigration.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Takes the credentials out of a JDBC URL and leaves everything else to the driver.
 */
final class JdbcUrl {

	private static final Pattern USER_INFO = Pattern.compile("(jdbc:[a-z:+]+//)([^/?]*|[^/?]*/[^?]*)@(.*)");

	private static final List<String> CREDENTIALS = List.of("user", "password");

	private JdbcUrl() {
	}

	static DatabaseUrl read(String text) {
		String url = "jdbc:" + text.substring("jdbc:".length());
		DatabaseDriver driver = Arrays.stream(DatabaseDriver.values())
			.filter((candidate) -> url.startsWith(candidate.prefix()))
			.findFirst()
			.orElseThrow(() -> DatabaseUrl.other(url.split(":", -1)[1].toLowerCase(Locale.ROOT)));
		return switch (driver) {
			case SQLITE -> sqlite(url);
			case H2 -> h2(url);
			case POSTGRESQL, MARIADB, MYSQL -> server(driver, url);
		};
	}

	private static DatabaseUrl sqlite(String url) {
		String path = url.substring(DatabaseDriver.SQLITE.prefix().length());
		int query = path.indexOf('?');
		DatabaseUrl plain = DatabaseUrl.sqlite(query < 0 ? path : path.substring(0, query));
		return query < 0 ? plain
				: new DatabaseUrl(DatabaseDriver.SQLITE, plain.jdbc() + path.substring(query), null, null);
	}

	private static DatabaseUrl h2(String url) {
		if (url.startsWith(DatabaseDriver.H2.prefix() + "mem:")) {
			throw DatabaseUrl.inMemory();
		}
		return withoutParameters(DatabaseDriver.H2, url, ";", ";", null, null);
	}

	private static DatabaseUrl server(DatabaseDriver driver, String url) {
		Matcher info = USER_INFO.matcher(url);
		if (!info.matches()) {
			return withoutParameters(driver, url, "?", "&", null, null);
		}
		String credentials = info.group(2);
		int colon = credentials.indexOf(':');
		return withoutParameters(driver, info.group(1) + info.group(3), "?", "&",
				UrlParts.decode(colon < 0 ? credentials : credentials.substring(0, colon)),
				colon < 0 ? null : UrlParts.decode(credentials.substring(colon + 1)));
	}

	private static DatabaseUrl withoutParameters(DatabaseDriver driver, String url, String begin, String separator,
			@Nullable String user, @Nullable String password) {
		int query = url.indexOf(begin);
		if (query < 0) {
			return new DatabaseUrl(driver, url, user, password);
		}
		String parameters = url.substring(query + 1);
		Map<String, String> values = UrlParts.parameters(parameters, separator);
		String kept = Arrays.stream(parameters.split(separator))
			.filter((parameter) -> !CREDENTIALS.contains(name(parameter)))
			.collect(Collectors.joining(separator));
		return new DatabaseUrl(driver, url.substring(0, query) + (kept.isEmpty() ? "" : begin + kept),
				value(values, "user", user), value(values, "password", password));
	}

	private static @Nullable String value(Map<String, String> values, String name, @Nullable String otherwise) {
		for (Map.Entry<String, String> entry : values.entrySet()) {
			if (entry.getKey().equalsIgnoreCase(name)) {
				return entry.getValue();
			}
		}
		return otherwise;
	}

	private static String name(String parameter) {
		int equals = parameter.indexOf('=');
		return (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
	}

}
