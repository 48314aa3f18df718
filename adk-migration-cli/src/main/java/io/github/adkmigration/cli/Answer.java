package io.github.adkmigration.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a verb found or did.
 *
 * @param exitCode of the process
 * @param text for people
 * @param fields for programs, in order; values are texts, numbers, booleans, lists and
 * maps of these, or {@code null}
 */
record Answer(int exitCode, String text, Map<String, @Nullable Object> fields) {

	static Answer done(String text, Map<String, @Nullable Object> fields) {
		return new Answer(0, text, fields);
	}

	/**
	 * Return the whole document for programs.
	 */
	Map<String, @Nullable Object> document(String verb) {
		Map<String, @Nullable Object> document = new LinkedHashMap<>();
		document.put("verb", verb);
		document.put("exitCode", this.exitCode);
		document.putAll(this.fields);
		return document;
	}

}
