package io.github.adkmigration.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.test.fixture.Fixture;
import io.github.adkmigration.test.fixture.Fixtures;
import tools.jackson.databind.JsonNode;

/**
 * Looks for what no log, answer or meter may hold: a password, a URL with credentials,
 * and what people said in a conversation of a {@link Fixture}.
 *
 * @since 0.1.0
 */
public final class LeakScan {

	/** Shorter texts of a conversation stand elsewhere by chance. */
	private static final int SHORTEST_TEXT = 12;

	private static final Map<String, Pattern> CREDENTIALS = credentials();

	private static final Set<String> TEXTS = texts();

	private LeakScan() {
	}

	/**
	 * Scan a text. Passwords are found if they stand where one is expected, or if they
	 * begin with {@code s3cr3t-}, as those of tests do.
	 * @param text a log or an answer
	 * @return what was found and at which character, without the finding itself; empty
	 * where there is nothing
	 */
	public static List<String> of(String text) {
		List<String> found = new ArrayList<>();
		CREDENTIALS.forEach((kind, pattern) -> {
			Matcher matcher = pattern.matcher(text);
			while (matcher.find()) {
				found.add(kind + " at character " + matcher.start());
			}
		});
		for (String said : TEXTS) {
			int at = text.indexOf(said);
			if (at >= 0) {
				found.add("text of a conversation at character " + at);
			}
		}
		return found;
	}

	private static Map<String, Pattern> credentials() {
		Map<String, Pattern> patterns = new LinkedHashMap<>();
		patterns.put("password of a test", Pattern.compile("s3cr3t-\\w+"));
		patterns.put("URL with credentials", Pattern.compile("[a-z][a-z0-9+]*://[^\\s/:@\"'<]+:(?!\\*)[^\\s/@\"'<]+@"));
		patterns.put("password of a URL", Pattern.compile("(?i)[?&;]password=(?!\\*)[^\\s&\"',;<]+"));
		return patterns;
	}

	private static Set<String> texts() {
		Set<String> texts = new TreeSet<>();
		for (Fixture fixture : Fixtures.all()) {
			readback(fixture).ifPresent((readback) -> collect(readback, texts));
		}
		return texts;
	}

	private static Optional<JsonNode> readback(Fixture fixture) {
		try {
			return Optional.of(fixture.readback());
		}
		catch (IllegalStateException ex) {
			return Optional.empty();
		}
	}

	private static void collect(JsonNode node, Set<String> texts) {
		node.properties().forEach((entry) -> {
			if (entry.getKey().equals("text") && entry.getValue().isString()
					&& entry.getValue().asString().length() >= SHORTEST_TEXT) {
				texts.add(entry.getValue().asString());
			}
		});
		node.forEach((child) -> collect(child, texts));
	}

}
