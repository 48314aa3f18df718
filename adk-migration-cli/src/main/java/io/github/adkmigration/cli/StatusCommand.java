package io.github.adkmigration.cli;

import java.util.EnumSet;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.report.Compatibility;
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
		// Nobody knows what a newer library has made of the columns.
		boolean known = EnumSet.of(Compatibility.EQUAL, Compatibility.DEFERRED, Compatibility.BEHIND)
			.contains(status.compatibility());
		EventTimes times = known ? migrator.eventTimes().orElse(null) : null;
		return Answer.done(ReportText.of(status, times), ReportFields.of(status, times));
	}

}
