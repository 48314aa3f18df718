package io.github.adkmigration.report;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What is known before the first write of a run.
 *
 * @param from what was found, for example {@code python-1.14.0}
 * @param to the revision that a run leads to
 * @param convertsEvents whether old events are converted
 * @param steps what a run would do, in order; empty when nothing is pending, and then all
 * but notes and findings is empty too
 * @param deferred what a run would leave to others
 * @param notes what an operator should know of the plan
 * @param tables how large each table is that exists
 * @param estimate how long it will take, or {@code null} if no sample was taken
 * @param space what is needed on disk
 * @param clock how naive times will be read, or {@code null} if there are none, or if
 * nobody has looked
 * @param lock the lock that a run would take and why that, or {@code null} if it cannot
 * be had, or if nobody has looked
 * @param findings in order of their severity
 * @since 0.1.0
 */
public record PreflightReport(String from, String to, boolean convertsEvents, List<PendingChange> steps,
		List<DeferredChange> deferred, List<String> notes, List<TableMeasure> tables,
		@Nullable ConversionEstimate estimate, SpaceNeed space, @Nullable ClockProof clock, @Nullable String lock,
		List<PreflightFinding> findings) {

	public PreflightReport {
		steps = List.copyOf(steps);
		deferred = List.copyOf(deferred);
		notes = List.copyOf(notes);
		tables = List.copyOf(tables);
		findings = findings.stream()
			.sorted((one, other) -> one.code().severity().compareTo(other.code().severity()))
			.toList();
	}

	/**
	 * Return whether nothing is pending.
	 * @return whether there is no step
	 */
	public boolean isEmpty() {
		return this.steps.isEmpty();
	}

	/**
	 * Return the verdict.
	 * @return whether a run would begin to write
	 */
	public boolean go() {
		return obstacle().isEmpty();
	}

	/**
	 * Return what a run would be refused for.
	 * @return the first finding that blocks, empty for a go
	 */
	public Optional<PreflightFinding> obstacle() {
		return this.findings.stream().filter(PreflightFinding::blocks).findFirst();
	}

}
