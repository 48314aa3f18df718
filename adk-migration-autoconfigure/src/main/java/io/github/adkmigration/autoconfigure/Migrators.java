package io.github.adkmigration.autoconfigure;

import java.util.function.Supplier;

import javax.sql.DataSource;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.settings.MigrationSettings;
import org.jspecify.annotations.Nullable;

/**
 * The migrators of ADK's sessions. A start asks here and not for the beans that it
 * offers: making a bean of a type costs Spring a look at everything that the type names,
 * and an application that injects neither of them need not pay for that.
 */
final class Migrators {

	/** Name of our bean of type {@link AdkMigrator}, which no bean of others has. */
	static final String MIGRATOR = "io.github.adkmigration.migrator";

	/** Name of our bean of type {@link MigrationSettings}. */
	static final String SETTINGS = "io.github.adkmigration.settings";

	private final DataSource dataSource;

	private final MigratorFactory factory;

	private final AdkMigrationProperties properties;

	private final @Nullable Supplier<AdkMigrator> replacement;

	private @Nullable AdkMigrator migrator;

	private @Nullable AdkMigrator privileged;

	/**
	 * Create them.
	 * @param dataSource holds ADK's sessions, and is never published as a bean of its own
	 * @param factory makes migrators with the settings of the application
	 * @param properties may name another user for changes
	 * @param replacement knows a migrator that takes the place of ours
	 */
	Migrators(DataSource dataSource, MigratorFactory factory, AdkMigrationProperties properties,
			@Nullable Supplier<AdkMigrator> replacement) {
		this.dataSource = dataSource;
		this.factory = factory;
		this.properties = properties;
		this.replacement = replacement;
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	MigratorFactory factory() {
		return this.factory;
	}

	MigrationSettings settings() {
		return this.factory.settings();
	}

	/**
	 * Return the migrator that looks.
	 */
	synchronized AdkMigrator migrator() {
		if (this.migrator == null) {
			this.migrator = (this.replacement != null) ? this.replacement.get() : this.factory.create(this.dataSource);
		}
		return this.migrator;
	}

	/**
	 * Return the migrator whose connections may change the schema, never published as an
	 * {@link AdkMigrator} of its own.
	 * @return that of the application, unless another user is named for changes
	 */
	synchronized AdkMigrator privileged() {
		if (this.privileged == null) {
			DataSource changing = PrivilegedDataSource.of(this.properties, this.dataSource, false);
			this.privileged = (changing == this.dataSource) ? migrator() : this.factory.create(changing);
		}
		return this.privileged;
	}

}
