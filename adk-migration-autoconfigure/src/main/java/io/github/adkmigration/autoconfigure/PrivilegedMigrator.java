package io.github.adkmigration.autoconfigure;

import io.github.adkmigration.AdkMigrator;

/**
 * The migrator whose connections may change the schema, never published as an
 * {@link AdkMigrator} of its own.
 *
 * @param migrator that of the application, unless another user is named for changes
 */
record PrivilegedMigrator(AdkMigrator migrator) {
}
