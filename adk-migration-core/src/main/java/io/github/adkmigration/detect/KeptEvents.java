package io.github.adkmigration.detect;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.LayoutFamily;

/**
 * Tells by its columns alone whose events a conversion has kept.
 *
 * @since 0.1.0
 */
public final class KeptEvents {

	private KeptEvents() {
	}

	/**
	 * Return who wrote a table.
	 * @param kept old events that were converted
	 * @param dialect dialect of the database
	 * @return one of the families that can be converted
	 */
	public static LayoutFamily family(Catalog.Table kept, DatabaseDialect dialect) {
		if (kept.has("actions") && kept.has("event_data")) {
			return LayoutFamily.HYBRID;
		}
		if (ActionsLayouts.isPr654(kept)) {
			return LayoutFamily.JAVA_PR654;
		}
		if (kept.has("actions")) {
			return ActionsLayouts.isGo(kept, dialect) ? LayoutFamily.GO : LayoutFamily.PYTHON_V0;
		}
		boolean required = kept.column("event_data").filter((column) -> !column.nullable()).isPresent();
		if (dialect == DatabaseDialect.SQLITE) {
			boolean seconds = kept.column("timestamp").filter((column) -> column.type().equals("real")).isPresent();
			return seconds ? LayoutFamily.PYTHON_SQLITE_SERVICE : LayoutFamily.JS;
		}
		return required ? LayoutFamily.JS : LayoutFamily.JAVA_PR700;
	}

}
