package io.github.adkmigration.report;

import java.time.Duration;

/**
 * Told of what a run is at, on the thread that works, so it should return soon. One that
 * fails is logged and then left alone: it never ends a migration.
 *
 * @since 0.1.0
 */
public interface MigrationListener {

	/** Wants to know nothing. */
	MigrationListener NONE = new MigrationListener() {
	};

	/**
	 * The lock is ours.
	 * @param description which kind it is and why
	 * @param waited how long others had it
	 */
	default void locked(String description, Duration waited) {
	}

	/**
	 * A run begins.
	 * @param start what it is about to do
	 */
	default void started(RunStart start) {
	}

	/**
	 * Return whether to find out how large the tables are, which costs a run a few
	 * statements at its beginning and its end.
	 * @return whether {@link #measured(TableSizes)} is to be called
	 */
	default boolean measures() {
		return false;
	}

	/**
	 * The tables have been measured. Not told where the database does not answer that,
	 * nor at the end of a run that failed.
	 * @param sizes how large they are
	 */
	default void measured(TableSizes sizes) {
	}

	/**
	 * A step begins.
	 * @param step its id
	 * @param description what it does, for people
	 */
	default void begins(String step, String description) {
	}

	/**
	 * A step that works on rows has come further; at most twice a second, and once more
	 * at its end.
	 * @param progress how far
	 */
	default void progress(Progress progress) {
	}

	/**
	 * A step has been done.
	 * @param step what it did
	 */
	default void ends(StepReport step) {
	}

	/**
	 * A run has ended, well or badly, or was refused before it began. Told once for each
	 * call of a verb that may write.
	 * @param end how
	 */
	default void ended(RunEnd end) {
	}

}
