package io.github.adkmigration.report;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a downgrade did.
 *
 * @param outcome {@code UNDONE}, or {@code UP_TO_DATE} when there was nothing to undo
 * @param runId number of the run in the history, or {@code null} when nothing was written
 * @param from the revision before, {@code base} for none
 * @param to the revision after
 * @param undone the changes that were undone, in that order
 * @param kept tables that were put aside, since they hold rows
 * @param notes what an operator should know
 * @param duration the whole run, waiting included
 * @since 0.1.0
 */
public record DowngradeReport(Outcome outcome, @Nullable String runId, String from, String to, List<StepReport> undone,
		List<KeptTable> kept, List<String> notes, Duration duration) {

	public DowngradeReport {
		undone = List.copyOf(undone);
		kept = List.copyOf(kept);
		notes = List.copyOf(notes);
	}

}
