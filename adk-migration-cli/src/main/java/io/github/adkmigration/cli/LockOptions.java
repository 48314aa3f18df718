package io.github.adkmigration.cli;

import io.github.adkmigration.settings.LockType;
import io.github.adkmigration.settings.MigrationSettings;
import io.github.adkmigration.settings.RunOrigin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How one run keeps others out, and under which version it is recorded.
 */
final class LockOptions {

	@Option(names = "--timeout", paramLabel = "DURATION",
			description = "How long to wait for another process that migrates the same tables, for example 90s or 10m."
					+ " Default: 5m.")
	private @Nullable String timeout;

	@Option(names = "--poll-interval", paramLabel = "DURATION",
			description = "Time between two looks at a lock that another process holds. Default: 2s.")
	private @Nullable String pollInterval;

	@Option(names = "--lock-type", paramLabel = "auto|advisory|table|file",
			description = "Kind of the lock. Default: auto, the strongest that the database and the way to it allow.")
	private @Nullable String lockType;

	@Option(names = "--application-version", paramLabel = "VERSION",
			description = "Version of the application to record with the run, for downgrade --to-app-version.")
	private @Nullable String applicationVersion;

	@Option(names = "--actor", paramLabel = "NAME",
			description = "Who starts the run, a person, a pipeline or a Job, to record with it.")
	private @Nullable String actor;

	@Option(names = "--reason", paramLabel = "TEXT",
			description = "Why the run is started, such as a ticket, to record with it.")
	private @Nullable String reason;

	MigrationSettings apply(MigrationSettings settings, Surroundings surroundings) {
		return settings
			.withLockLimits(
					Durations.parse("--timeout", surroundings.optionOr(this.timeout, "ADK_MIGRATION_TIMEOUT"),
							MigrationSettings.DEFAULT_TIMEOUT),
					Durations.parse("--poll-interval",
							surroundings.optionOr(this.pollInterval, "ADK_MIGRATION_POLL_INTERVAL"),
							MigrationSettings.DEFAULT_POLL_INTERVAL))
			.withLockType(Settings.word("--lock-type", surroundings.optionOr(this.lockType, "ADK_MIGRATION_LOCK_TYPE"),
					LockType.class, LockType.AUTO))
			.withOrigin(
					new RunOrigin(surroundings.optionOr(this.applicationVersion, "ADK_MIGRATION_APPLICATION_VERSION"),
							surroundings.optionOr(this.actor, "ADK_MIGRATION_ACTOR"),
							surroundings.optionOr(this.reason, "ADK_MIGRATION_REASON")));
	}

}
