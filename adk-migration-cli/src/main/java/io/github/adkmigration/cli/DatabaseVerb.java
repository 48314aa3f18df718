package io.github.adkmigration.cli;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.settings.MigrationSettings;
import picocli.CommandLine.ArgGroup;

/**
 * A verb that works on a database.
 */
abstract class DatabaseVerb extends Verb {

	@ArgGroup(validate = false, order = 10, heading = "%nDatabase:%n")
	private ConnectionOptions connection = new ConnectionOptions();

	@ArgGroup(validate = false, order = 20, heading = "%nTables:%n")
	private NameOptions names = new NameOptions();

	@ArgGroup(validate = false, order = 25, heading = "%nIndexes:%n")
	private IndexOptions indexes = new IndexOptions();

	DatabaseVerb(String name, Surroundings surroundings) {
		super(name, surroundings);
	}

	/**
	 * Return the settings that the options of this verb make.
	 */
	MigrationSettings settings() {
		return this.indexes.apply(this.names.apply(MigrationSettings.defaults(), surroundings()), surroundings());
	}

	/**
	 * Return a migrator.
	 * @param create whether the verb makes sense for a SQLite file that is not there yet
	 */
	final AdkMigrator migrator(boolean create) {
		MigrationSettings settings = settings();
		return AdkMigrator.create(this.connection.database(surroundings()).dataSource(create))
			.settings(settings)
			.listener(ProgressDisplay.of(output().progress(), surroundings().err()))
			.build();
	}

}
