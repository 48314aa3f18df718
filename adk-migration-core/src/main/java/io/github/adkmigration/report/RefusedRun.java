package io.github.adkmigration.report;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A run that was refused before it began, as the history holds it. One that is tried
 * again and again and refused for the same reason stands there once, with two times.
 *
 * @param first when it was refused first, database time
 * @param last when it was refused last, database time
 * @param kind the verb, as {@link RunRecord#kind()} has it
 * @param code name of the {@link io.github.adkmigration.failure.MigrationErrorCode}
 * @param message why, in one sentence
 * @param applicationVersion version of the application, or {@code null}
 * @param libraryVersion version of this library
 * @param instance host and process that was refused last
 * @param actor the person, pipeline or Job that wanted it, or {@code null} if nobody said
 * @param reason what for, or {@code null}
 * @since 0.1.0
 */
public record RefusedRun(Instant first, Instant last, String kind, String code, String message,
		@Nullable String applicationVersion, String libraryVersion, String instance, @Nullable String actor,
		@Nullable String reason) {
}
