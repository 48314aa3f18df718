package io.github.adkmigration.report;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a run is at, by its own record, which any process can read.
 *
 * @param run the run, whose outcome is {@code running}
 * @param rowsDone events that it has read, those of earlier attempts included, or
 * {@code null} if it copies none
 * @param rowsTotal events that there were when it began, or {@code null} if nobody has
 * counted
 * @param rowsPerSecond rate of this attempt, or {@code null} if nobody knows yet
 * @param timeLeft for the events at that rate, or {@code null} if nobody knows
 * @param lastSign when it last wrote a batch, or began; a run whose last sign is older
 * than its lock time-out has probably died
 * @param paused since when it is paused, or {@code null}
 * @since 0.1.0
 */
public record RunActivity(RunRecord run, @Nullable Long rowsDone, @Nullable Long rowsTotal,
		@Nullable Long rowsPerSecond, @Nullable Duration timeLeft, Instant lastSign, @Nullable Instant paused) {
}
