package io.github.adkmigration.report;

import java.util.List;

/**
 * What a downgrade would do.
 *
 * @param from the revision now, {@code base} for none
 * @param to the revision afterwards
 * @param steps the changes to undo, in that order; empty when there is nothing to undo
 * @param kept tables that would be put aside, since they hold rows
 * @since 0.1.0
 */
public record DowngradePlan(String from, String to, List<Undo> steps, List<KeptTable> kept) {

	public DowngradePlan {
		steps = List.copyOf(steps);
		kept = List.copyOf(kept);
	}

	/**
	 * Return whether there is nothing to undo.
	 * @return whether the plan has no step
	 */
	public boolean isEmpty() {
		return this.steps.isEmpty();
	}

	/**
	 * A change to undo.
	 *
	 * @param changeset its id
	 * @param revision the revision that it belongs to
	 * @param description what it did, or its id where this version does not know it
	 * @param statements what would be executed, as it was stored when the change was
	 * applied
	 */
	public record Undo(String changeset, String revision, String description, List<String> statements) {

		public Undo {
			statements = List.copyOf(statements);
		}

	}

}
