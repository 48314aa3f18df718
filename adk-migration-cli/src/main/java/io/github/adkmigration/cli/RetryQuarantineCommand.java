package io.github.adkmigration.cli;

import io.github.adkmigration.report.RetryReport;
import picocli.CommandLine.Command;

/**
 * Tries again to convert the events that were put aside.
 */
@Command(name = "retry-quarantine", sortOptions = false,
		description = "Try again to convert the events that were put aside, from the old table that the conversion has kept.")
final class RetryQuarantineCommand extends ConvertingVerb {

	RetryQuarantineCommand(Surroundings surroundings) {
		super("retry-quarantine", surroundings);
	}

	@Override
	Answer answer() {
		RetryReport report = migrator(false).retryQuarantine();
		return Answer.done(ReportTexts.of(report), ReportFields.of(report));
	}

}
