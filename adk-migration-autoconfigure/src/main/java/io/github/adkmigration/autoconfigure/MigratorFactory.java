package io.github.adkmigration.autoconfigure;

import javax.sql.DataSource;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.settings.MigrationSettings;

/**
 * Makes migrators that differ in nothing but their connections.
 *
 * @param settings names and wishes
 * @param lockProvider the application's own, asked when a lock is needed
 * @param listeners those of the application
 */
record MigratorFactory(MigrationSettings settings, QualifiedLockProvider lockProvider, MigrationListeners listeners) {

	MigratorFactory with(MigrationSettings other) {
		return new MigratorFactory(other, this.lockProvider, this.listeners);
	}

	AdkMigrator create(DataSource dataSource) {
		return AdkMigrator.create(dataSource)
			.settings(this.settings)
			.lockProvider(this.lockProvider)
			.listener(this.listeners.all())
			.build();
	}

}
