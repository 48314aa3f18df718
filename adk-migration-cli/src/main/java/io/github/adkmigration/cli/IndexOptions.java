package io.github.adkmigration.cli;

import io.github.adkmigration.settings.MigrationSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which indexes the start of an application leaves to this command.
 */
final class IndexOptions {

	@Option(names = "--defer-indexes-above", paramLabel = "ROWS",
			description = "Rows of a table above which the start of an application leaves a missing index to upgrade."
					+ " Default: 1000000; -1 for no limit.")
	private @Nullable String deferIndexesAbove;

	MigrationSettings apply(MigrationSettings settings, Surroundings surroundings) {
		return settings.withDeferIndexesAbove(Settings.longNumber("--defer-indexes-above",
				surroundings.optionOr(this.deferIndexesAbove, "ADK_MIGRATION_DEFER_INDEXES_ABOVE"),
				MigrationSettings.DEFAULT_DEFER_INDEXES_ABOVE));
	}

}
