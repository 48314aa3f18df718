package io.github.adkmigration.detect;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Tables of a writer that calls them otherwise than head by itself.
 *
 * @param layout which layout
 * @param names what the tables are called, those of the target where the layout has none
 */
record OtherStore(Layout layout, SessionTables names) {

	/**
	 * Returns whether one of the tables has a name that the target wants.
	 */
	boolean collides(SessionTables target) {
		return tables().stream().anyMatch(target.names()::containsValue);
	}

	/**
	 * Returns the names of the tables that the layout has.
	 */
	List<String> tables() {
		return owned().map(this.names::name).toList();
	}

	/**
	 * Returns what is missing of the tables that the layout always has.
	 */
	Optional<String> missing(Catalog catalog) {
		return tables().stream().filter((name) -> catalog.table(name).isEmpty()).findFirst();
	}

	private Stream<SessionTable> owned() {
		return switch (this.layout.level()) {
			case "sqlspec-0.46.3", "sqlspec-0.31.0" -> Stream.of(SessionTable.SESSIONS, SessionTable.EVENTS);
			default -> Stream.of(SessionTable.SESSIONS, SessionTable.EVENTS, SessionTable.APP_STATES,
					SessionTable.USER_STATES);
		};
	}

	/** Says what the layout was recognised by. */
	List<String> evidence() {
		String sessions = this.names.name(SessionTable.SESSIONS);
		String events = this.names.name(SessionTable.EVENTS);
		String appStates = this.names.name(SessionTable.APP_STATES);
		return List.of(switch (this.layout.level()) {
			case "java-pr647-rev1" -> appStates + " has state_key, one row per key.";
			case "java-pr647-rev2" -> appStates + " has state_key, and " + events + " has event_sequence.";
			case "sqlspec-0.69.0" -> sessions + " and " + events + " are keyed by id alone, as since SQLSpec 0.51.0.";
			case "sqlspec-0.46.3" -> sessions + " is keyed by id alone, and " + events
					+ " holds whole events as JSON, as in SQLSpec 0.42.0 to 0.50.1.";
			default -> sessions + " is keyed by id alone, and " + events
					+ " has pickled actions, as in SQLSpec 0.27.0 to 0.41.1.";
		});
	}

}
