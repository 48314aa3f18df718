package io.github.adkmigration.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.schema.SessionTable;
import io.github.adkmigration.schema.SessionTables;
import io.github.adkmigration.settings.LegacyClock;
import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.OwnerColumn;
import io.github.adkmigration.settings.RunOrigin;
import io.github.adkmigration.settings.TimestampColumn;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.StringUtils;

/**
 * What an application says about its session tables and their migration. Values are
 * checked when they become {@link MigrationSettings}.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("adk.migration")
public class AdkMigrationProperties {

	/**
	 * Whether to look after the session tables at all.
	 */
	private boolean enabled = true;

	/**
	 * What to do when changes are pending and the start may not apply them.
	 */
	private OnPending onPending = OnPending.FAIL;

	/**
	 * Time to wait for another process that migrates the same tables; also the time after
	 * which its lease ends if it died. A number without a unit is in seconds.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration timeout = Duration.ofMinutes(5);

	/**
	 * Time to wait for another process to apply pending changes, with on-pending=wait;
	 * then the application ends. A number without a unit is in seconds.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration pendingTimeout = Duration.ofMinutes(30);

	/**
	 * Time between two looks at a lock that another process holds, or at tables that it
	 * is to migrate. A number without a unit is in seconds.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration pollInterval = Duration.ofSeconds(2);

	/**
	 * Age up to which the endpoint and the health indicator answer from the last look at
	 * the database. A number without a unit is in seconds.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration statusMaxAge = Duration.ofSeconds(10);

	/**
	 * Schema (PostgreSQL, H2) or database (MySQL, MariaDB) of the tables. By default that
	 * of the connection.
	 */
	private @Nullable String schema;

	/**
	 * Prefix of the names of all tables that have no name of their own, bookkeeping
	 * tables included.
	 */
	private String tablePrefix = "";

	/**
	 * Definition of a column of the sessions table that says whom a session belongs to,
	 * for example "account_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE".
	 */
	private @Nullable String ownerIdColumn;

	/**
	 * What the time column of the events holds after a migration.
	 */
	private TimestampColumn timestampColumn = TimestampColumn.AUTO;

	/**
	 * Converted rows that are committed at a time, which is what a killed run repeats at
	 * most; from 1 to 100000.
	 */
	private int batchSize = 4000;

	/**
	 * Whether to copy an existing SQLite database to a file beside it before anything in
	 * it is changed.
	 */
	private boolean sqliteBackup = true;

	/**
	 * JDBC URL of the connection that changes the schema. By default that of the
	 * application's data source.
	 */
	private @Nullable String url;

	/**
	 * User of the connection that changes the schema. By default that of the
	 * application's data source.
	 */
	private @Nullable String user;

	/**
	 * Password of the connection that changes the schema. By default that of the
	 * application's data source.
	 */
	private @Nullable String password;

	/**
	 * Version of the application, recorded with each run so that going back can name it.
	 * By default that of the build information, else that of the manifest.
	 */
	private @Nullable String applicationVersion;

	/**
	 * Person, pipeline or Job that starts runs, recorded with each of them; at most 255
	 * characters.
	 */
	private @Nullable String actor;

	/**
	 * Why runs are started, such as a ticket, recorded with each of them; at most 255
	 * characters.
	 */
	private @Nullable String reason;

	/**
	 * Rows that a conversion reads per second at most, so that it leaves the database to
	 * others; 0 for as many as possible.
	 */
	private int maxRowsPerSecond = 0;

	/**
	 * Rows of a table above which the start of an application leaves a missing index to
	 * the job or the command; -1 to build every index at the start.
	 */
	private long deferIndexesAbove = 1000000;

	/**
	 * Further sets of session tables, such as those of tenants, by a name of your choice.
	 * Each has a schema, a table-prefix, a data-source (the name of a bean), an
	 * owner-id-column and a time-zone of its own, as far as it needs them; everything
	 * else is as for the first set, which the properties beside this one describe.
	 */
	private final Map<String, AdkMigrationTarget> targets = new LinkedHashMap<>();

	/**
	 * What becomes of the others when one of the targets cannot be used.
	 */
	private OnTargetFailure onTargetFailure = OnTargetFailure.FAIL;

	private final Lock lock = new Lock();

	private final Tables tables = new Tables();

	private final Legacy legacy = new Legacy();

	/**
	 * Return whether the session tables are looked after.
	 * @return the value
	 */
	public boolean isEnabled() {
		return this.enabled;
	}

	/**
	 * Set whether the session tables are looked after.
	 * @param enabled the value
	 */
	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	/**
	 * Return what to do when changes are pending and the start may not apply them.
	 * @return the value
	 */
	public OnPending getOnPending() {
		return this.onPending;
	}

	/**
	 * Set what to do when changes are pending and the start may not apply them.
	 * @param onPending the value
	 */
	public void setOnPending(OnPending onPending) {
		this.onPending = onPending;
	}

	/**
	 * Return how long to wait for the lock; also the lease.
	 * @return the value
	 */
	public Duration getTimeout() {
		return this.timeout;
	}

	/**
	 * Set how long to wait for the lock; also the lease.
	 * @param timeout the value
	 */
	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * Return how long to wait for another process to apply pending changes.
	 * @return the value
	 */
	public Duration getPendingTimeout() {
		return this.pendingTimeout;
	}

	/**
	 * Set how long to wait for another process to apply pending changes.
	 * @param pendingTimeout the value
	 */
	public void setPendingTimeout(Duration pendingTimeout) {
		this.pendingTimeout = pendingTimeout;
	}

	/**
	 * Return the time between two looks at a held lock.
	 * @return the value
	 */
	public Duration getPollInterval() {
		return this.pollInterval;
	}

	/**
	 * Set the time between two looks at a held lock.
	 * @param pollInterval the value
	 */
	public void setPollInterval(Duration pollInterval) {
		this.pollInterval = pollInterval;
	}

	/**
	 * Return the age up to which a look at the database is good enough.
	 * @return the value
	 */
	public Duration getStatusMaxAge() {
		return this.statusMaxAge;
	}

	/**
	 * Set the age up to which a look at the database is good enough.
	 * @param statusMaxAge the value
	 */
	public void setStatusMaxAge(Duration statusMaxAge) {
		this.statusMaxAge = statusMaxAge;
	}

	/**
	 * Return the schema of the tables, or {@code null} for that of the connection.
	 * @return the value
	 */
	public @Nullable String getSchema() {
		return this.schema;
	}

	/**
	 * Set the schema of the tables, or {@code null} for that of the connection.
	 * @param schema the value
	 */
	public void setSchema(@Nullable String schema) {
		this.schema = schema;
	}

	/**
	 * Return the prefix of the table names, may be empty.
	 * @return the value
	 */
	public String getTablePrefix() {
		return this.tablePrefix;
	}

	/**
	 * Set the prefix of the table names, may be empty.
	 * @param tablePrefix the value
	 */
	public void setTablePrefix(String tablePrefix) {
		this.tablePrefix = tablePrefix;
	}

	/**
	 * Return the definition of the owner column, or {@code null} for none.
	 * @return the value
	 */
	public @Nullable String getOwnerIdColumn() {
		return this.ownerIdColumn;
	}

	/**
	 * Set the definition of the owner column, or {@code null} for none.
	 * @param ownerIdColumn the value
	 */
	public void setOwnerIdColumn(@Nullable String ownerIdColumn) {
		this.ownerIdColumn = ownerIdColumn;
	}

	/**
	 * Return what the time column of the events holds afterwards.
	 * @return the value
	 */
	public TimestampColumn getTimestampColumn() {
		return this.timestampColumn;
	}

	/**
	 * Set what the time column of the events holds afterwards.
	 * @param timestampColumn the value
	 */
	public void setTimestampColumn(TimestampColumn timestampColumn) {
		this.timestampColumn = timestampColumn;
	}

	/**
	 * Return the rows per batch, 1 to 100000.
	 * @return the value
	 */
	public int getBatchSize() {
		return this.batchSize;
	}

	/**
	 * Set the rows per batch, 1 to 100000.
	 * @param batchSize the value
	 */
	public void setBatchSize(int batchSize) {
		this.batchSize = batchSize;
	}

	/**
	 * Return whether to back up a SQLite database.
	 * @return the value
	 */
	public boolean isSqliteBackup() {
		return this.sqliteBackup;
	}

	/**
	 * Set whether to back up a SQLite database.
	 * @param sqliteBackup the value
	 */
	public void setSqliteBackup(boolean sqliteBackup) {
		this.sqliteBackup = sqliteBackup;
	}

	/**
	 * Return the JDBC URL for schema changes, or {@code null} for that of the
	 * application.
	 * @return the value
	 */
	public @Nullable String getUrl() {
		return this.url;
	}

	/**
	 * Set the JDBC URL for schema changes, or {@code null} for that of the application.
	 * @param url the value
	 */
	public void setUrl(@Nullable String url) {
		this.url = url;
	}

	/**
	 * Return the user for schema changes, or {@code null} for that of the application.
	 * @return the value
	 */
	public @Nullable String getUser() {
		return this.user;
	}

	/**
	 * Set the user for schema changes, or {@code null} for that of the application.
	 * @param user the value
	 */
	public void setUser(@Nullable String user) {
		this.user = user;
	}

	/**
	 * Return the password for schema changes, or {@code null} for that of the
	 * application.
	 * @return the value
	 */
	public @Nullable String getPassword() {
		return this.password;
	}

	/**
	 * Set the password for schema changes, or {@code null} for that of the application.
	 * @param password the value
	 */
	public void setPassword(@Nullable String password) {
		this.password = password;
	}

	/**
	 * Return who starts runs, or {@code null} if nobody says.
	 * @return the value
	 */
	public @Nullable String getActor() {
		return this.actor;
	}

	/**
	 * Set who starts runs, or {@code null} if nobody says.
	 * @param actor the value
	 */
	public void setActor(@Nullable String actor) {
		this.actor = actor;
	}

	/**
	 * Return why runs are started, or {@code null} if nobody says.
	 * @return the value
	 */
	public @Nullable String getReason() {
		return this.reason;
	}

	/**
	 * Set why runs are started, or {@code null} if nobody says.
	 * @param reason the value
	 */
	public void setReason(@Nullable String reason) {
		this.reason = reason;
	}

	/**
	 * Return the rows per second that a conversion may read, 0 for no limit.
	 * @return the value
	 */
	public int getMaxRowsPerSecond() {
		return this.maxRowsPerSecond;
	}

	/**
	 * Set the rows per second that a conversion may read, 0 for no limit.
	 * @param maxRowsPerSecond the value
	 */
	public void setMaxRowsPerSecond(int maxRowsPerSecond) {
		this.maxRowsPerSecond = maxRowsPerSecond;
	}

	/**
	 * Return the rows above which a start leaves an index to operators, -1 for no limit.
	 * @return the value
	 */
	public long getDeferIndexesAbove() {
		return this.deferIndexesAbove;
	}

	/**
	 * Set the rows above which a start leaves an index to operators, -1 for no limit.
	 * @param deferIndexesAbove the value
	 */
	public void setDeferIndexesAbove(long deferIndexesAbove) {
		this.deferIndexesAbove = deferIndexesAbove;
	}

	/**
	 * Return the version of the application, or {@code null} for that of its build.
	 * @return the value
	 */
	public @Nullable String getApplicationVersion() {
		return this.applicationVersion;
	}

	/**
	 * Set the version of the application, or {@code null} for that of its build.
	 * @param applicationVersion the value
	 */
	public void setApplicationVersion(@Nullable String applicationVersion) {
		this.applicationVersion = applicationVersion;
	}

	/**
	 * Return the further targets by their names.
	 * @return the value
	 */
	public Map<String, AdkMigrationTarget> getTargets() {
		return this.targets;
	}

	/**
	 * Return what becomes of the others when a target cannot be used.
	 * @return the value
	 */
	public OnTargetFailure getOnTargetFailure() {
		return this.onTargetFailure;
	}

	/**
	 * Set what becomes of the others when a target cannot be used.
	 * @param onTargetFailure the value
	 */
	public void setOnTargetFailure(OnTargetFailure onTargetFailure) {
		this.onTargetFailure = onTargetFailure;
	}

	/**
	 * Return what keeps two runs apart.
	 * @return the value
	 */
	public Lock getLock() {
		return this.lock;
	}

	/**
	 * Return the names of the tables.
	 * @return the value
	 */
	public Tables getTables() {
		return this.tables;
	}

	/**
	 * Return what is known of old rows.
	 * @return the value
	 */
	public Legacy getLegacy() {
		return this.legacy;
	}

	/**
	 * Return where the tables are and what they are called.
	 * @return the validated names
	 * @throws io.github.adkmigration.failure.MigrationException with
	 * {@code INVALID_SETTING} for a name that is not allowed
	 */
	SessionTables toTables() {
		return new SessionTables(text(this.schema), this.tablePrefix, this.tables.names());
	}

	/**
	 * Return what the core needs to know.
	 * @param applicationVersion version of the application, or {@code null} if unknown
	 * @return the validated settings
	 * @throws io.github.adkmigration.failure.MigrationException with
	 * {@code INVALID_SETTING} for a value that cannot be used
	 */
	MigrationSettings toSettings(@Nullable String applicationVersion) {
		String owner = text(this.ownerIdColumn);
		return new MigrationSettings(toTables(), (owner != null) ? OwnerColumn.parse(owner) : null, this.legacy.clock(),
				this.timestampColumn, this.legacy.getMaxQuarantined(), this.batchSize, this.timeout, this.pollInterval,
				this.lock.getType(), new RunOrigin(applicationVersion, text(this.actor), text(this.reason)),
				this.sqliteBackup, this.maxRowsPerSecond, this.deferIndexesAbove);
	}

	/**
	 * Return what the core needs to know of a further target.
	 * @param target what it has of its own
	 * @param common the settings of the first target
	 * @return the validated settings
	 * @throws io.github.adkmigration.failure.MigrationException with
	 * {@code INVALID_SETTING} for a value that cannot be used
	 */
	MigrationSettings toSettings(AdkMigrationTarget target, MigrationSettings common) {
		String prefix = text(target.getTablePrefix());
		SessionTables tables = new SessionTables(either(target.getSchema(), this.schema),
				(prefix != null) ? prefix : this.tablePrefix, this.tables.names());
		String owner = either(target.getOwnerIdColumn(), this.ownerIdColumn);
		ZoneId zone = target.getTimeZone();
		LegacyClock clock = common.legacyClock();
		return common.withTables(tables)
			.withOwnerColumn((owner != null) ? OwnerColumn.parse(owner) : null)
			.withLegacyClock((zone != null) ? new LegacyClock(zone, clock.utcSince(), clock.confirmed()) : clock);
	}

	/**
	 * Return how long the application may wait for another process.
	 * @return a positive duration
	 * @throws MigrationException with {@code INVALID_SETTING} for another one
	 */
	Duration pendingLimit() {
		if (this.pendingTimeout.isNegative() || this.pendingTimeout.isZero()) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The setting adk.migration.pending-timeout has the value '" + this.pendingTimeout + "'.",
					"Set it to a positive duration.");
		}
		return this.pendingTimeout;
	}

	private static @Nullable String either(@Nullable String own, @Nullable String common) {
		String value = text(own);
		return (value != null) ? value : text(common);
	}

	// A variable that a deployment leaves empty counts as not set.
	private static @Nullable String text(@Nullable String value) {
		return StringUtils.hasText(value) ? value : null;
	}

	/**
	 * What keeps two runs apart.
	 */
	public static class Lock {

		/**
		 * Kind of the lock that lets one run at a time change the tables.
		 */
		private LockType type = LockType.AUTO;

		/**
		 * Return the kind of the lock.
		 * @return the value
		 */
		public LockType getType() {
			return this.type;
		}

		/**
		 * Set the kind of the lock.
		 * @param type the value
		 */
		public void setType(LockType type) {
			this.type = type;
		}

	}

	/**
	 * Names of the tables.
	 */
	public static class Tables {

		/**
		 * Name of the table of sessions. By default ADK's name behind the prefix.
		 */
		private @Nullable String sessions;

		/**
		 * Name of the table of events. By default ADK's name behind the prefix.
		 */
		private @Nullable String events;

		/**
		 * Name of the table of the state that all sessions of an application share. By
		 * default ADK's name behind the prefix.
		 */
		private @Nullable String appStates;

		/**
		 * Name of the table of the state that all sessions of a user share. By default
		 * ADK's name behind the prefix.
		 */
		private @Nullable String userStates;

		/**
		 * Name of the table that holds ADK's schema version. By default ADK's name behind
		 * the prefix.
		 */
		private @Nullable String metadata;

		/**
		 * Return the name of the sessions table, or {@code null} for ADK's.
		 * @return the value
		 */
		public @Nullable String getSessions() {
			return this.sessions;
		}

		/**
		 * Set the name of the sessions table, or {@code null} for ADK's.
		 * @param sessions the value
		 */
		public void setSessions(@Nullable String sessions) {
			this.sessions = sessions;
		}

		/**
		 * Return the name of the events table, or {@code null} for ADK's.
		 * @return the value
		 */
		public @Nullable String getEvents() {
			return this.events;
		}

		/**
		 * Set the name of the events table, or {@code null} for ADK's.
		 * @param events the value
		 */
		public void setEvents(@Nullable String events) {
			this.events = events;
		}

		/**
		 * Return the name of the table of application states, or {@code null} for ADK's.
		 * @return the value
		 */
		public @Nullable String getAppStates() {
			return this.appStates;
		}

		/**
		 * Set the name of the table of application states, or {@code null} for ADK's.
		 * @param appStates the value
		 */
		public void setAppStates(@Nullable String appStates) {
			this.appStates = appStates;
		}

		/**
		 * Return the name of the table of user states, or {@code null} for ADK's.
		 * @return the value
		 */
		public @Nullable String getUserStates() {
			return this.userStates;
		}

		/**
		 * Set the name of the table of user states, or {@code null} for ADK's.
		 * @param userStates the value
		 */
		public void setUserStates(@Nullable String userStates) {
			this.userStates = userStates;
		}

		/**
		 * Return the name of the table of the schema version, or {@code null} for ADK's.
		 * @return the value
		 */
		public @Nullable String getMetadata() {
			return this.metadata;
		}

		/**
		 * Set the name of the table of the schema version, or {@code null} for ADK's.
		 * @param metadata the value
		 */
		public void setMetadata(@Nullable String metadata) {
			this.metadata = metadata;
		}

		private Map<SessionTable, String> names() {
			Map<SessionTable, String> names = new EnumMap<>(SessionTable.class);
			put(names, SessionTable.SESSIONS, this.sessions);
			put(names, SessionTable.EVENTS, this.events);
			put(names, SessionTable.APP_STATES, this.appStates);
			put(names, SessionTable.USER_STATES, this.userStates);
			put(names, SessionTable.METADATA, this.metadata);
			return names;
		}

		private static void put(Map<SessionTable, String> names, SessionTable table, @Nullable String name) {
			String given = text(name);
			if (given != null) {
				names.put(table, given);
			}
		}

	}

	/**
	 * What is known of old rows, and what may become of them.
	 */
	public static class Legacy {

		/**
		 * Zone of the processes that wrote V0 events, for example "America/New_York".
		 * Needed only where the rows do not prove it.
		 */
		private @Nullable ZoneId timeZone;

		/**
		 * Instant from which events were written in UTC, which adk-python does since
		 * 2.7.0.
		 */
		private @Nullable Instant utcSince;

		/**
		 * Whether to use the time zone even though the rows contradict it.
		 */
		private boolean timeZoneConfirmed = false;

		/**
		 * Rows that may be put aside because they cannot be converted. One more, and the
		 * migration stops before anything is replaced.
		 */
		private int maxQuarantined = 0;

		/**
		 * Return the zone of the writers of V0 events, or {@code null} if only the rows
		 * can tell.
		 * @return the value
		 */
		public @Nullable ZoneId getTimeZone() {
			return this.timeZone;
		}

		/**
		 * Set the zone of the writers of V0 events, or {@code null} if only the rows can
		 * tell.
		 * @param timeZone the value
		 */
		public void setTimeZone(@Nullable ZoneId timeZone) {
			this.timeZone = timeZone;
		}

		/**
		 * Return the instant from which events were written in UTC, or {@code null}.
		 * @return the value
		 */
		public @Nullable Instant getUtcSince() {
			return this.utcSince;
		}

		/**
		 * Set the instant from which events were written in UTC, or {@code null}.
		 * @param utcSince the value
		 */
		public void setUtcSince(@Nullable Instant utcSince) {
			this.utcSince = utcSince;
		}

		/**
		 * Return whether to use the zone even though the rows contradict it.
		 * @return the value
		 */
		public boolean isTimeZoneConfirmed() {
			return this.timeZoneConfirmed;
		}

		/**
		 * Set whether to use the zone even though the rows contradict it.
		 * @param timeZoneConfirmed the value
		 */
		public void setTimeZoneConfirmed(boolean timeZoneConfirmed) {
			this.timeZoneConfirmed = timeZoneConfirmed;
		}

		/**
		 * Return how many rows may be quarantined, at least 0.
		 * @return the value
		 */
		public int getMaxQuarantined() {
			return this.maxQuarantined;
		}

		/**
		 * Set how many rows may be quarantined, at least 0.
		 * @param maxQuarantined the value
		 */
		public void setMaxQuarantined(int maxQuarantined) {
			this.maxQuarantined = maxQuarantined;
		}

		private LegacyClock clock() {
			return new LegacyClock(this.timeZone, this.utcSince, this.timeZoneConfirmed);
		}

	}

}
