package io.github.adkmigration.cli;

import java.util.List;

import io.github.adkmigration.report.RunDetails;
import picocli.CommandLine.Command;

/**
 * Lists every run.
 */
@Command(name = "history", sortOptions = false,
		description = "List every run and what it changed, the newest first. Changes nothing.")
final class HistoryCommand extends DatabaseVerb {

	HistoryCommand(Surroundings surroundings) {
		super("history", surroundings);
	}

	@Override
	Answer answer() {
		List<RunDetails> history = migrator(false).history();
		return Answer.done(ReportTexts.of(history), ReportFields.of(history));
	}

}
