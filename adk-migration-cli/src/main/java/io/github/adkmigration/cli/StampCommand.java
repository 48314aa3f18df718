package io.github.adkmigration.cli;

import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.ReportText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Records a revision without changing a table.
 */
@Command(name = "stamp", sortOptions = false,
		description = "Record a revision for tables that equal it already, for example because somebody executed our SQL by hand.")
final class StampCommand extends WritingVerb {

	@Parameters(paramLabel = "REV", description = "The revision, four digits, or base.")
	private String revision = "";

	StampCommand(Surroundings surroundings) {
		super("stamp", surroundings);
	}

	@Override
	Answer answer() {
		MigrationReport report = migrator(false).stamp(this.revision);
		return Answer.done(ReportText.of(report), ReportFields.of(report));
	}

}
