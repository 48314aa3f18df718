package io.github.adkmigration.changelog;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One reviewed change with the names of a target filled in.
 *
 * @param id {@code ext_adk_} with the revision and a name
 * @param phase when it may run
 * @param minCompatible oldest revision whose programs can live with the change
 * @param description what it does, for people
 * @param precondition query over the catalog that returns one number, or {@code null} if
 * the change may always run
 * @param expected the number with which the change runs; with any other it is marked as
 * ran
 * @param sql the statement
 * @param rollback statements that undo it, in order; empty where nothing has to be undone
 * @since 0.1.0
 */
public record Changeset(String id, Phase phase, String minCompatible, String description, @Nullable String precondition,
		String expected, String sql, List<String> rollback) {

	private static final int REVISION_START = "ext_adk_".length();

	private static final int REVISION_LENGTH = 4;

	public Changeset {
		rollback = List.copyOf(rollback);
	}

	/**
	 * Return the revision that this change belongs to.
	 * @return four digits
	 */
	public String revision() {
		return this.id.substring(REVISION_START, REVISION_START + REVISION_LENGTH);
	}

	/**
	 * Return the checksum of the statement, independent of white space and of the engine
	 * that runs it.
	 * @return SHA-256 as 64 hexadecimal digits
	 */
	public String checksum() {
		return Checksum.of(this.sql);
	}

	/**
	 * When a change may run.
	 */
	public enum Phase {

		/** Adds what older applications do not see. */
		EXPAND,

		/** Fills what was added. */
		BACKFILL,

		/** Removes what only older applications need. */
		CONTRACT

	}

}
