package io.github.adkmigration.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.detect.HeadCheck;
import io.github.adkmigration.detect.HeadDifference;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.LayoutFamily;
import io.github.adkmigration.schema.LayoutTrait;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Decides what brings the tables beside the events to head in their place, before the
 * events are converted.
 */
final class StateTableSteps {

	static final List<SessionTable> TABLES = List.of(SessionTable.SESSIONS, SessionTable.APP_STATES,
			SessionTable.USER_STATES);

	/** Whose tables declare nothing NOT NULL. */
	private static final Set<LayoutFamily> OPEN = Set.of(LayoutFamily.JAVA_PR700, LayoutFamily.JAVA_PR654,
			LayoutFamily.GO);

	private final DatabaseDialect dialect;

	private final SessionTables tables;

	private final HeadCheck headCheck;

	StateTableSteps(DatabaseDialect dialect, SessionTables tables, HeadCheck headCheck) {
		this.dialect = dialect;
		this.tables = tables;
		this.headCheck = headCheck;
	}

	/**
	 * Return the tables that exist and are not quite head's.
	 */
	List<SessionTable> different(Catalog catalog) {
		return TABLES.stream()
			.filter((table) -> catalog.table(this.tables.name(table)).isPresent())
			.filter((table) -> !differences(table, catalog).isEmpty())
			.toList();
	}

	/**
	 * Return the tables that SQLite has to make anew: also those whose times another
	 * writer may have spelt in its own way.
	 */
	List<SessionTable> rebuilt(Layout layout, Catalog catalog) {
		boolean touched = layout.has(LayoutTrait.TOUCHED_BY_GO) || layout.has(LayoutTrait.TOUCHED_BY_JS);
		List<SessionTable> different = different(catalog);
		return TABLES.stream()
			.filter((table) -> catalog.table(this.tables.name(table)).isPresent())
			.filter((table) -> touched || different.contains(table))
			.toList();
	}

	void add(Layout layout, Catalog catalog, BundledChangelog changelog, List<MigrationStep> steps) {
		// adk-go takes NOT NULL away from tables that it alters.
		boolean open = OPEN.contains(layout.family()) || layout.has(LayoutTrait.TOUCHED_BY_GO);
		boolean marked = catalog.table(this.tables.name(SessionTable.METADATA)).isPresent();
		if (marked && differences(SessionTable.METADATA, catalog).stream().anyMatch((found) -> !found.note())) {
			if (open) {
				steps.add(step(changelog, SessionTable.METADATA, "nulls"));
			}
			steps.add(step(changelog, SessionTable.METADATA, "columns"));
		}
		for (SessionTable table : different(catalog)) {
			if (table == SessionTable.SESSIONS) {
				sessions(layout.family(), catalog, changelog, steps);
			}
			if (zoned(table, catalog)) {
				steps.add(step(changelog, table, "instants"));
			}
			if (open) {
				steps.add(step(changelog, table, "nulls"));
			}
			steps.add(step(changelog, table, "columns"));
		}
	}

	private void sessions(LayoutFamily family, Catalog catalog, BundledChangelog changelog, List<MigrationStep> steps) {
		if (family == LayoutFamily.JS && this.dialect == DatabaseDialect.POSTGRESQL) {
			// On MySQL and MariaDB no release that kept them could create its tables.
			steps.add(step(changelog, SessionTable.SESSIONS, "temporary"));
		}
		if (differences(SessionTable.SESSIONS, catalog).stream()
			.anyMatch((found) -> found.kind() == HeadDifference.Kind.PRIMARY_KEY)) {
			steps.add(step(changelog, SessionTable.SESSIONS, "key"));
		}
	}

	private boolean zoned(SessionTable table, Catalog catalog) {
		return catalog.table(this.tables.name(table))
			.flatMap((found) -> found.column("update_time"))
			.filter((column) -> column.type().startsWith("timestamptz"))
			.isPresent();
	}

	private List<HeadDifference> differences(SessionTable table, Catalog catalog) {
		return this.headCheck.differences(catalog).stream().filter((found) -> found.table() == table).toList();
	}

	private static MigrationStep step(BundledChangelog changelog, SessionTable table, String part) {
		return new MigrationStep.Schema(changelog.get("0001_" + table.name().toLowerCase(Locale.ROOT) + "_" + part));
	}

}
