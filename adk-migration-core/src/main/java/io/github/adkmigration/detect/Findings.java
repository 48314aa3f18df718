package io.github.adkmigration.detect;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.DetectedSchema;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.LayoutTrait;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * The facts about tables that are ADK's, and what has been concluded from them so far.
 */
final class Findings {

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final Catalog catalog;

	private final Catalog.Table sessions;

	private final Catalog.Table events;

	private final Marker marker;

	private final RowSample sample;

	private final Set<LayoutTrait> traits = EnumSet.noneOf(LayoutTrait.class);

	private final List<String> evidence = new ArrayList<>();

	Findings(DatabaseDialect dialect, SessionTables tables, Catalog catalog, Catalog.Table sessions,
			Catalog.Table events, Marker marker, RowSample sample) {
		this.dialect = dialect;
		this.tables = tables;
		this.catalog = catalog;
		this.sessions = sessions;
		this.events = events;
		this.marker = marker;
		this.sample = sample;
	}

	/** Concludes what does not depend on the family. */
	void common() {
		index(this.tables.eventsIndexName(), LayoutTrait.HEAD_INDEX, "made or opened by adk-python 2.10.0 or newer");
		index(this.tables.supersededIndexName(), LayoutTrait.SUPERSEDED_INDEX,
				"made or opened by adk-python 1.28.0 to 2.9.2");
		if (this.dialect.mysqlFamily() && this.sessions.column("state").filter(typed("text")).isPresent()) {
			add(LayoutTrait.NARROW_COLUMNS, "sessions.state is text, not longtext: made through a mariadb:// URL.");
		}
		if (this.sample.mixedTimes()) {
			this.traits.add(LayoutTrait.MIXED_TIMES);
		}
		if (this.sample.pickles() > 0 && this.sample.json() > 0) {
			this.traits.add(LayoutTrait.MIXED_PAYLOADS);
		}
		this.evidence.addAll(this.sample.evidence());
	}

	private void index(String name, LayoutTrait trait, String meaning) {
		this.events.index(name).ifPresent((index) -> {
			if (index.valid()) {
				add(trait, "Index " + name + " exists: " + meaning + ".");
			}
			else {
				say("Index " + name + " exists but is invalid: its creation was interrupted.");
			}
		});
	}

	static Predicate<Catalog.Column> typed(String type) {
		return (column) -> column.type().equals(type);
	}

	DatabaseDialect dialect() {
		return this.dialect;
	}

	Catalog.Table sessions() {
		return this.sessions;
	}

	Catalog.Table events() {
		return this.events;
	}

	Marker marker() {
		return this.marker;
	}

	RowSample sample() {
		return this.sample;
	}

	Optional<Catalog.Table> metadata() {
		return this.catalog.table(this.tables.name(SessionTable.METADATA));
	}

	boolean eventsHaveAll(String... columns) {
		for (String column : columns) {
			if (!this.events.has(column)) {
				return false;
			}
		}
		return true;
	}

	String eventsType(String column) {
		return this.events.column(column).map(Catalog.Column::type).orElse("");
	}

	boolean eventsNullable(String column) {
		return this.events.column(column).filter(Catalog.Column::nullable).isPresent();
	}

	boolean has(LayoutTrait trait) {
		return this.traits.contains(trait);
	}

	void say(String sentence) {
		this.evidence.add(sentence);
	}

	void add(LayoutTrait trait, String sentence) {
		this.traits.add(trait);
		say(sentence);
	}

	List<String> evidence() {
		return List.copyOf(this.evidence);
	}

	DetectedSchema known(LayoutFamily family, String level) {
		return new DetectedSchema.Known(new Layout(family, level, this.traits), this.marker.schemaVersion(),
				this.catalog, evidence());
	}

	DetectedSchema unknownVersion() {
		String version = this.marker.schemaVersion().orElse("");
		say("The schema_version row says '" + version + "', which no ADK release known to this library writes.");
		return new DetectedSchema.UnknownVersion(version, this.catalog, evidence());
	}

}
