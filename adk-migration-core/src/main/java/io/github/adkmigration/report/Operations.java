package io.github.adkmigration.report;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What an operator asks of the record.
 *
 * @param current the run that is going on, or {@code null}
 * @param runs the newest runs, the newest first; empty where there was none
 * @param refused the newest runs that were refused before they began, the newest first
 * @param quarantined events that could not be converted and wait for a new try
 * @param orphaned events that belong to no session and were kept aside
 * @since 0.1.0
 */
public record Operations(@Nullable RunActivity current, List<RunDetails> runs, List<RefusedRun> refused,
		long quarantined, long orphaned) {

	public Operations {
		runs = List.copyOf(runs);
		refused = List.copyOf(refused);
	}

}
