package io.github.adkmigration.plan;

import java.util.List;
import java.util.Optional;

import io.github.adkmigration.detect.BesideTables;
import io.github.adkmigration.report.DeferredChange;
import io.github.adkmigration.schema.DetectedSchema;

/**
 * What leads from the schema found to a revision.
 *
 * @param detected what was found
 * @param from the same in a word, for example {@code python-1.14.0}
 * @param to the revision
 * @param steps in order; empty when nothing is pending
 * @param notes what an operator should know beforehand
 * @param deferred what would lead further and is left to operators; empty unless the
 * settings defer something
 * @since 0.1.0
 */
public record MigrationPlan(DetectedSchema detected, String from, String to, List<MigrationStep> steps,
		List<String> notes, List<DeferredChange> deferred) {

	public MigrationPlan {
		steps = List.copyOf(steps);
		notes = List.copyOf(notes);
		deferred = List.copyOf(deferred);
	}

	/**
	 * Return whether nothing is pending.
	 * @return whether the plan has no step; it may defer some
	 */
	public boolean isEmpty() {
		return this.steps.isEmpty();
	}

	/**
	 * Return whether something is left to operators.
	 * @return whether the plan defers a change
	 */
	public boolean defers() {
		return !this.deferred.isEmpty();
	}

	/**
	 * Return whether the time column of events is set to UTC.
	 * @return whether a step does
	 */
	public boolean repairsTimes() {
		return this.steps.stream().anyMatch(MigrationStep.EventTimes.class::isInstance);
	}

	/**
	 * Return the tables of a writer that calls them otherwise than head.
	 * @return the tables, empty unless the plan converts such
	 */
	public Optional<BesideTables> beside() {
		return this.steps.stream()
			.filter(MigrationStep.Swap.class::isInstance)
			.map(MigrationStep.Swap.class::cast)
			.findFirst()
			.flatMap(MigrationStep.Swap::beside);
	}

	/**
	 * Return whether rows have to be converted.
	 * @return whether a step copies events
	 */
	public boolean convertsEvents() {
		return this.steps.stream().anyMatch(MigrationStep.Backfill.class::isInstance);
	}

}
