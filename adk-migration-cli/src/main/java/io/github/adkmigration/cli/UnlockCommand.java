package io.github.adkmigration.cli;

import io.github.adkmigration.report.UnlockReport;
import picocli.CommandLine.Command;

/**
 * Releases what a dead process has left of the lock.
 */
@Command(name = "unlock", sortOptions = false,
		description = "Release what a dead process has left of the migration lock. Nobody's work is ended: a lock that a live process holds is named, not broken.")
final class UnlockCommand extends WritingVerb {

	UnlockCommand(Surroundings surroundings) {
		super("unlock", surroundings);
	}

	@Override
	Answer answer() {
		UnlockReport report = migrator(false).unlock();
		return Answer.done(ReportTexts.of(report), ReportFields.of(report));
	}

}
