package io.github.adkmigration.report;

import java.time.Duration;

/**
 * A step of a run.
 *
 * @param id changeset or step id
 * @param description what it did, for people
 * @param duration how long it took
 * @since 0.1.0
 */
public record StepReport(String id, String description, Duration duration) {
}
