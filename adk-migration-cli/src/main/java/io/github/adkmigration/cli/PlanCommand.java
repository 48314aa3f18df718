package io.github.adkmigration.cli;

import io.github.adkmigration.plan.MigrationPlan;
import io.github.adkmigration.settings.UpgradeTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lists the steps of an upgrade.
 */
@Command(name = "plan", sortOptions = false,
		description = "List the steps of an upgrade. Changes nothing; takes the options of upgrade.")
final class PlanCommand extends UpgradingVerb {

	@Option(names = "--to", paramLabel = "REV|+N", order = 1,
			description = "Stop at a revision, or so many revisions further on. Default: head, the newest.")
	private String to = "head";

	PlanCommand(Surroundings surroundings) {
		super("plan", surroundings);
	}

	@Override
	Answer answer() {
		MigrationPlan plan = upgrading(false).plan(UpgradeTarget.parse(this.to));
		return Answer.done(ReportTexts.of(plan), ReportFields.of(plan));
	}

}
