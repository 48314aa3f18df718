package io.github.adkmigration.detect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.LayoutTrait;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Decides what a catalog is. First by the tables alone; then, if they are ADK's, with the
 * version row and the sample, so that nothing is read from tables that are not.
 */
final class Verdict {

	private static final Map<SessionTable, List<String>> REQUIRED_COLUMNS = new EnumMap<>(
			Map.of(SessionTable.METADATA, List.of("key", "value"), SessionTable.SESSIONS,
					List.of("app_name", "user_id", "id", "state", "create_time", "update_time"), SessionTable.EVENTS,
					List.of("id", "app_name", "user_id", "session_id", "invocation_id", "timestamp"),
					SessionTable.APP_STATES, List.of("app_name", "state", "update_time"), SessionTable.USER_STATES,
					List.of("app_name", "user_id", "state", "update_time")));

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final Catalog catalog;

	private final Optional<OtherStore> otherTables;

	private final Optional<DetectedSchema> withoutRows;

	Verdict(DatabaseDialect dialect, SessionTables tables, Catalog catalog) {
		this.dialect = dialect;
		this.tables = tables;
		this.catalog = catalog;
		this.otherTables = OtherTables.find(catalog, tables);
		this.withoutRows = decide();
	}

	/** Returns whether all four tables are there and look like ADK's. */
	boolean tablesAreAdks() {
		return this.withoutRows.isEmpty();
	}

	DetectedSchema withoutRows() {
		return this.withoutRows.orElseThrow();
	}

	DetectedSchema withRows(Marker marker, RowSample sample) {
		Catalog.Table sessions = this.catalog.table(this.tables.name(SessionTable.SESSIONS)).orElseThrow();
		Catalog.Table events = this.catalog.table(this.tables.name(SessionTable.EVENTS)).orElseThrow();
		Findings findings = new Findings(this.dialect, this.tables, this.catalog, sessions, events, marker, sample);
		findings.common();
		OtherTables.present(this.catalog, this.tables)
			.ifPresent((beside) -> findings.say("The tables " + String.join(", ", beside.tables()) + " of "
					+ beside.layout().family().title() + " stand beside them and are left alone."));
		if (events.has("actions") && events.has("event_data")) {
			return hybrid(findings);
		}
		return events.has("actions") ? new ActionsLayouts(findings).recognise()
				: new EventDataLayouts(findings).recognise();
	}

	/** Whose a row is, each says for itself. */
	private DetectedSchema hybrid(Findings findings) {
		findings.say("Events have both payload columns, actions and event_data: two implementations shaped them.");
		Marker marker = findings.marker();
		if (marker.schemaVersion().isPresent() && !marker.says("0") && !marker.says(HeadSchema.SCHEMA_VERSION)) {
			return findings.unknownVersion();
		}
		if (!findings.eventsHaveAll("author", "content")) {
			findings.say("They lack author and content, which all who write actions have.");
			return new DetectedSchema.Hybrid(this.catalog, findings.evidence());
		}
		findings.add(LayoutTrait.TOUCHED_BY_GO,
				"Beside event_data, actions are what adk-go's AutoMigrate adds to tables of others.");
		// The key of sessions is the first to be head's again, events are the last.
		if (!findings.eventsNullable("event_data")
				|| findings.sessions().primaryKey().stream().findFirst().filter("id"::equals).isPresent()) {
			findings.add(LayoutTrait.TOUCHED_BY_JS,
					"event_data is NOT NULL or the key of sessions begins with id, as adk-js makes them.");
		}
		return findings.known(LayoutFamily.HYBRID, "hybrid");
	}

	private Optional<DetectedSchema> decide() {
		if (this.otherTables.isPresent()) {
			return Optional.of(other(this.otherTables.get()));
		}
		List<String> foreign = foreign();
		if (!foreign.isEmpty()) {
			return Optional.of(new DetectedSchema.Foreign(this.catalog, foreign));
		}
		List<String> present = new ArrayList<>();
		List<String> missing = new ArrayList<>();
		for (SessionTable table : SessionTable.values()) {
			(this.catalog.table(this.tables.name(table)).isPresent() ? present : missing).add(this.tables.name(table));
		}
		if (present.isEmpty()) {
			return Optional.of(new DetectedSchema.Empty(this.catalog,
					List.of("None of the tables " + String.join(", ", missing) + " exists.")));
		}
		// The metadata table came with V1 only.
		missing.remove(this.tables.name(SessionTable.METADATA));
		if (!missing.isEmpty()) {
			return Optional.of(new DetectedSchema.Incomplete(this.catalog, List.of("Of ADK's tables, "
					+ String.join(", ", present) + " exist and " + String.join(", ", missing) + " are missing.")));
		}
		return Optional.empty();
	}

	private DetectedSchema other(OtherStore store) {
		Optional<String> missing = store.missing(this.catalog);
		if (missing.isPresent()) {
			return new DetectedSchema.Incomplete(this.catalog,
					List.of("The tables " + String.join(", ", store.tables()) + " would be those of "
							+ store.layout().family().title() + ", and " + missing.get() + " is missing."));
		}
		return new DetectedSchema.Known(store.layout(), Optional.empty(), this.catalog, store.evidence());
	}

	/** Says of each table that exists under one of the names why it is not ADK's. */
	private List<String> foreign() {
		List<String> reasons = new ArrayList<>();
		for (SessionTable which : SessionTable.values()) {
			String name = this.tables.name(which);
			String kind = this.catalog.nonTables().get(name);
			if (kind != null) {
				reasons.add(name + " is a " + kind + ", not a table.");
			}
			this.catalog.table(name).ifPresent((table) -> foreign(which, table).ifPresent(reasons::add));
		}
		return reasons;
	}

	private static Optional<String> foreign(SessionTable which, Catalog.Table table) {
		List<String> missing = REQUIRED_COLUMNS.getOrDefault(which, List.of())
			.stream()
			.filter((column) -> !table.has(column))
			.toList();
		String has = "its columns are "
				+ String.join(", ", table.columns().stream().map(Catalog.Column::name).toList());
		if (!missing.isEmpty()) {
			return Optional.of(table.name() + " lacks ADK's columns " + String.join(", ", missing) + "; " + has + ".");
		}
		if (which == SessionTable.EVENTS && !table.has("actions") && !table.has("event_data")) {
			return Optional.of(table.name() + " has neither actions nor event_data; " + has + ".");
		}
		return Optional.empty();
	}

}
