package io.github.adkmigration.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.LayoutTrait;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * What the catalog of a layout says right after its release made the tables, for whoever
 * has no database to look at. Only what can be brought to head is listed.
 *
 * @param layout which
 * @param schemaVersion the value of the {@code schema_version} row, if the release writes
 * one
 * @param catalog the tables, and of their indexes those that are adk-python's own
 * @since 0.1.0
 */
public record KnownLayout(Layout layout, Optional<String> schemaVersion, Catalog catalog) {

	private static final String LEVEL = "level ";

	private static final String TYPE_END = "!";

	/**
	 * Return the levels of a dialect.
	 * @param dialect the dialect
	 * @return levels as {@link Layout#level()} names them, the oldest first
	 */
	public static List<String> levels(DatabaseDialect dialect) {
		return lines(dialect).stream()
			.filter((line) -> line.startsWith(LEVEL))
			.map((line) -> line.split(" ")[1])
			.toList();
	}

	/**
	 * Find a layout.
	 * @param dialect the dialect
	 * @param tables the names that its tables have
	 * @param level the level
	 * @return the layout, empty if there is none of this level
	 */
	public static Optional<KnownLayout> find(DatabaseDialect dialect, SessionTables tables, String level) {
		List<String> lines = lines(dialect);
		for (int i = 0; i < lines.size(); i++) {
			String[] words = lines.get(i).split(" ");
			if (words[0].equals(LEVEL.strip()) && words[1].equals(level)) {
				List<String> body = lines.subList(i + 1, lines.size())
					.stream()
					.takeWhile((line) -> !line.startsWith(LEVEL))
					.toList();
				return Optional.of(layout(tables, words, body));
			}
		}
		return Optional.empty();
	}

	private static KnownLayout layout(SessionTables tables, String[] words, List<String> body) {
		Map<SessionTable, Catalog.Table> found = new EnumMap<>(SessionTable.class);
		for (String line : body) {
			int colon = line.indexOf(": ");
			SessionTable table = SessionTable.valueOf(line.substring(0, colon).toUpperCase(Locale.ROOT));
			String[] parts = line.substring(colon + 2).split(" \\| ");
			boolean events = table == SessionTable.EVENTS;
			found.put(table,
					new Catalog.Table(tables.name(table), columns(parts[0]), List.of(parts[1].split(", ")),
							events ? List.of(foreignKey(tables)) : List.of(),
							events && words.length > 3 ? List.of(index(tables, words[3])) : List.of()));
		}
		Map<String, Catalog.Table> byName = new TreeMap<>();
		found.values().forEach((table) -> byName.put(table.name(), table));
		Set<LayoutTrait> traits = words.length > 3 ? Set.of(LayoutTrait.valueOf(words[3])) : Set.of();
		return new KnownLayout(new Layout(LayoutFamily.valueOf(words[2]), words[1], traits),
				found.containsKey(SessionTable.METADATA) ? Optional.of(HeadSchema.SCHEMA_VERSION) : Optional.empty(),
				new Catalog(tables.schema() == null ? "" : tables.schema(), byName));
	}

	private static List<Catalog.Column> columns(String list) {
		List<Catalog.Column> columns = new ArrayList<>();
		for (String text : list.split(", ")) {
			String name = text.substring(0, text.indexOf(' '));
			boolean nullable = !text.endsWith(TYPE_END);
			String type = text.substring(name.length() + 1, text.length() - (nullable ? 0 : TYPE_END.length()));
			columns.add(new Catalog.Column(name, type, nullable, type));
		}
		return columns;
	}

	private static Catalog.ForeignKey foreignKey(SessionTables tables) {
		return new Catalog.ForeignKey("", List.of("app_name", "user_id", "session_id"),
				tables.name(SessionTable.SESSIONS), List.of("app_name", "user_id", "id"), "CASCADE");
	}

	private static Catalog.Index index(SessionTables tables, String trait) {
		List<String> columns = List.of("app_name", "user_id", "session_id", "timestamp desc", "id desc");
		boolean head = trait.equals(LayoutTrait.HEAD_INDEX.name());
		return new Catalog.Index(head ? tables.eventsIndexName() : tables.supersededIndexName(),
				head ? columns : columns.subList(0, 4), false, true);
	}

	private static List<String> lines(DatabaseDialect dialect) {
		String file = "/io/github/adkmigration/layouts/" + dialect.id() + ".txt";
		try (InputStream in = KnownLayout.class.getResourceAsStream(file)) {
			if (in == null) {
				throw new IllegalStateException("The file " + file + " is missing from the jar");
			}
			return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
