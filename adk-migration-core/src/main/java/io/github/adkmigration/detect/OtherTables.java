package io.github.adkmigration.detect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 * and pull request 647 of adk-java. A user of SQLSpec may have given its tables any name,
 * and the names of a target may be those that SQLSpec gives; only the columns and keys
 * tell.
 */
final class OtherTables {

	private static final List<String> ID_ALONE = List.of("id");

	private static final Set<String> SESSIONS = Set.of("adk_sessions", "adk_session");

	private static final Set<String> EVENTS = Set.of("adk_events", "adk_event");

	private OtherTables() {
	}

	/**
	 * Finds such tables. They count only where they stand for the target: under one of
	 * the target's own names, or beside default names that nothing bears, unless a run of
	 * ours has begun to make head's tables there and not yet that of the events.
	 */
	static Optional<OtherStore> find(Catalog catalog, SessionTables tables) {
		return present(catalog, tables).filter((store) -> counts(store, catalog, tables));
	}

	private static boolean counts(OtherStore store, Catalog catalog, SessionTables tables) {
		String sessions = tables.name(SessionTable.SESSIONS);
		String events = tables.name(SessionTable.EVENTS);
		if (taken(catalog, events) && !store.tables().contains(events)) {
			return false;
		}
		boolean asked = store.collides(tables) || SESSIONS.contains(sessions) || EVENTS.contains(events);
		boolean defaultsFree = sessions.equals(SessionTable.SESSIONS.defaultName())
				&& events.equals(SessionTable.EVENTS.defaultName()) && !taken(catalog, events)
				&& (!taken(catalog, sessions) || catalog.table(tables.name(BookkeepingTable.RUN)).isPresent());
		return asked || defaultsFree || renaming(catalog, tables);
	}

	private static boolean taken(Catalog catalog, String name) {
		return catalog.table(name).isPresent() || catalog.nonTables().containsKey(name);
	}

	/**
	 * Returns whether a run died while the tables changed their places, where each of
	 * these statements commits. The old events are the first to be renamed, and the new
	 * ones the last.
	 */
	static boolean renaming(Catalog catalog, SessionTables tables) {
		return exists(catalog, tables, BookkeepingTable.KEPT) && exists(catalog, tables, BookkeepingTable.SHADOW)
				&& !taken(catalog, tables.name(SessionTable.EVENTS));
	}

	private static boolean exists(Catalog catalog, SessionTables tables, BookkeepingTable table) {
		return catalog.table(tables.name(table)).isPresent();
	}

	/**
	 * Finds such tables under the names that a conversion gives to what it keeps.
	 */
	static Optional<OtherStore> kept(Catalog catalog, SessionTables tables) {
		return store(catalog, tables, tables.name(BookkeepingTable.KEPT_SESSIONS), tables.name(BookkeepingTable.KEPT),
				Optional.of(tables.name(BookkeepingTable.KEPT_APP_STATES)),
				Optional.of(tables.name(BookkeepingTable.KEPT_USER_STATES)));
	}

	/**
	 * Finds such tables wherever they stand.
	 */
	static Optional<OtherStore> present(Catalog catalog, SessionTables tables) {
		boolean renaming = renaming(catalog, tables);
		for (String sessions : candidates(tables, SessionTable.SESSIONS, SESSIONS, BookkeepingTable.KEPT_SESSIONS,
				renaming)) {
			for (String events : candidates(tables, SessionTable.EVENTS, EVENTS, BookkeepingTable.KEPT, renaming)) {
				Optional<OtherStore> store = store(catalog, tables, sessions, events,
						keptState(catalog, tables, BookkeepingTable.KEPT_APP_STATES, renaming),
						keptState(catalog, tables, BookkeepingTable.KEPT_USER_STATES, renaming));
				if (store.isPresent()) {
					return store;
				}
			}
		}
		return Optional.empty();
	}

	private static Set<String> candidates(SessionTables tables, SessionTable table, Set<String> defaults,
			BookkeepingTable kept, boolean renaming) {
		Set<String> names = new LinkedHashSet<>();
		names.add(tables.name(table));
		defaults.stream().sorted().forEach(names::add);
		if (renaming) {
			names.add(tables.name(kept));
		}
		return names;
	}

	/** A table in the place of a state may be the new one already. */
	private static Optional<String> keptState(Catalog catalog, SessionTables tables, BookkeepingTable kept,
			boolean renaming) {
		return renaming && exists(catalog, tables, kept) ? Optional.of(tables.name(kept)) : Optional.empty();
	}

	private static Optional<OtherStore> store(Catalog catalog, SessionTables tables, String sessions, String events,
			Optional<String> appStates, Optional<String> userStates) {
		Optional<Catalog.Table> rows = catalog.table(events).filter((table) -> table.has("session_id"));
		if (rows.isEmpty() || catalog.table(sessions).isEmpty()) {
			return Optional.empty();
		}
		String application = appStates
			.orElseGet(() -> state(catalog, tables, SessionTable.APP_STATES, sessions, "adk_app_state"));
		String user = userStates
			.orElseGet(() -> state(catalog, tables, SessionTable.USER_STATES, sessions, "adk_user_state"));
		if (rows.get().has("event_id")
				&& catalog.table(application).filter((table) -> table.has("state_key")).isPresent()) {
			String level = rows.get().has("event_sequence") ? "java-pr647-rev2" : "java-pr647-rev1";
			return Optional.of(new OtherStore(new Layout(LayoutFamily.JAVA_PR647, level, Set.of()),
					named(tables, sessions, events, application, user)));
		}
		if (!catalog.table(sessions).get().primaryKey().equals(ID_ALONE)) {
			return Optional.empty();
		}
		if (rows.get().has("actions")) {
			return Optional.of(inSessions("sqlspec-0.31.0", tables, sessions, events));
		}
		boolean older = sessions.equals("adk_sessions") && !rows.get().has("app_name");
		if (older || rows.get().has("author") || rows.get().has("event_json")) {
			return Optional.of(inSessions("sqlspec-0.46.3", tables, sessions, events));
		}
		return rows.get().primaryKey().equals(ID_ALONE)
				? Optional.of(new OtherStore(new Layout(LayoutFamily.SQLSPEC, "sqlspec-0.69.0", Set.of()),
						named(tables, sessions, events, application, user)))
				: Optional.empty();
	}

	/**
	 * Generations that keep the states of applications and users in those of sessions.
	 */
	private static OtherStore inSessions(String level, SessionTables tables, String sessions, String events) {
		return new OtherStore(new Layout(LayoutFamily.SQLSPEC, level, Set.of()), named(tables, sessions, events,
				tables.name(SessionTable.APP_STATES), tables.name(SessionTable.USER_STATES)));
	}

	/**
	 * Returns the name of a table of states: the default, unless that belongs to other
	 * sessions, and else the one that the target has.
	 */
	private static String state(Catalog catalog, SessionTables tables, SessionTable table, String sessions,
			String defaultName) {
		boolean others = SESSIONS.stream().anyMatch((name) -> catalog.table(name).isPresent())
				&& !SESSIONS.contains(sessions);
		boolean named = catalog.table(tables.name(table)).isPresent();
		return named && (others || catalog.table(defaultName).isEmpty()) ? tables.name(table) : defaultName;
	}

	private static SessionTables named(SessionTables tables, String sessions, String events, String appStates,
			String userStates) {
		return tables.called(Map.of(SessionTable.METADATA, tables.name(SessionTable.METADATA), SessionTable.SESSIONS,
				sessions, SessionTable.EVENTS, events, SessionTable.APP_STATES, appStates, SessionTable.USER_STATES,
				userStates));
	}

}
