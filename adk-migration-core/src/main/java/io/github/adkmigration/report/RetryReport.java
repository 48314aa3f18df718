package io.github.adkmigration.report;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What became of the rows in quarantine when they were tried again.
 *
 * @param runId the run in the history, or {@code null} when there was nothing to try
 * @param tried rows that were in quarantine as unconvertible
 * @param converted rows that are events now and have left the quarantine
 * @param remaining rows that stay in quarantine, those without a session included
 * @param notes what an operator should know: reasons, rows without a session,
 * substitutions
 * @param duration the whole run, waiting included
 * @since 0.1.0
 */
public record RetryReport(@Nullable String runId, long tried, long converted, long remaining, List<String> notes,
		Duration duration) {

	public RetryReport {
		notes = List.copyOf(notes);
	}

}
