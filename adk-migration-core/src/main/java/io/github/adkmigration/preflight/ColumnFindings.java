package io.github.adkmigration.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.adkmigration.detect.HeadCheck;
import io.github.adkmigration.detect.HeadDifference;
import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;
import io.github.adkmigration.schema.Catalog;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;

/**
 * Decides which columns are worth a word: those that hold less or more than head's, and
 * the one text of V0 that releases have declared with different lengths.
 */
final class ColumnFindings {

	private static final String ERROR_MESSAGE = "error_message";

	private static final Pattern LIMITED = Pattern.compile("varchar\\((\\d+)\\)");

	private static final String WIDENED = "Migrate: the conversion gives it head's type.";

	private ColumnFindings() {
	}

	static List<PreflightFinding> of(DatabaseDialect dialect, SessionTables tables, MigrationPlan plan) {
		Catalog catalog = plan.detected().catalog();
		List<PreflightFinding> findings = new ArrayList<>();
		for (HeadDifference difference : new HeadCheck(dialect, tables).differences(catalog)) {
			if (difference.kind() == HeadDifference.Kind.NARROW_COLUMN) {
				findings.add(new PreflightFinding(PreflightCode.NARROW_COLUMN, difference.describe() + ".",
						plan.convertsEvents() ? WIDENED : "Widen it by hand where longer values are to be stored."));
			}
			else if (difference.kind() == HeadDifference.Kind.WIDE_COLUMN) {
				findings.add(new PreflightFinding(PreflightCode.WIDE_COLUMN, difference.describe() + ".",
						"Leave it as it is: nothing needs to be done."));
			}
		}
		catalog.table(tables.name(SessionTable.EVENTS))
			.flatMap((events) -> events.column(ERROR_MESSAGE))
			.map((column) -> LIMITED.matcher(column.type()))
			.filter(Matcher::matches)
			.ifPresent((limited) -> findings.add(new PreflightFinding(PreflightCode.NARROW_COLUMN,
					tables.name(SessionTable.EVENTS) + "." + ERROR_MESSAGE + ": holds " + limited.group(1)
							+ " characters, and a longer text ends a turn.",
					"Migrate: the new table has no such limit.")));
		return findings;
	}

}
