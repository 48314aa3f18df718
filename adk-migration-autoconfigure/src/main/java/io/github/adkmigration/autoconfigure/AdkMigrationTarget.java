package io.github.adkmigration.autoconfigure;

import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * What a further set of session tables, such as that of a tenant, has of its own.
 * Whatever is not said here is as in {@link AdkMigrationProperties}.
 *
 * @since 0.1.0
 */
public class AdkMigrationTarget {

	private @Nullable String dataSource;

	private @Nullable String schema;

	private @Nullable String tablePrefix;

	private @Nullable String ownerIdColumn;

	private @Nullable ZoneId timeZone;

	/**
	 * Return the name of the data source bean, or {@code null} for that of the sessions.
	 * @return the value
	 */
	public @Nullable String getDataSource() {
		return this.dataSource;
	}

	/**
	 * Set the name of the data source bean, or {@code null} for that of the sessions.
	 * @param dataSource the value
	 */
	public void setDataSource(@Nullable String dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Return the schema of the tables.
	 * @return the value
	 */
	public @Nullable String getSchema() {
		return this.schema;
	}

	/**
	 * Set the schema of the tables.
	 * @param schema the value
	 */
	public void setSchema(@Nullable String schema) {
		this.schema = schema;
	}

	/**
	 * Return the prefix of the table names.
	 * @return the value
	 */
	public @Nullable String getTablePrefix() {
		return this.tablePrefix;
	}

	/**
	 * Set the prefix of the table names.
	 * @param tablePrefix the value
	 */
	public void setTablePrefix(@Nullable String tablePrefix) {
		this.tablePrefix = tablePrefix;
	}

	/**
	 * Return the definition of the owner column.
	 * @return the value
	 */
	public @Nullable String getOwnerIdColumn() {
		return this.ownerIdColumn;
	}

	/**
	 * Set the definition of the owner column.
	 * @param ownerIdColumn the value
	 */
	public void setOwnerIdColumn(@Nullable String ownerIdColumn) {
		this.ownerIdColumn = ownerIdColumn;
	}

	/**
	 * Return the zone of the writers of V0 events.
	 * @return the value
	 */
	public @Nullable ZoneId getTimeZone() {
		return this.timeZone;
	}

	/**
	 * Set the zone of the writers of V0 events.
	 * @param timeZone the value
	 */
	public void setTimeZone(@Nullable ZoneId timeZone) {
		this.timeZone = timeZone;
	}

}
