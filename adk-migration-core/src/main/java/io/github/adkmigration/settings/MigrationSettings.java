package io.github.adkmigration.settings;

import java.time.Duration;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.SessionTables;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a migration may be told. Immutable; a changed copy is made with the
 * {@code with...} methods.
 *
 * @param tables where the tables are and what they are called
 * @param ownerColumn column to keep on the sessions table, or {@code null}
 * @param legacyClock what is known of the writers' clock
 * @param timestampColumn what the time column holds afterwards
 * @param maxQuarantined how many rows may be quarantined, at least 0
 * @param batchSize rows per batch, 1 to 100000
 * @param timeout how long to wait for the lock; also the lease
 * @param pollInterval time between two looks at a held lock
 * @param lockType what keeps two runs apart
 * @param applicationVersion version of the application that runs the migration, recorded
 * with the run, or {@code null}
 * @param sqliteBackup whether to copy an existing SQLite database before it is changed
 * @since 0.1.0
 */
public record MigrationSettings(SessionTables tables, @Nullable OwnerColumn ownerColumn, LegacyClock legacyClock,
		TimestampColumn timestampColumn, int maxQuarantined, int batchSize, Duration timeout, Duration pollInterval,
		LockType lockType, @Nullable String applicationVersion, boolean sqliteBackup) {

	/** Rows per batch unless set. */
	public static final int DEFAULT_BATCH_SIZE = 4000;

	/** Time to wait for the lock unless set. */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

	/** Time between two looks at a held lock unless set. */
	public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(2);

	private static final int LARGEST_BATCH = 100_000;

	/**
	 * Validate the values.
	 * @throws MigrationException with {@code INVALID_SETTING} for a value out of range
	 */
	public MigrationSettings {
		require(maxQuarantined >= 0, "legacy.max-quarantined", maxQuarantined, "a number from 0");
		require(batchSize >= 1 && batchSize <= LARGEST_BATCH, "batch-size", batchSize, "a number from 1 to 100000");
		require(!timeout.isNegative() && !timeout.isZero(), "timeout", timeout, "a positive duration");
		require(!pollInterval.isNegative() && !pollInterval.isZero(), "poll-interval", pollInterval,
				"a positive duration");
	}

	private static void require(boolean condition, String name, Object value, String allowed) {
		if (!condition) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The setting adk.migration." + name + " has the value '" + value + "'.",
					"Set it to " + allowed + ".");
		}
	}

	/**
	 * Return the settings that apply when nothing is said.
	 * @return the defaults
	 */
	public static MigrationSettings defaults() {
		return new MigrationSettings(SessionTables.defaults(), null, LegacyClock.unknown(), TimestampColumn.AUTO, 0,
				DEFAULT_BATCH_SIZE, DEFAULT_TIMEOUT, DEFAULT_POLL_INTERVAL, LockType.AUTO, null, true);
	}

	/**
	 * Return a copy for other tables.
	 * @param tables the names
	 * @return the copy
	 */
	public MigrationSettings withTables(SessionTables tables) {
		return new MigrationSettings(tables, this.ownerColumn, this.legacyClock, this.timestampColumn,
				this.maxQuarantined, this.batchSize, this.timeout, this.pollInterval, this.lockType,
				this.applicationVersion, this.sqliteBackup);
	}

	/**
	 * Return a copy with an owner column.
	 * @param ownerColumn the column, or {@code null} for none
	 * @return the copy
	 */
	public MigrationSettings withOwnerColumn(@Nullable OwnerColumn ownerColumn) {
		return new MigrationSettings(this.tables, ownerColumn, this.legacyClock, this.timestampColumn,
				this.maxQuarantined, this.batchSize, this.timeout, this.pollInterval, this.lockType,
				this.applicationVersion, this.sqliteBackup);
	}

	/**
	 * Return a copy with another writers' clock.
	 * @param legacyClock the clock
	 * @return the copy
	 */
	public MigrationSettings withLegacyClock(LegacyClock legacyClock) {
		return new MigrationSettings(this.tables, this.ownerColumn, legacyClock, this.timestampColumn,
				this.maxQuarantined, this.batchSize, this.timeout, this.pollInterval, this.lockType,
				this.applicationVersion, this.sqliteBackup);
	}

	/**
	 * Return a copy with another meaning of the time column.
	 * @param timestampColumn the meaning
	 * @return the copy
	 */
	public MigrationSettings withTimestampColumn(TimestampColumn timestampColumn) {
		return new MigrationSettings(this.tables, this.ownerColumn, this.legacyClock, timestampColumn,
				this.maxQuarantined, this.batchSize, this.timeout, this.pollInterval, this.lockType,
				this.applicationVersion, this.sqliteBackup);
	}

	/**
	 * Return a copy with another quarantine threshold.
	 * @param maxQuarantined rows, at least 0
	 * @return the copy
	 */
	public MigrationSettings withMaxQuarantined(int maxQuarantined) {
		return new MigrationSettings(this.tables, this.ownerColumn, this.legacyClock, this.timestampColumn,
				maxQuarantined, this.batchSize, this.timeout, this.pollInterval, this.lockType, this.applicationVersion,
				this.sqliteBackup);
	}

	/**
	 * Return a copy with another batch size.
	 * @param batchSize rows, 1 to 100000
	 * @return the copy
	 */
	public MigrationSettings withBatchSize(int batchSize) {
		return new MigrationSettings(this.tables, this.ownerColumn, this.legacyClock, this.timestampColumn,
				this.maxQuarantined, batchSize, this.timeout, this.pollInterval, this.lockType, this.applicationVersion,
				this.sqliteBackup);
	}

	/**
	 * Return a copy with other limits for the lock.
	 * @param timeout how long to wait; also the lease
	 * @param pollInterval time between two looks
	 * @return the copy
	 */
	public MigrationSettings withLockLimits(Duration timeout, Duration pollInterval) {
		return new MigrationSettings(this.tables, this.ownerColumn, this.legacyClock, this.timestampColumn,
				this.maxQuarantined, this.batchSize, timeout, pollInterval, this.lockType, this.applicationVersion,
				this.sqliteBackup);
	}

	/**
	 * Return a copy with another kind of lock.
	 * @param lockType the kind; one that the database does not have is refused when a run
	 * needs it
	 * @return the copy
	 */
	public MigrationSettings withLockType(LockType lockType) {
		return new MigrationSettings(this.tables, this.ownerColumn, this.legacyClock, this.timestampColumn,
				this.maxQuarantined, this.batchSize, this.timeout, this.pollInterval, lockType, this.applicationVersion,
				this.sqliteBackup);
	}

	/**
	 * Return a copy that records an application version.
	 * @param applicationVersion the version, or {@code null} if unknown
	 * @return the copy
	 */
	public MigrationSettings withApplicationVersion(@Nullable String applicationVersion) {
		return new MigrationSettings(this.tables, this.ownerColumn, this.legacyClock, this.timestampColumn,
				this.maxQuarantined, this.batchSize, this.timeout, this.pollInterval, this.lockType, applicationVersion,
				this.sqliteBackup);
	}

	/**
	 * Return a copy that makes a backup of a SQLite database or does not.
	 * @param sqliteBackup whether to make one
	 * @return the copy
	 */
	public MigrationSettings withSqliteBackup(boolean sqliteBackup) {
		return new MigrationSettings(this.tables, this.ownerColumn, this.legacyClock, this.timestampColumn,
				this.maxQuarantined, this.batchSize, this.timeout, this.pollInterval, this.lockType,
				this.applicationVersion, sqliteBackup);
	}

}
