package io.github.adkmigration.preflight;

import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.catalog.CutColumnReader.CutColumn;
import io.github.adkmigration.preflight.SpreadStateReader.SpreadStates;
import io.github.adkmigration.report.PreflightCode;
import io.github.adkmigration.report.PreflightFinding;

/**
 * What reading every row tells beforehand. A run finds it out by itself and is not
 * refused for it.
 *
 * @param cut columns with values that look cut off
 * @param orphans events that belong to no session
 * @param spread states that are destroyed
 */
record RowFacts(List<CutColumn> cut, long orphans, List<SpreadStates> spread) {

	RowFacts {
		cut = List.copyOf(cut);
		spread = List.copyOf(spread);
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
		for (SpreadStates states : this.spread) {
			findings.add(new PreflightFinding(PreflightCode.DAMAGED_ROWS, states.table() + " has "
					+ (states.rows() == 1 ? "1 state" : states.rows() + " states")
					+ " that adk-js has taken apart into single characters, as it does on MariaDB with a URL of MySQL.",
					"Restore them from a backup if they are wanted; they come along as they are, for what they were cannot be known."));
		}
		if (this.orphans > 0) {
			findings.add(new PreflightFinding(PreflightCode.ORPHANED_EVENTS,
					(this.orphans == 1 ? "1 event belongs" : this.orphans + " events belong") + " to no session.",
					"Expect them to stay in the kept table, listed in quarantine; create their sessions first if they are wanted."));
		}
		return findings;
	}

}
