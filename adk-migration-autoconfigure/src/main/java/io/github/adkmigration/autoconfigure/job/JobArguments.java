package io.github.adkmigration.autoconfigure.job;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.settings.DowngradeTarget;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * What a job is told besides its verb.
 *
 * @param to Revision that a downgrade returns to or a stamp records; "base" is the
 * database as it was before the first run.
 * @param toAppVersion Version of the application to whose last run a downgrade returns.
 * @param count Number of changes that a downgrade undoes.
 * @param dryRun Whether an upgrade or a downgrade only tells what it would do.
 * @param deferIndexes Whether an upgrade leaves indexes on large tables to a later one,
 * as the start of an application does.
 * @param postProcessors Names of post processor beans of the application that its data
 * source needs in a job, for example one that decrypts properties. Others are left out.
 */
@ConfigurationProperties(AdkMigrationJobProperties.JOB)
record JobArguments(@Nullable String to, @Nullable String toAppVersion, @Nullable Integer count, boolean dryRun,
		boolean deferIndexes, List<String> postProcessors) {

	/**
	 * Read the arguments one by one: where a property has a value of its own, as the verb
	 * has, Spring Boot binds no object.
	 * @param environment the properties
	 * @return the arguments
	 * @throws MigrationException with {@code INVALID_SETTING} for a value of another type
	 */
	static JobArguments of(Environment environment) {
		return new JobArguments(value(environment, "to", String.class),
				value(environment, "to-app-version", String.class), value(environment, "count", Integer.class),
				flag(environment, "dry-run"), flag(environment, "defer-indexes"), postProcessors(environment));
	}

	private static boolean flag(Environment environment, String name) {
		return Boolean.TRUE.equals(value(environment, name, Boolean.class));
	}

	static List<String> postProcessors(Environment environment) {
		String[] names = value(environment, "post-processors", String[].class);
		return (names != null) ? List.of(names) : List.of();
	}

	private static <T> @Nullable T value(Environment environment, String name, Class<T> type) {
		String property = AdkMigrationJobProperties.JOB + "." + name;
		try {
			// A variable that a deployment leaves empty counts as not set.
			return StringUtils.hasText(environment.getProperty(property)) ? environment.getProperty(property, type)
					: null;
		}
		catch (ConversionException ex) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The setting " + property + " has a value that cannot be used.",
					"Give it a value of the type that it has.", ex);
		}
	}

	/**
	 * Return how far a downgrade goes.
	 * @return the target
	 * @throws MigrationException with {@code INVALID_SETTING} unless there is exactly one
	 */
	DowngradeTarget downgradeTarget() {
		if (Stream.of(this.to, this.toAppVersion, this.count).filter(Objects::nonNull).count() != 1) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"A downgrade needs one target and may have no second.",
					"Set one of adk.migration.job.to, adk.migration.job.to-app-version and adk.migration.job.count.");
		}
		if (this.to != null) {
			return this.to.equals("base") ? DowngradeTarget.base() : DowngradeTarget.revision(this.to);
		}
		return (this.count != null) ? DowngradeTarget.count(this.count)
				: DowngradeTarget.applicationVersion(String.valueOf(this.toAppVersion));
	}

	/**
	 * Return the revision to record.
	 * @return the value of {@code to}
	 * @throws MigrationException with {@code INVALID_SETTING} if there is none
	 */
	String stampRevision() {
		if (this.to == null) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING, "A stamp needs a revision.",
					"Set adk.migration.job.to to the revision that the tables have.");
		}
		return this.to;
	}

}
