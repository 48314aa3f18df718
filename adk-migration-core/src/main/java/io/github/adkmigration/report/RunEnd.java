package io.github.adkmigration.report;

import java.time.Duration;

import io.github.adkmigration.failure.MigrationErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, or was refused before it began.
 *
 * @param kind the verb, as {@link RunRecord#kind()} has it
 * @param outcome {@code up-to-date} (nothing was pending), {@code created},
 * {@code migrated}, {@code undone}, {@code stamped}, {@code copied}, {@code retried},
 * {@code refused} (before it began) or {@code failed}
 * @param number its number in the history, or {@code null} if nothing was written
 * @param from state before, or {@code null} if it was refused
 * @param to state after or wanted, or {@code null} if it was refused
 * @param rows what became of the event rows; none if the run failed
 * @param duration the whole run, waiting included
 * @param lockWait how long it waited for the lock, zero if it took none
 * @param code kind of the failure, or {@code null}
 * @param message the failure in one sentence, or {@code null}
 * @since 0.1.0
 */
public record RunEnd(String kind, String outcome, @Nullable Long number, @Nullable String from, @Nullable String to,
		RowCounts rows, Duration duration, Duration lockWait, @Nullable MigrationErrorCode code,
		@Nullable String message) {

	/**
	 * Return whether the run did what it was asked to.
	 * @return {@code false} if it failed or was refused
	 */
	public boolean successful() {
		return this.code == null;
	}

}
