package io.github.adkmigration.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that a release with two more revisions would change, as texts that stand
 * exactly once in the sources of today: 0003 makes a table and 0004 adds a column. Which
 * revision a database is at shows in the column. The verbs {@code stamp} and
 * {@code downgrade}, which no test starts from the newer jar, are left as they are.
 * <p>
 * When a revision is really added, these follow with the next numbers; CONTRIBUTING.md
 * says how.
 */
final class NextRevisions {

	static final List<String> DIALECTS = List.of("sqlite", "postgresql", "mysql", "h2");

	private static final List<Replacement> REPLACEMENTS = List.of(
			new Replacement("BundledChangelog.java", "HEAD = \"0002\";", "HEAD = \"0004\";"),
			new Replacement("BundledChangelog.java", "List.of(BASE, \"0001\", HEAD);",
					"List.of(BASE, \"0001\", \"0002\", \"0003\", HEAD);"),
			new Replacement("Revisions.java", "		return indexed ? BundledChangelog.HEAD : \"0001\";\n	}\n", """
						return !indexed ? "0001" : labelled(known.catalog(), tables) ? BundledChangelog.HEAD : "0002";
					}

					static boolean labelled(io.github.adkmigration.schema.Catalog catalog, SessionTables tables) {
						return catalog.table(tables.name(io.github.adkmigration.schema.SessionTable.SESSIONS))
							.filter((sessions) -> sessions.has("labels"))
							.isPresent();
					}
					"""),
			new Replacement("MigrationPlanner.java", "indexed = revision.equals(BundledChangelog.HEAD);",
					"indexed = !revision.equals(\"0001\");"),
			new Replacement("MigrationPlanner.java",
					"convert(known, changelog, revision.equals(BundledChangelog.HEAD), steps);",
					"convert(known, changelog, !revision.equals(\"0001\"), steps);"),
			new Replacement("MigrationPlanner.java", "owner(changelog, detected.catalog(), steps);", """
					owner(changelog, detected.catalog(), steps);
					for (String change : List.of("0003_artifacts", "0004_labels")) {
						if (!Revisions.labelled(detected.catalog(), this.settings.tables())
								&& change.substring(0, 4).compareTo(revision) <= 0) {
							steps.add(new MigrationStep.Schema(changelog.get(change)));
						}
					}
					"""));

	private final List<Replacement> open = new ArrayList<>(REPLACEMENTS);

	/**
	 * Return the changesets that the changelog of a dialect gets.
	 */
	static String changesets(String dialect) throws IOException {
		try (InputStream in = NextRevisions.class.getResourceAsStream("/newer-release/" + dialect + ".sql")) {
			if (in == null) {
				throw new IllegalStateException("There are no changesets for " + dialect);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/**
	 * Return a source file as the release to come would have it.
	 */
	String apply(String file, String text) {
		String changed = text;
		for (Replacement replacement : REPLACEMENTS) {
			if (replacement.file().equals(file)) {
				changed = replacement.in(changed);
				this.open.remove(replacement);
			}
		}
		return changed;
	}

	void assertApplied() {
		if (!this.open.isEmpty()) {
			throw new IllegalStateException("No source file was found for " + this.open);
		}
	}

	private record Replacement(String file, String old, String text) {

		private String in(String source) {
			int first = source.indexOf(this.old);
			if (first < 0 || source.indexOf(this.old, first + 1) >= 0) {
				throw new IllegalStateException("This does not stand exactly once in " + this.file + ", so "
						+ NextRevisions.class.getSimpleName() + " has to follow the sources: " + this.old);
			}
			return source.substring(0, first) + this.text + source.substring(first + this.old.length());
		}

	}

}
