package io.github.adkmigration.cli;

import io.github.adkmigration.report.History;
import picocli.CommandLine.Command;

/**
 * Lists every run.
 */
@Command(name = "history", sortOptions = false,
		description = "List every run, also those that were refused, and what it changed, the newest first. Changes nothing.")
final class HistoryCommand extends DatabaseVerb {

	HistoryCommand(Surroundings surroundings) {
		super("history", surroundings);
	}

	@Override
	Answer answer() {
		History history = migrator(false).history();
		return Answer.done(ReportTexts.of(history), ReportFields.of(history));
	}

}
