package io.github.adkmigration.report;

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

}
