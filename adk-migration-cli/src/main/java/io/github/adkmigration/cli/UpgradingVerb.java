package io.github.adkmigration.cli;

import io.github.adkmigration.AdkMigrator;
import picocli.CommandLine.Option;

/**
 * A verb that brings the tables further, or says how. Unlike the start of an application
 * it leaves nothing to others, unless it is told to.
 */
abstract class UpgradingVerb extends ConvertingVerb {

	@Option(names = "--defer-indexes", order = 4,
			description = "Leave indexes on large tables to a later upgrade, as the start of an application does.")
	private boolean deferIndexes;

	UpgradingVerb(String name, Surroundings surroundings) {
		super(name, surroundings);
	}

	/**
	 * Return the migrator of an upgrade.
	 * @param create whether the verb makes sense for a SQLite file that is not there yet
	 */
	final AdkMigrator upgrading(boolean create) {
		boolean defer = this.deferIndexes
				|| Settings.flag("--defer-indexes", surroundings().variable("ADK_MIGRATION_DEFER_INDEXES"), false);
		return defer ? migrator(create) : migrator(create).includingDeferred();
	}

}
