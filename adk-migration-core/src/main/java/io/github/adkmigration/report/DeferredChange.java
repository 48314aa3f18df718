package io.github.adkmigration.report;

import java.util.List;

/**
 * A change that the start of an application leaves to operators: the application works
 * without it, and applying it may take long.
 *
 * @param id changeset id
 * @param phase {@code expand}, {@code backfill} or {@code contract}
 * @param description one phrase for people
 * @param reason why the start leaves it
 * @param explanation the same for people, one sentence
 * @param statements the SQL that applies it, in order, to be executed outside of a
 * transaction
 * @since 0.1.0
 */
public record DeferredChange(String id, String phase, String description, Reason reason, String explanation,
		List<String> statements) {

	public DeferredChange {
		statements = List.copyOf(statements);
	}

	/**
	 * Return the change in a line, with the ways to apply it.
	 * @return the explanation, the commands and the SQL
	 */
	public String text() {
		return this.explanation + (this.reason == Reason.BEING_BUILT ? " Nothing has to be done unless that fails."
				: " Build it while the application runs, with --adk.migration.job=upgrade, with adk-migrate upgrade, or with "
						+ sql());
	}

	/**
	 * Return the SQL that applies it.
	 * @return the statements, each with a semicolon at its end
	 */
	public String sql() {
		return String.join("; ", this.statements) + ";";
	}

	/**
	 * Why a start leaves a change to operators.
	 */
	public enum Reason {

		/** The table has more rows than a start builds an index for. */
		LARGE_TABLE,

		/** Another session is at it. */
		BEING_BUILT

	}

}
