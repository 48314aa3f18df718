package io.github.adkmigration.report;

import java.util.List;

/**
 * A run of the history with the changes that stand under it.
 *
 * @param number its number, from 1
 * @param run the run
 * @param steps what it applied, in order; empty for a run that applied nothing
 * @since 0.1.0
 */
public record RunDetails(long number, RunRecord run, List<StepRecord> steps) {

	public RunDetails {
		steps = List.copyOf(steps);
	}

}
