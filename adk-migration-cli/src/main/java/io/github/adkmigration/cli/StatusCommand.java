package io.github.adkmigration.cli;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.report.EventTimes;
import io.github.adkmigration.report.ReportText;
import io.github.adkmigration.report.SchemaStatus;
import picocli.CommandLine.Command;

/**
 * Says what the database is.
 */
@Command(name = "status", sortOptions = false,
		description = "Say what the database is, and what is pending. Changes nothing; ends with 0 whatever it finds.")
final class StatusCommand extends DatabaseVerb {

	StatusCommand(Surroundings surroundings) {
		super("status", surroundings);
	}

	@Override
	Answer answer() {
		AdkMigrator migrator = migrator(false);
		SchemaStatus status = migrator.status();
		EventTimes times = migrator.eventTimes().orElse(null);
		return Answer.done(ReportText.of(status, times), ReportFields.of(status, times));
	}

}
