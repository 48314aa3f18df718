package io.github.adkmigration.report;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A run as the history holds it.
 *
 * @param id unique text
 * @param started database time
 * @param finished database time, or {@code null} while it runs or if it died
 * @param kind {@code upgrade}, {@code downgrade}, {@code stamp}, {@code copy} or
 * {@code retry-quarantine}
 * @param outcome {@code running}, {@code created}, {@code migrated}, {@code undone},
 * {@code stamped}, {@code copied}, {@code retried}, {@code recorded} (a version of the
 * application started and found nothing pending), {@code failed} or {@code died}
 * @param from state before, for example {@code python-1.14.0}
 * @param to state after
 * @param applicationVersion version of the application, or {@code null}
 * @param libraryVersion version of this library
 * @param instance host, process and a random part
 * @param tookOverFrom instance of the run that had died before this one could do its
 * work, or {@code null}
 * @param rows what became of the event rows
 * @param message one sentence, or {@code null}
 * @param actor the person, pipeline or Job that started it, or {@code null} if nobody
 * said
 * @param reason why, or {@code null}
 * @param lock what kept other runs out and why that, or {@code null} for a run that only
 * recorded a version
 * @param code name of the {@link io.github.adkmigration.failure.MigrationErrorCode} with
 * which it failed, or {@code null}
 * @since 0.1.0
 */
public record RunRecord(String id, Instant started, @Nullable Instant finished, String kind, String outcome,
		String from, String to, @Nullable String applicationVersion, String libraryVersion, String instance,
		@Nullable String tookOverFrom, RowCounts rows, @Nullable String message, @Nullable String actor,
		@Nullable String reason, @Nullable String lock, @Nullable String code) {

	/**
	 * Return whether the run did not come to its end.
	 * @return whether it goes on, died or failed
	 */
	public boolean unfinished() {
		return Set.of("running", "died", "failed").contains(this.outcome);
	}

}
