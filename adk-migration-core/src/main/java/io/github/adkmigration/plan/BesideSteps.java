package io.github.adkmigration.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.changelog.Changeset;
import io.github.adkmigration.changelog.StoredSql;
import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.Layout;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;

/**
 * Decides what converts the tables of a writer that calls them otherwise than head.
 */
final class BesideSteps {

	private final DatabaseDialect dialect;

	private final MigrationSettings settings;

	private final BesideTables source;

	private final SessionTables fresh;

	BesideSteps(DatabaseDialect dialect, MigrationSettings settings, BesideTables source, SessionTables fresh) {
		this.dialect = dialect;
		this.settings = settings;
		this.source = source;
		this.fresh = fresh;
	}

	/**
	 * Add the steps.
	 * @param layout layout of the rows
	 * @param catalog the tables that exist
	 * @param changelog the changelog of the names that the new tables have at first
	 * @param indexed whether the events are to have head's index
	 * @param steps where they go
	 */
	void add(Layout layout, Catalog catalog, BundledChangelog changelog, boolean indexed, List<MigrationStep> steps) {
		for (SessionTable table : StateTableSteps.TABLES) {
			if (catalog.table(this.fresh.name(table)).isEmpty()) {
				steps.add(new MigrationStep.Schema(changelog.get("0001_" + table.defaultName())));
			}
		}
		owner(catalog, changelog, steps);
		steps.add(new MigrationStep.Schema(changelog.get("0001_shadow")));
		steps.add(new MigrationStep.Backfill(layout));
		if (this.dialect == DatabaseDialect.POSTGRESQL) {
			steps.add(new MigrationStep.Schema(changelog.get("0001_shadow_key")));
			if (indexed) {
				steps.add(new MigrationStep.Schema(changelog.get("0001_shadow_index")));
			}
		}
		steps.add(new MigrationStep.Swap(layout.family(), changelog, List.of(), indexed, Optional.of(this.source),
				this.fresh));
		if (this.dialect.mysqlFamily()) {
			// Elsewhere it is part of the transaction of the swap.
			steps.add(new MigrationStep.Schema(changelog.get("0001_metadata")));
			steps.add(new MigrationStep.Schema(changelog.get("0001_schema_version")));
			boolean lacking = catalog.table(this.fresh.name(BookkeepingTable.SHADOW))
				.filter((shadow) -> shadow.index(this.fresh.eventsIndexName()).isEmpty())
				.isPresent();
			if (indexed && lacking) {
				steps.add(new MigrationStep.Schema(changelog.get("0002_events_index")));
			}
		}
	}

	/**
	 * The column has to be there when the rows come. A table that is made by the same
	 * plan has it from the beginning; going back puts the table aside with it.
	 */
	private void owner(Catalog catalog, BundledChangelog changelog, List<MigrationStep> steps) {
		OwnerColumn owner = this.settings.ownerColumn();
		boolean lacking = owner != null && catalog.table(this.fresh.name(SessionTable.SESSIONS))
			.filter((table) -> !table.has(owner.name()))
			.isPresent();
		if (lacking) {
			Changeset column = changelog.get("0001_owner_column");
			steps.add(new MigrationStep.Owner(
					new Changeset(column.id(), column.phase(), column.minCompatible(), column.description(),
							column.precondition(), column.expected(), column.sql(), List.of(StoredSql.NOTHING))));
		}
	}

	/**
	 * Return what stays behind of the sessions, and what happens to the names.
	 * @return sentences for operators
	 */
	List<String> notes() {
		List<String> notes = new ArrayList<>();
		String staying = String.join(", ", this.source.staying(this.settings.ownerColumn()));
		if (!staying.isEmpty()) {
			notes.add("Not ADK's and left in the old table of sessions: " + staying
					+ ". adk.migration.owner-id-column carries one such column over.");
		}
		if (this.source.handsOver(this.settings.tables())) {
			notes.add("The tables " + String.join(", ", this.source.tables())
					+ " give their names to the new ones and are kept; whatever uses them as "
					+ this.source.layout().family().title() + " has to be stopped before.");
		}
		return notes;
	}

}
