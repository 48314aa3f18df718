package io.github.adkmigration.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.adkmigration.report.Difference;
import io.github.adkmigration.schema.BookkeepingTable;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.HeadSchema;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.OwnerColumn;
import org.jspecify.annotations.Nullable;

/**
 * What a database has beyond the model. Users may add to ADK's tables, so these are notes
 * and no drift.
 */
final class Additions {

	private final HeadSchema model;

	private final SessionTables tables;

	private final @Nullable OwnerColumn owner;

	Additions(HeadSchema model, SessionTables tables, @Nullable OwnerColumn owner) {
		this.model = model;
		this.tables = tables;
		this.owner = owner;
	}

	List<String> of(Catalog catalog) {
		List<String> notes = new ArrayList<>();
		this.model.tables()
			.forEach((which, expected) -> catalog.table(expected.name())
				.ifPresent((found) -> compare(which, expected, found, notes)));
		String shadow = this.tables.name(BookkeepingTable.SHADOW);
		if (catalog.table(shadow).isPresent()) {
			notes.add("The table " + shadow + " is what a conversion that did not reach its end has left.");
		}
		return notes;
	}

	/**
	 * Look whether the owner column that the settings ask for is there.
	 */
	Optional<Difference> missingOwner(Catalog catalog) {
		OwnerColumn wanted = this.owner;
		if (wanted == null || catalog.table(this.tables.name(SessionTable.SESSIONS))
			.map((table) -> table.has(wanted.name()))
			.orElse(true)) {
			return Optional.empty();
		}
		return Optional
			.of(new Difference(this.tables.name(SessionTable.SESSIONS) + "." + wanted.name(), wanted.type(), "none"));
	}

	private void compare(SessionTable which, Catalog.Table expected, Catalog.Table found, List<String> notes) {
		for (Catalog.Column column : found.columns()) {
			boolean owners = which == SessionTable.SESSIONS && this.owner != null
					&& this.owner.name().equals(column.name());
			if (!expected.has(column.name()) && !owners) {
				notes.add(expected.name() + "." + column.name() + ": a column beyond ADK's, " + column.definition()
						+ (column.nullable() || column.definition().contains(" DEFAULT ") ? ""
								: " NOT NULL without a default, so that ADK cannot insert rows"));
			}
		}
		for (Catalog.Index index : found.indexes()) {
			if (expected.index(index.name()).isEmpty()) {
				notes.add(expected.name() + ": an index beyond ADK's newest, " + index.name() + " " + index.columns()
						+ (index.unique() ? ", unique" : ""));
			}
		}
		for (Catalog.ForeignKey key : found.foreignKeys()) {
			boolean known = expected.foreignKeys().stream().anyMatch((own) -> own.columns().equals(key.columns()))
					|| (which == SessionTable.SESSIONS && this.owner != null
							&& key.columns().equals(List.of(this.owner.name())));
			if (!known) {
				notes.add(expected.name() + ": a foreign key beyond ADK's, " + key.columns() + " -> "
						+ key.referencedTable());
			}
		}
	}

}
