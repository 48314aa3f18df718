package io.github.adkmigration.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The switch that stands above the {@code adk.migration} properties.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("adk")
public class AdkProperties {

	/**
	 * Whether to bring the session tables to the newest schema when the application
	 * starts. Without it, the start only checks them.
	 */
	private boolean autoMigrate = false;

	/**
	 * Whether to bring the session tables to the newest schema when the application
	 * starts, under the name that operators use in the environment, ADK_AUTO_MIGRATE_DB.
	 * Takes precedence over adk.auto-migrate.
	 */
	private @Nullable Boolean autoMigrateDb;

	/**
	 * Return the value of {@code adk.auto-migrate}.
	 * @return whether the application asks for the migration
	 */
	public boolean isAutoMigrate() {
		return this.autoMigrate;
	}

	/**
	 * Set whether the start migrates.
	 * @param autoMigrate whether to migrate
	 */
	public void setAutoMigrate(boolean autoMigrate) {
		this.autoMigrate = autoMigrate;
	}

	/**
	 * Return the value of {@code adk.auto-migrate-db}.
	 * @return whether the operator asks for the migration, or {@code null} if nothing is
	 * said
	 */
	public @Nullable Boolean getAutoMigrateDb() {
		return this.autoMigrateDb;
	}

	/**
	 * Set whether the start migrates, whatever {@code adk.auto-migrate} says.
	 * @param autoMigrateDb whether to migrate, or {@code null} to leave it to
	 * {@code adk.auto-migrate}
	 */
	public void setAutoMigrateDb(@Nullable Boolean autoMigrateDb) {
		this.autoMigrateDb = autoMigrateDb;
	}

	/**
	 * Return what the two switches come to.
	 * @return whether the start migrates
	 */
	boolean migratesAtStart() {
		return (this.autoMigrateDb != null) ? this.autoMigrateDb : this.autoMigrate;
	}

}
