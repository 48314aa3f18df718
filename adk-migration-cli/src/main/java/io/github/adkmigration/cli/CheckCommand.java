package io.github.adkmigration.cli;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.report.Compatibility;
import io.github.adkmigration.report.ReportText;
import io.github.adkmigration.report.SchemaStatus;
import picocli.CommandLine.Command;

/**
 * Says by the exit code whether the database is ready.
 */
@Command(name = "check", sortOptions = false,
		description = "Say by the exit code whether the database is ready: 0 ready, 3 changes are pending, 6 not recognised, 7 too new.")
final class CheckCommand extends DatabaseVerb {

	CheckCommand(Surroundings surroundings) {
		super("check", surroundings);
	}

	@Override
	Answer answer() {
		SchemaStatus status = migrator(false).status();
		return new Answer(exitCode(status.compatibility()), ReportText.of(status), ReportFields.of(status));
	}

	private static int exitCode(Compatibility compatibility) {
		return switch (compatibility) {
			case EQUAL, DEFERRED, AHEAD_COMPATIBLE -> 0;
			case BEHIND -> MigrationErrorCode.PENDING_CHANGES.exitCode();
			case AHEAD_INCOMPATIBLE -> MigrationErrorCode.AHEAD_INCOMPATIBLE.exitCode();
			case UNRECOGNIZED -> MigrationErrorCode.UNRECOGNIZED_SCHEMA.exitCode();
		};
	}

}
