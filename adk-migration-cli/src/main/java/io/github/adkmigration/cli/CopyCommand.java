package io.github.adkmigration.cli;

import io.github.adkmigration.report.MigrationReport;
import io.github.adkmigration.report.ReportText;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/**
 * Copies the sessions of another database.
 */
@Command(name = "copy", sortOptions = false,
		description = "Copy the sessions of another database, of any layout and product that is known, into the newest tables of this one. The source is only read; each row is compared; a copy that died goes on where it stopped.")
final class CopyCommand extends ConvertingVerb {

	@ArgGroup(validate = false, order = 5, heading = "%nSource:%n")
	private SourceOptions source = new SourceOptions();

	CopyCommand(Surroundings surroundings) {
		super("copy", surroundings);
	}

	@Override
	Answer answer() {
		MigrationReport report = migrator(true).copyFrom(this.source.database(surroundings()).dataSource(false),
				this.source.settings(settings()));
		return Answer.done(ReportText.of(report), ReportFields.of(report));
	}

}
