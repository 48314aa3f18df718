package io.github.adkmigration.cli;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.report.VerificationResult;
import picocli.CommandLine.Command;

/**
 * Compares the tables with the model.
 */
@Command(name = "verify", sortOptions = false,
		description = "Compare the tables with the model and list each difference; ends with 5 if there is one. Changes nothing.")
final class VerifyCommand extends DatabaseVerb {

	VerifyCommand(Surroundings surroundings) {
		super("verify", surroundings);
	}

	@Override
	Answer answer() {
		VerificationResult result = migrator(false).verify();
		int exitCode = result.successful() ? 0 : MigrationErrorCode.VERIFICATION_FAILED.exitCode();
		return new Answer(exitCode, ReportTexts.of(result), ReportFields.of(result));
	}

}
