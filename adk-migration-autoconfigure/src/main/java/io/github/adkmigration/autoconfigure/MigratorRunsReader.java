package io.github.adkmigration.autoconfigure;

import java.util.Optional;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.actuate.endpoint.AdkMigrationEndpoint.RunsReader;
import io.github.adkmigration.report.Operations;
import io.github.adkmigration.report.RunDetails;

/**
 * Reads the record through a migrator, which the endpoint itself does not see.
 *
 * @param migrator that of the application
 */
record MigratorRunsReader(AdkMigrator migrator) implements RunsReader {

	@Override
	public Operations read(int mostRuns) {
		return this.migrator.operations(mostRuns);
	}

	@Override
	public Optional<RunDetails> find(long number) {
		return this.migrator.run(number);
	}

}
