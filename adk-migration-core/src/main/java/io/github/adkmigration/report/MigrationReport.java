package io.github.adkmigration.report;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a run did.
 *
 * @param outcome how it ended
 * @param runId its id in the history, or {@code null} when nothing was written
 * @param from what was found, for people
 * @param to what stands now, for people
 * @param evidence why the tables were called what they are
 * @param rows what became of the event rows
 * @param clock how times without a zone were read, or {@code null} if there were none
 * @param lock what kept other runs out and why that, or {@code null} when nothing had to
 * @param steps what was done, in order
 * @param notes what an operator should know: kept tables, substitutions, deviations
 * @param deferred what was left to operators
 * @param backup the copy of a SQLite database as it was before, or {@code null}
 * @param duration the whole run, waiting included
 * @since 0.1.0
 */
public record MigrationReport(Outcome outcome, @Nullable String runId, String from, String to, List<String> evidence,
		RowCounts rows, @Nullable String clock, @Nullable String lock, List<StepReport> steps, List<String> notes,
		List<DeferredChange> deferred, @Nullable Backup backup, Duration duration) {

	public MigrationReport {
		evidence = List.copyOf(evidence);
		steps = List.copyOf(steps);
		notes = List.copyOf(notes);
		deferred = List.copyOf(deferred);
	}

}
