package io.github.adkmigration;

import java.util.List;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.report.MigrationScript;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.UpgradeTarget;

/**
 * Writes down what an upgrade executes without a database to look at, from a layout that
 * is named.
 *
 * @since 0.1.0
 */
public final class OfflineScript {

	private OfflineScript() {
	}

	/**
	 * Return what the upgrade of a layout executes.
	 * @param dialect dialect of the database
	 * @param level {@code empty}, or a level that {@link #levels} lists
	 * @param settings names and wishes
	 * @param target how far to go
	 * @return the statements
	 */
	public static MigrationScript of(DatabaseDialect dialect, String level, MigrationSettings settings,
			UpgradeTarget target) {
		return new MigrationScript(dialect, level, "", List.of(), List.of());
	}

	/**
	 * Return the layouts that can be named.
	 * @param dialect dialect of the database
	 * @return levels, {@code empty} first
	 */
	public static List<String> levels(DatabaseDialect dialect) {
		return List.of("empty");
	}

}
