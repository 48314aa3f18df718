package io.github.adkmigration.report;

import org.jspecify.annotations.Nullable;

/**
 * A run that has begun: it has the lock and stands in the history.
 *
 * @param kind the verb, as {@link RunRecord#kind()} has it
 * @param number its number in the history, from 1
 * @param from state before
 * @param to state wanted
 * @param instance host, process and a random part
 * @param tookOverFrom instance of the run that had died before this one could do its
 * work, or {@code null}
 * @param lock what keeps other runs out and why that
 * @since 0.1.0
 */
public record RunStart(String kind, long number, String from, String to, String instance, @Nullable String tookOverFrom,
		String lock) {
}
