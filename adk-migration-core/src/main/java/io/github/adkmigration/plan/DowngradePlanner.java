package io.github.adkmigration.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.adkmigration.changelog.AppliedChange;
import io.github.adkmigration.changelog.BundledChangelog;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.report.RunDetails;
import io.github.adkmigration.report.StepRecord;
import io.github.adkmigration.settings.DowngradeTarget;

/**
 * Decides which of the changes that stand have to be undone. A pure function of the
 * history: it asks neither the changelog of this version nor the catalog.
 *
 * @since 0.1.0
 */
public final class DowngradePlanner {

	/** Revisions that this version can name even where no step of theirs stands alone. */
	private static final List<String> KNOWN = List.of("0001", BundledChangelog.HEAD);

	/** The revision that a conversion of events brings in one step. */
	private static final String CONVERTED = "0002";

	private final List<AppliedChange> standing;

	private final List<RunDetails> runs;

	/**
	 * Create a planner.
	 * @param standing what was applied and not undone, the newest first
	 * @param runs all runs, the newest first
	 */
	public DowngradePlanner(List<AppliedChange> standing, List<RunDetails> runs) {
		this.standing = List.copyOf(standing);
		this.runs = List.copyOf(runs);
	}

	/**
	 * Choose what to undo.
	 * @param target how far to go back
	 * @return the changes, the newest first; empty where the target is reached
	 * @throws MigrationException with {@code INVALID_SETTING} for a target that the
	 * history does not know, with {@code REFUSED} for one that undoing cannot reach
	 */
	public List<AppliedChange> changes(DowngradeTarget target) {
		if (target instanceof DowngradeTarget.Changes changes) {
			return newest(changes.count());
		}
		if (target instanceof DowngradeTarget.Revision revision) {
			return above(revision.revision());
		}
		return target instanceof DowngradeTarget.ApplicationVersion version ? after(version.version()) : this.standing;
	}

	/**
	 * Return the newest revision of some changes.
	 * @param changes the changes
	 * @return four digits, {@code base} for none
	 */
	public static String revision(Collection<AppliedChange> changes) {
		return changes.stream()
			.map((change) -> converts(change) ? CONVERTED : change.revision())
			.max(String::compareTo)
			.orElse(BundledChangelog.BASE);
	}

	private List<AppliedChange> newest(int count) {
		if (this.standing.isEmpty()) {
			return List.of();
		}
		List<List<AppliedChange>> units = units();
		if (count > units.size()) {
			throw new MigrationException(
					MigrationErrorCode.INVALID_SETTING, "The history holds " + units.size()
							+ " changes that can be undone, and " + count + " are to be undone.",
					"Give a smaller number, or go back to base.");
		}
		return units.subList(0, count).stream().flatMap(List::stream).toList();
	}

	/**
	 * All steps of a conversion are one unit, also where runs died in between.
	 */
	private List<List<AppliedChange>> units() {
		Set<Long> conversions = this.standing.stream()
			.filter(DowngradePlanner::converts)
			.map(this::attempt)
			.collect(Collectors.toSet());
		List<List<AppliedChange>> units = new ArrayList<>();
		long last = -1;
		for (AppliedChange change : this.standing) {
			long attempt = attempt(change);
			boolean part = conversions.contains(attempt) && change.revision().equals("0001");
			if (part && attempt == last) {
				units.get(units.size() - 1).add(change);
			}
			else {
				units.add(new ArrayList<>(List.of(change)));
			}
			last = part ? attempt : -1;
		}
		return units;
	}

	/**
	 * Return the run that brought to its end what the run of a change had begun.
	 */
	private long attempt(AppliedChange change) {
		return this.runs.stream()
			.filter(DowngradePlanner::completed)
			.mapToLong(RunDetails::number)
			.filter((number) -> number >= change.run())
			.min()
			.orElse(Long.MAX_VALUE);
	}

	private List<AppliedChange> above(String revision) {
		Set<String> known = new TreeSet<>(KNOWN);
		this.runs.forEach((run) -> run.steps().forEach((step) -> known.add(step.revision())));
		if (!known.contains(revision)) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"Neither the history nor this version knows a revision " + revision + ".",
					"Give one of " + String.join(", ", known) + ", or go back to base.");
		}
		List<AppliedChange> above = this.standing.stream()
			.filter((change) -> change.revision().compareTo(revision) > 0)
			.toList();
		boolean converted = this.standing.stream().anyMatch(DowngradePlanner::converts);
		if (converted && revision.compareTo(CONVERTED) < 0
				&& above.stream().noneMatch((change) -> change.revision().equals(CONVERTED))) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"The conversion of events brought all revisions up to " + CONVERTED
							+ " in one step; there is nothing between.",
					"Go back to base, or to " + CONVERTED + "; nothing was changed.");
		}
		return above;
	}

	private static boolean converts(AppliedChange change) {
		return change.changeset().equals(MigrationStep.Swap.ID);
	}

	/**
	 * The state that a version left is the set of changes that stood after its last
	 * completed run. So it does not matter how often it was deployed, what came in
	 * between, or in which order versions are numbered.
	 */
	private List<AppliedChange> after(String version) {
		long last = this.runs.stream()
			.filter((run) -> completed(run) && !run.run().kind().equals("downgrade"))
			.filter((run) -> version.equals(run.run().applicationVersion()))
			.mapToLong(RunDetails::number)
			.max()
			.orElseThrow(() -> unknown(version));
		Set<String> left = new HashSet<>();
		this.runs.stream()
			.filter((run) -> run.number() <= last)
			.flatMap((run) -> run.steps().stream())
			.filter((step) -> stoodAfter(step, last))
			.forEach((step) -> left.add(step.changeset()));
		Set<String> undone = new TreeSet<>(left);
		this.standing.forEach((change) -> undone.remove(change.changeset()));
		if (!undone.isEmpty()) {
			throw new MigrationException(MigrationErrorCode.REFUSED,
					"Of what application version " + version + " had left, these changes were undone since: "
							+ String.join(", ", undone) + ".",
					"Start that version with auto-migrate, or upgrade with it, instead of going back.");
		}
		return this.standing.stream().filter((change) -> !left.contains(change.changeset())).toList();
	}

	private static boolean stoodAfter(StepRecord step, long run) {
		Long undoneBy = step.undoneBy();
		return undoneBy == null || undoneBy > run;
	}

	private MigrationException unknown(String version) {
		Set<String> known = this.runs.stream()
			.filter((run) -> completed(run) && !run.run().kind().equals("downgrade"))
			.map((run) -> run.run().applicationVersion())
			.filter(Objects::nonNull)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		return new MigrationException(MigrationErrorCode.INVALID_SETTING,
				"The history has no completed run of application version " + version + ".",
				known.isEmpty() ? "No run has recorded a version; go back to a revision or to base."
						: "Give one of the versions that it knows: " + String.join(", ", known) + ".");
	}

	private static boolean completed(RunDetails run) {
		return !run.run().unfinished();
	}

}
