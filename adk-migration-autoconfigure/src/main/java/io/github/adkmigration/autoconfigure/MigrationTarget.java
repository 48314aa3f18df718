package io.github.adkmigration.autoconfigure;

import java.util.function.Supplier;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.autoconfigure.status.MigrationReportStore;
import io.github.adkmigration.autoconfigure.status.TargetState;

/**
 * One of the targets beside the first one.
 *
 * @param state what others read of it
 * @param migrator uses the connections of the application
 * @param privileged gives the migrator whose connections may change the schema
 * @param reports what this process did
 */
record MigrationTarget(TargetState state, AdkMigrator migrator, Supplier<AdkMigrator> privileged,
		MigrationReportStore reports) {

	String name() {
		return this.state.name();
	}

}
