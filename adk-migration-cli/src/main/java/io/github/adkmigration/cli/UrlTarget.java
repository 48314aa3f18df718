package io.github.adkmigration.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Collects what a JDBC URL is made of, while the parameters of another form are read.
 */
final class UrlTarget {

	private final DatabaseDriver driver;

	private final Map<String, String> parameters = new LinkedHashMap<>();

	private @Nullable String user;

	private @Nullable String password;

	private String hosts;

	private String database;

	UrlTarget(DatabaseDriver driver, UrlParts parts) {
		this.driver = driver;
		this.user = parts.user();
		this.password = parts.password();
		this.hosts = parts.hosts();
		this.database = parts.database();
	}

	void user(String value) {
		this.user = value;
	}

	void password(String value) {
		this.password = value;
	}

	void host(String value) {
		if (value.startsWith("/") || value.startsWith("@")) {
			throw DatabaseUrl.socket();
		}
		this.hosts = value + (this.hosts.startsWith(":") ? this.hosts : "");
	}

	void port(String value) {
		if (!value.matches("\\d{1,5}")) {
			throw DatabaseUrl.invalid("has a port that is no number");
		}
		this.hosts = this.hosts + ":" + value;
	}

	void database(String value) {
		this.database = value;
	}

	void put(String name, String value) {
		this.parameters.put(name, value);
	}

	DatabaseUrl build() {
		String location = this.hosts.isEmpty() ? "localhost"
				: this.hosts.startsWith(":") ? "localhost" + this.hosts : this.hosts;
		String query = this.parameters.entrySet()
			.stream()
			.map((parameter) -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
			.collect(Collectors.joining("&"));
		return new DatabaseUrl(this.driver,
				this.driver.prefix() + "//" + location + "/" + this.database + (query.isEmpty() ? "" : "?" + query),
				this.user, this.password);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
