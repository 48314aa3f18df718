package io.github.adkmigration.detect;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Recognises the implementations that call their tables otherwise: SQLSpec's ADK store
 * and pull request 647 of adk-java. Both use {@code adk_sessions} and {@code adk_events},
 * and so does a prefix {@code adk_}; only the columns and keys tell.
 */
final class OtherTables {

	private static final List<String> ID_ALONE = List.of("id");

	private OtherTables() {
	}

	/**
	 * Finds such a layout. It counts only where it stands for the target: under the
	 * target's own names, or beside default names that nothing bears, unless a run of
	 * ours has begun to make head's tables there and not yet that of the events.
	 */
	static Optional<Layout> layout(Catalog catalog, SessionTables tables) {
		String sessions = tables.name(SessionTable.SESSIONS);
		String events = tables.name(SessionTable.EVENTS);
		boolean own = Set.of("adk_sessions", "adk_session").contains(sessions)
				|| Set.of("adk_events", "adk_event").contains(events);
		boolean defaultsFree = sessions.equals(SessionTable.SESSIONS.defaultName())
				&& events.equals(SessionTable.EVENTS.defaultName()) && !taken(catalog, events)
				&& (!taken(catalog, sessions) || catalog.table(tables.name(BookkeepingTable.RUN)).isPresent());
		return own || defaultsFree ? present(catalog) : Optional.empty();
	}

	private static boolean taken(Catalog catalog, String name) {
		return catalog.table(name).isPresent() || catalog.nonTables().containsKey(name);
	}

	/**
	 * Finds such a layout wherever it stands.
	 */
	static Optional<Layout> present(Catalog catalog) {
		Optional<Catalog.Table> events = catalog.table("adk_events");
		if (catalog.table("adk_app_state").filter((table) -> table.has("state_key")).isPresent()) {
			boolean second = events.filter((table) -> table.has("event_sequence")).isPresent();
			return Optional
				.of(new Layout(LayoutFamily.JAVA_PR647, second ? "java-pr647-rev2" : "java-pr647-rev1", Set.of()));
		}
		if (keyedById(catalog, "adk_session") && keyedById(catalog, "adk_event")) {
			return Optional.of(new Layout(LayoutFamily.SQLSPEC, "sqlspec-0.69.0", Set.of()));
		}
		if (keyedById(catalog, "adk_sessions") && events.isPresent()) {
			boolean pickled = events.get().has("actions");
			return Optional
				.of(new Layout(LayoutFamily.SQLSPEC, pickled ? "sqlspec-0.31.0" : "sqlspec-0.46.3", Set.of()));
		}
		return Optional.empty();
	}

	private static boolean keyedById(Catalog catalog, String table) {
		return catalog.table(table).filter((found) -> found.primaryKey().equals(ID_ALONE)).isPresent();
	}

	/** Says what the layout was recognised by. */
	static List<String> evidence(Layout layout) {
		return List.of(switch (layout.level()) {
			case "java-pr647-rev1" -> "adk_app_state has state_key, one row per key.";
			case "java-pr647-rev2" -> "adk_app_state has state_key, and adk_events has event_sequence.";
			case "sqlspec-0.69.0" -> "adk_session and adk_event are keyed by id alone, as since SQLSpec 0.51.0.";
			case "sqlspec-0.46.3" -> "adk_sessions is keyed by id alone, and adk_events holds whole events as JSON, "
					+ "as in SQLSpec 0.42.0 to 0.50.1.";
			default -> "adk_sessions is keyed by id alone, and adk_events has pickled actions, as in SQLSpec 0.27.0 "
					+ "to 0.41.1.";
		});
	}

}
