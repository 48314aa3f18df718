package io.github.adkmigration.changelog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * The changesets that come with this library, for one dialect and one target. The files
 * are Liquibase's formatted SQL with placeholders for names, so that a person can read
 * them; they are parsed here, because the start with nothing pending must not load
 * Liquibase.
 *
 * @since 0.1.0
 */
public final class BundledChangelog {

	/** The newest revision that this library knows. */
	public static final String HEAD = "0002";

	/** The revision below the first. */
	public static final String BASE = "base";

	/** Every revision, from below the first to the newest. */
	public static final List<String> REVISIONS = List.of(BASE, "0001", HEAD);

	private final Map<String, Changeset> changesets;

	private BundledChangelog(Map<String, Changeset> changesets) {
		this.changesets = changesets;
	}

	/**
	 * Read the changelog of a dialect.
	 * @param dialect the dialect
	 * @param tables the names of the target
	 * @param schema the schema of the target as the database spells it, empty on SQLite
	 * @param fragments texts for placeholders that are not names, such as
	 * {@code extra_columns}
	 * @return the changelog
	 */
	public static BundledChangelog read(DatabaseDialect dialect, SessionTables tables, String schema,
			Map<String, String> fragments) {
		String file = (dialect.mysqlFamily() ? DatabaseDialect.MYSQL : dialect).id() + ".sql";
		TargetNames names = new TargetNames(dialect, tables, schema, fragments);
		Map<String, Changeset> changesets = new LinkedHashMap<>();
		for (String block : load(file).split("(?m)^--changeset adk-migration:")) {
			if (!block.startsWith("--liquibase")) {
				Changeset changeset = parse(block, names);
				changesets.put(changeset.id(), changeset);
			}
		}
		return new BundledChangelog(changesets);
	}

	/**
	 * Find a changeset.
	 * @param name the id without {@code ext_adk_}
	 * @return the changeset
	 */
	public Changeset get(String name) {
		Changeset changeset = this.changesets.get("ext_adk_" + name);
		if (changeset == null) {
			throw new IllegalStateException("The changelog has no changeset ext_adk_" + name);
		}
		return changeset;
	}

	/**
	 * Find a changeset that another version of this library may have applied.
	 * @param id the whole id
	 * @return the changeset, empty if this version does not know it
	 */
	public Optional<Changeset> find(String id) {
		return Optional.ofNullable(this.changesets.get(id));
	}

	private static String load(String file) {
		try (InputStream in = BundledChangelog.class.getResourceAsStream(file)) {
			if (in == null) {
				throw new IllegalStateException("The changelog " + file + " is missing from the jar");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Changeset parse(String block, TargetNames names) {
		List<String> lines = block.lines().toList();
		String description = "";
		Changeset.Phase phase = Changeset.Phase.EXPAND;
		@Nullable String minCompatible = null;
		@Nullable String precondition = null;
		String expected = "0";
		StringBuilder sql = new StringBuilder();
		List<String> rollback = new ArrayList<>();
		for (String line : lines.subList(1, lines.size())) {
			if (line.startsWith("--comment ")) {
				description = line.substring("--comment ".length());
			}
			else if (line.startsWith("--phase ")) {
				phase = Changeset.Phase.valueOf(line.substring("--phase ".length()).toUpperCase(Locale.ROOT));
			}
			else if (line.startsWith("--min-compatible ")) {
				minCompatible = line.substring("--min-compatible ".length());
			}
			else if (line.startsWith("--precondition-sql-check expectedResult:")) {
				String check = line.substring("--precondition-sql-check expectedResult:".length());
				expected = check.substring(0, check.indexOf(' '));
				precondition = names.fill(check.substring(check.indexOf(' ') + 1));
			}
			else if (line.startsWith("--rollback ")) {
				rollback.add(names.fill(line.substring("--rollback ".length())));
			}
			else if (!line.startsWith("--")) {
				sql.append(line).append('\n');
			}
		}
		if (minCompatible == null) {
			// Whatever stood in for it would say something else in the next release.
			throw new IllegalStateException(
					"The changeset " + lines.get(0).strip() + " does not say who can live with it");
		}
		return new Changeset(lines.get(0).strip(), phase, minCompatible, description, precondition, expected,
				names.fill(sql.toString().strip()), rollback);
	}

}
