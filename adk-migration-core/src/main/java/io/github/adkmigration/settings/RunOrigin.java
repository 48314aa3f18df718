package io.github.adkmigration.settings;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * By whom and why a run is started, which the history keeps.
 *
 * @param applicationVersion version of the application, or {@code null} if unknown
 * @param actor the person, pipeline or Job, at most 255 characters, or {@code null} if
 * nobody said
 * @param reason a ticket or a sentence, at most 255 characters, or {@code null}
 * @since 0.1.0
 */
public record RunOrigin(@Nullable String applicationVersion, @Nullable String actor, @Nullable String reason) {

	/** Nothing is known. */
	public static final RunOrigin UNKNOWN = new RunOrigin(null, null, null);

	private static final int LONGEST = 255;

	/**
	 * Validate the values.
	 * @throws MigrationException with {@code INVALID_SETTING} for a text that is too long
	 */
	public RunOrigin {
		require("actor", actor);
		require("reason", reason);
	}

	private static void require(String name, @Nullable String value) {
		if (value != null && value.length() > LONGEST) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The setting adk.migration." + name + " has " + value.length() + " characters.",
					"Set it to a text of at most " + LONGEST + ".");
		}
	}

}
