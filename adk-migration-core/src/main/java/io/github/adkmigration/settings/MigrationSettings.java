package io.github.adkmigration.settings;

import java.time.Duration;
import java.util.function.Consumer;

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
 * @param origin by whom and why a run is started, recorded with it
 * @param sqliteBackup whether to copy an existing SQLite database before it is changed
 * @param maxRowsPerSecond how many rows a conversion may read per second, 0 for as many
 * as it can
 * @param deferIndexesAbove rows of a table above which the start of an application leaves
 * its index to operators, from 0; {@value #DEFERS_NONE} for every index to be built
 * @since 0.1.0
 */
public record MigrationSettings(SessionTables tables, @Nullable OwnerColumn ownerColumn, LegacyClock legacyClock,
		TimestampColumn timestampColumn, int maxQuarantined, int batchSize, Duration timeout, Duration pollInterval,
		LockType lockType, RunOrigin origin, boolean sqliteBackup, int maxRowsPerSecond, long deferIndexesAbove) {

	/** Rows per batch unless set. */
	public static final int DEFAULT_BATCH_SIZE = 4000;

	/** Time to wait for the lock unless set. */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

	/** Time between two looks at a held lock unless set. */
	public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(2);

	/** Rows above which a start leaves an index to operators unless set. */
	public static final long DEFAULT_DEFER_INDEXES_ABOVE = 1_000_000;

	/** No index is left to operators. */
	public static final long DEFERS_NONE = -1;

	private static final int LARGEST_BATCH = 100_000;

	/**
	 * Validate the values.
	 * @throws MigrationException with {@code INVALID_SETTING} for a value out of range
	 */
	public MigrationSettings {
		tables = tables.withoutBookkeeping();
		require(maxQuarantined >= 0, "legacy.max-quarantined", maxQuarantined, "a number from 0");
		require(batchSize >= 1 && batchSize <= LARGEST_BATCH, "batch-size", batchSize, "a number from 1 to 100000");
		require(maxRowsPerSecond >= 0, "max-rows-per-second", maxRowsPerSecond, "a number from 0");
		require(deferIndexesAbove >= DEFERS_NONE, "defer-indexes-above", deferIndexesAbove,
				"a number from 0, or to -1 for no limit");
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
				DEFAULT_BATCH_SIZE, DEFAULT_TIMEOUT, DEFAULT_POLL_INTERVAL, LockType.AUTO, RunOrigin.UNKNOWN, true, 0,
				DEFAULT_DEFER_INDEXES_ABOVE);
	}

	/**
	 * Return the version of the application that runs the migration.
	 * @return the version, or {@code null} if unknown
	 */
	public @Nullable String applicationVersion() {
		return this.origin.applicationVersion();
	}

	/**
	 * Return whether rows that were V1 already get their times in UTC.
	 * @return whether the time column is to be UTC throughout
	 */
	public boolean repairsTimes() {
		return this.timestampColumn == TimestampColumn.UTC;
	}

	/**
	 * Return a copy for other tables.
	 * @param tables the names
	 * @return the copy
	 */
	public MigrationSettings withTables(SessionTables tables) {
		return changed((draft) -> draft.tables = tables);
	}

	/**
	 * Return a copy with an owner column.
	 * @param ownerColumn the column, or {@code null} for none
	 * @return the copy
	 */
	public MigrationSettings withOwnerColumn(@Nullable OwnerColumn ownerColumn) {
		return changed((draft) -> draft.ownerColumn = ownerColumn);
	}

	/**
	 * Return a copy with another writers' clock.
	 * @param legacyClock the clock
	 * @return the copy
	 */
	public MigrationSettings withLegacyClock(LegacyClock legacyClock) {
		return changed((draft) -> draft.legacyClock = legacyClock);
	}

	/**
	 * Return a copy with another meaning of the time column.
	 * @param timestampColumn the meaning
	 * @return the copy
	 */
	public MigrationSettings withTimestampColumn(TimestampColumn timestampColumn) {
		return changed((draft) -> draft.timestampColumn = timestampColumn);
	}

	/**
	 * Return a copy with another quarantine threshold.
	 * @param maxQuarantined rows, at least 0
	 * @return the copy
	 */
	public MigrationSettings withMaxQuarantined(int maxQuarantined) {
		return changed((draft) -> draft.maxQuarantined = maxQuarantined);
	}

	/**
	 * Return a copy with another batch size.
	 * @param batchSize rows, 1 to 100000
	 * @return the copy
	 */
	public MigrationSettings withBatchSize(int batchSize) {
		return changed((draft) -> draft.batchSize = batchSize);
	}

	/**
	 * Return a copy with other limits for the lock.
	 * @param timeout how long to wait; also the lease
	 * @param pollInterval time between two looks
	 * @return the copy
	 */
	public MigrationSettings withLockLimits(Duration timeout, Duration pollInterval) {
		return changed((draft) -> {
			draft.timeout = timeout;
			draft.pollInterval = pollInterval;
		});
	}

	/**
	 * Return a copy with another kind of lock.
	 * @param lockType the kind; one that the database does not have is refused when a run
	 * needs it
	 * @return the copy
	 */
	public MigrationSettings withLockType(LockType lockType) {
		return changed((draft) -> draft.lockType = lockType);
	}

	/**
	 * Return a copy that records an application version.
	 * @param applicationVersion the version, or {@code null} if unknown
	 * @return the copy
	 */
	public MigrationSettings withApplicationVersion(@Nullable String applicationVersion) {
		return withOrigin(new RunOrigin(applicationVersion, this.origin.actor(), this.origin.reason()));
	}

	/**
	 * Return a copy that records by whom and why a run is started.
	 * @param origin what to record
	 * @return the copy
	 */
	public MigrationSettings withOrigin(RunOrigin origin) {
		return changed((draft) -> draft.origin = origin);
	}

	/**
	 * Return a copy that makes a backup of a SQLite database or does not.
	 * @param sqliteBackup whether to make one
	 * @return the copy
	 */
	public MigrationSettings withSqliteBackup(boolean sqliteBackup) {
		return changed((draft) -> draft.sqliteBackup = sqliteBackup);
	}

	/**
	 * Return a copy that converts no faster than that.
	 * @param maxRowsPerSecond rows, 0 for as many as possible
	 * @return the copy
	 */
	public MigrationSettings withMaxRowsPerSecond(int maxRowsPerSecond) {
		return changed((draft) -> draft.maxRowsPerSecond = maxRowsPerSecond);
	}

	/**
	 * Return a copy that leaves other indexes to operators.
	 * @param deferIndexesAbove rows, from 0; {@value #DEFERS_NONE} for no limit
	 * @return the copy
	 */
	public MigrationSettings withDeferIndexesAbove(long deferIndexesAbove) {
		return changed((draft) -> draft.deferIndexesAbove = deferIndexesAbove);
	}

	/**
	 * Return whether large indexes are left to operators.
	 * @return whether there is a limit
	 */
	public boolean defersIndexes() {
		return this.deferIndexesAbove != DEFERS_NONE;
	}

	private MigrationSettings changed(Consumer<Draft> change) {
		Draft draft = new Draft(this);
		change.accept(draft);
		return new MigrationSettings(draft.tables, draft.ownerColumn, draft.legacyClock, draft.timestampColumn,
				draft.maxQuarantined, draft.batchSize, draft.timeout, draft.pollInterval, draft.lockType, draft.origin,
				draft.sqliteBackup, draft.maxRowsPerSecond, draft.deferIndexesAbove);
	}

	/** A copy on its way to other settings. */
	private static final class Draft {

		private SessionTables tables;

		private @Nullable OwnerColumn ownerColumn;

		private LegacyClock legacyClock;

		private TimestampColumn timestampColumn;

		private int maxQuarantined;

		private int batchSize;

		private Duration timeout;

		private Duration pollInterval;

		private LockType lockType;

		private RunOrigin origin;

		private boolean sqliteBackup;

		private int maxRowsPerSecond;

		private long deferIndexesAbove;

		Draft(MigrationSettings settings) {
			this.tables = settings.tables;
			this.ownerColumn = settings.ownerColumn;
			this.legacyClock = settings.legacyClock;
			this.timestampColumn = settings.timestampColumn;
			this.maxQuarantined = settings.maxQuarantined;
			this.batchSize = settings.batchSize;
			this.timeout = settings.timeout;
			this.pollInterval = settings.pollInterval;
			this.lockType = settings.lockType;
			this.origin = settings.origin;
			this.sqliteBackup = settings.sqliteBackup;
			this.maxRowsPerSecond = settings.maxRowsPerSecond;
			this.deferIndexesAbove = settings.deferIndexesAbove;
		}

	}

}
