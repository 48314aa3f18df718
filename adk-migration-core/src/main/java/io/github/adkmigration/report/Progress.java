package io.github.adkmigration.report;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How far a long step has come.
 *
 * @param step id of the step
 * @param rowsDone rows that are done, those of earlier attempts included
 * @param rowsTotal rows that there were when the step began; writers may add some
 * @param rowsPerSecond rate of this attempt
 * @param timeLeft at that rate, or {@code null} if nobody knows
 * @since 0.1.0
 */
public record Progress(String step, long rowsDone, long rowsTotal, double rowsPerSecond, @Nullable Duration timeLeft) {
}
