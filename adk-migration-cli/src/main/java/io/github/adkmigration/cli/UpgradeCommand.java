package io.github.adkmigration.cli;

import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.ReportText;
import io.github.adkmigration.settings.UpgradeTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Brings the tables to the newest schema.
 */
@Command(name = "upgrade", sortOptions = false,
		description = "Bring the tables to the newest schema, and convert old events. Creates the tables where none are. With nothing pending nothing is written; a run that died is completed by the next.")
final class UpgradeCommand extends UpgradingVerb {

	@Option(names = "--to", paramLabel = "REV|+N", order = 1,
			description = "Stop at a revision, or so many revisions further on. Default: head, the newest.")
	private String to = "head";

	@Option(names = "--dry-run", order = 2, description = "Print the SQL that would be executed, and change nothing.")
	private boolean dryRun;

	UpgradeCommand(Surroundings surroundings) {
		super("upgrade", surroundings);
	}

	@Override
	Answer answer() {
		UpgradeTarget target = UpgradeTarget.parse(this.to);
		if (this.dryRun) {
			return ScriptAnswer.of(upgrading(false).script(target), true);
		}
		MigrationReport report = upgrading(true).migrate(target);
		return Answer.done(ReportText.of(report), ReportFields.of(report));
	}

}
