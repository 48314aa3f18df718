package io.github.adkmigration.report;

import java.util.List;

/**
 * The record of a target.
 *
 * @param runs all runs, the newest first
 * @param refused all runs that were refused before they began, the newest first
 * @since 0.1.0
 */
public record History(List<RunDetails> runs, List<RefusedRun> refused) {

	public History {
		runs = List.copyOf(runs);
		refused = List.copyOf(refused);
	}

}
