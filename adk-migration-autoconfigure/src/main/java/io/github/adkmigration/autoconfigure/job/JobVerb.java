package io.github.adkmigration.autoconfigure.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;

/**
 * What a job can do.
 *
 * @since 0.1.0
 */
public enum JobVerb {

	/** Bring the tables to the newest schema. */
	UPGRADE,

	/** Undo changes, by the SQL that was stored with them. */
	DOWNGRADE,

	/** Tell by the exit code whether changes are pending. */
	CHECK,

	/** Tell what the tables are. */
	STATUS,

	/** Tell what an upgrade would do. */
	PLAN,

	/** Compare the tables with the newest schema. */
	VERIFY,

	/** Tell what was done to the tables, and when. */
	HISTORY,

	/** Record a revision for tables that equal it already. */
	STAMP,

	/** Release what a dead process may have left of the lock. */
	UNLOCK;

	/**
	 * Return the word that an operator writes.
	 * @return the name in kebab case
	 */
	public String word() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	boolean changes() {
		return switch (this) {
			case UPGRADE, DOWNGRADE, STAMP -> true;
			case CHECK, STATUS, PLAN, VERIFY, HISTORY, UNLOCK -> false;
		};
	}

	static JobVerb of(String word) {
		return Arrays.stream(values())
			.filter((verb) -> verb.word().equalsIgnoreCase(word.strip().replace('_', '-')))
			.findFirst()
			.orElseThrow(() -> new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"There is no job " + word.strip() + ".", "Set " + AdkMigrationJobProperties.JOB + " to one of "
							+ Arrays.stream(values()).map(JobVerb::word).collect(Collectors.joining(", ")) + "."));
	}

}
