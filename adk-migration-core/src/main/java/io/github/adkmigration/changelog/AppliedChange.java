package io.github.adkmigration.changelog;

import java.util.List;

/**
 * A change as it was stored in the database when it was applied, by this version of the
 * library or by another.
 *
 * @param run number of the run that applied it
 * @param position its place within the run
 * @param changeset its id
 * @param revision the revision that it belongs to, four digits
 * @param forward what was executed
 * @param forwardSha256 its checksum
 * @param rollback what undoes it, as {@link StoredSql} writes it; blank where nobody has
 * said how
 * @param rollbackSha256 its checksum
 * @param state {@code begun}, {@code applied} or {@code undoing}
 * @param undoing the statement, from 0, that a downgrade was at when it died
 * @since 0.1.0
 */
public record AppliedChange(long run, int position, String changeset, String revision, String forward,
		String forwardSha256, String rollback, String rollbackSha256, String state, int undoing) {

	/** A change of which nobody knows whether it was applied. */
	public static final String BEGUN = "begun";

	/** A change that is in the database. */
	public static final String APPLIED = "applied";

	/** A change that a downgrade has begun to undo. */
	public static final String UNDOING = "undoing";

	/**
	 * Return whether what is stored is what was recorded.
	 * @return whether both checksums are right
	 */
	public boolean intact() {
		return Checksum.of(this.forward).equals(this.forwardSha256)
				&& Checksum.of(this.rollback).equals(this.rollbackSha256);
	}

	/**
	 * Return whether it was stored how to undo the change.
	 * @return whether there is a text, be it that nothing has to be undone
	 */
	public boolean reversible() {
		return !this.rollback.isBlank();
	}

	/**
	 * Return what undoes the change.
	 * @return statements in order
	 */
	public List<String> statements() {
		return StoredSql.split(this.rollback);
	}

	/**
	 * Return what is left to be executed.
	 * @return statements in order
	 */
	public List<String> remaining() {
		List<String> statements = statements();
		return statements.subList(Math.min(this.undoing, statements.size()), statements.size());
	}

}
