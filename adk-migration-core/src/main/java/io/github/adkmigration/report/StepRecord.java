package io.github.adkmigration.report;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A change as the history holds it.
 *
 * @param changeset its id
 * @param revision the revision that it belongs to, four digits
 * @param phase {@code expand}, {@code backfill} or {@code contract}
 * @param minCompatible oldest revision whose programs can live with it
 * @param state {@code begun}, {@code applied}, {@code undoing} or {@code undone}
 * @param duration how long it took to apply
 * @param undoneBy number of the run that undid it or was at it, or {@code null}
 * @since 0.1.0
 */
public record StepRecord(String changeset, String revision, String phase, String minCompatible, String state,
		Duration duration, @Nullable Long undoneBy) {
}
