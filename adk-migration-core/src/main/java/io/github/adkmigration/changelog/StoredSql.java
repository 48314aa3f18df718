package io.github.adkmigration.changelog;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The form in which several statements are stored as one text that a database's own
 * client can execute: each ends with a semicolon, and a line of two dashes stands between
 * two. A semicolon alone would not do, since a trigger has some within.
 *
 * @since 0.1.0
 */
public final class StoredSql {

	/**
	 * Stored for a change that found nothing to do, or that nothing has to be undone of.
	 */
	public static final String NOTHING = "-- nothing to undo";

	private static final String BETWEEN = "\n--\n";

	private StoredSql() {
	}

	/**
	 * Make one text of statements.
	 * @param statements in order
	 * @return the text, empty without a statement
	 */
	public static String join(List<String> statements) {
		return statements.stream()
			.map((statement) -> statement.startsWith("--") ? statement : statement + ";")
			.collect(Collectors.joining(BETWEEN));
	}

	/**
	 * Take a text apart.
	 * @param text what {@link #join(List)} made
	 * @return the statements in order, without semicolons at their ends and without
	 * comments that stand alone
	 */
	public static List<String> split(String text) {
		return Arrays.stream(text.split(BETWEEN))
			.map(String::strip)
			.map((statement) -> statement.endsWith(";") ? statement.substring(0, statement.length() - 1) : statement)
			.filter((statement) -> !statement.isBlank())
			.filter((statement) -> !(statement.startsWith("--") && statement.lines().count() == 1))
			.toList();
	}

}
