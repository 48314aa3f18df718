package io.github.adkmigration.cli;

import io.github.adkmigration.settings.MigrationSettings;
import picocli.CommandLine.ArgGroup;

/**
 * A verb that changes the database, one process at a time.
 */
abstract class WritingVerb extends DatabaseVerb {

	@ArgGroup(validate = false, order = 40, heading = "%nRun:%n")
	private LockOptions lock = new LockOptions();

	WritingVerb(String name, Surroundings surroundings) {
		super(name, surroundings);
	}

	@Override
	MigrationSettings settings() {
		return this.lock.apply(super.settings(), surroundings());
	}

}
