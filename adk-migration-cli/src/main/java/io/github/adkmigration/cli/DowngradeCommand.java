package io.github.adkmigration.cli;

import java.util.Objects;

import io.github.adkmigration.report.DowngradePlan;
import io.github.adkmigration.report.DowngradeReport;
import io.github.adkmigration.settings.DowngradeTarget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Undoes changes.
 */
@Command(name = "downgrade", sortOptions = false,
		description = "Undo changes by the SQL that was stored when they were applied, also changes that this version has never heard of. Tables that hold rows are put aside, never dropped.")
final class DowngradeCommand extends WritingVerb {

	@ArgGroup(multiplicity = "1", order = 1, heading = "%nHow far, one of:%n")
	private Goal goal = new Goal();

	@Option(names = "--dry-run", order = 2, description = "Print the SQL that would be executed, and change nothing.")
	private boolean dryRun;

	DowngradeCommand(Surroundings surroundings) {
		super("downgrade", surroundings);
	}

	@Override
	Answer answer() {
		DowngradeTarget target = this.goal.target();
		if (this.dryRun) {
			DowngradePlan plan = migrator(false).planDowngrade(target);
			return Answer.done(ReportTexts.of(plan), ReportFields.of(plan));
		}
		DowngradeReport report = migrator(false).downgrade(target);
		return Answer.done(ReportTexts.of(report), ReportFields.of(report));
	}

	/** How far; one of them. */
	static final class Goal {

		@Option(names = "--count", paramLabel = "N", order = 1,
				description = "Undo the N newest changes; the conversion of events counts as one.")
		private @Nullable Integer count;

		@Option(names = "--to", paramLabel = "REV|base", order = 2,
				description = "Undo everything above a revision, or (base) everything that this library ever did.")
		private @Nullable String to;

		@Option(names = "--to-app-version", paramLabel = "VERSION", order = 3,
				description = "Go back to what the last run of that version of the application left.")
		private @Nullable String applicationVersion;

		DowngradeTarget target() {
			if (this.count != null) {
				return DowngradeTarget.count(this.count);
			}
			if (this.applicationVersion != null) {
				return DowngradeTarget.applicationVersion(this.applicationVersion);
			}
			String revision = Objects.requireNonNull(this.to);
			return revision.equals("base") ? DowngradeTarget.base() : DowngradeTarget.revision(revision);
		}

	}

}
