package io.github.adkmigration.cli;

import io.github.adkmigration.report.PreflightReport;
import io.github.adkmigration.report.PreflightText;
import io.github.adkmigration.settings.PreflightDepth;
import io.github.adkmigration.settings.UpgradeTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tells what an upgrade would do, how long it would take and what is in its way.
 */
@Command(name = "plan", sortOptions = false,
		description = "Tell what an upgrade would do, how long it would take and what is in its way. Ends with 0 for a go, else with what the upgrade would end with. Changes nothing; takes the options of upgrade.")
final class PlanCommand extends UpgradingVerb {

	@Option(names = "--to", paramLabel = "REV|+N", order = 1,
			description = "Stop at a revision, or so many revisions further on. Default: head, the newest.")
	private String to = "head";

	PlanCommand(Surroundings surroundings) {
		super("plan", surroundings);
	}

	@Override
	Answer answer() {
		PreflightReport report = upgrading(false).preflight(UpgradeTarget.parse(this.to), PreflightDepth.THOROUGH);
		int exitCode = report.obstacle().map((obstacle) -> obstacle.failure().code().exitCode()).orElse(0);
		return new Answer(exitCode, PreflightText.of(report), PreflightFields.of(report));
	}

}
