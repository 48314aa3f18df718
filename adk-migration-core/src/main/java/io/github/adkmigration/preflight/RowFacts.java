package io.github.adkmigration.preflight;

import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.catalog.CutColumnReader.CutColumn;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;

/**
 * What reading every row tells beforehand. A run finds it out by itself and is not
 * refused for it.
 *
 * @param cut columns with values that look cut off
 * @param orphans events that belong to no session
 */
record RowFacts(List<CutColumn> cut, long orphans) {

	RowFacts {
		cut = List.copyOf(cut);
	}

	/**
	 * Put them into words.
	 */
	List<PreflightFinding> findings() {
		List<PreflightFinding> findings = new ArrayList<>();
		for (CutColumn column : this.cut) {
			findings.add(new PreflightFinding(PreflightCode.DAMAGED_ROWS,
					column.column() + " (" + column.type() + ") has "
							+ (column.rows() == 1 ? "1 row" : column.rows() + " rows") + " of exactly " + column.bytes()
							+ " bytes, as if the server had cut them.",
					"Expect those that cannot be read in quarantine, and allow as many with"
							+ " adk.migration.legacy.max-quarantined."));
		}
		if (this.orphans > 0) {
			findings.add(new PreflightFinding(PreflightCode.ORPHANED_EVENTS,
					(this.orphans == 1 ? "1 event belongs" : this.orphans + " events belong") + " to no session.",
					"Expect them to stay in the kept table, listed in quarantine; create their sessions first if they are wanted."));
		}
		return findings;
	}

}
