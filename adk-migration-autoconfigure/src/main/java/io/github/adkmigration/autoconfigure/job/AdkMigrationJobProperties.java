package io.github.adkmigration.autoconfigure.job;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an operator asks of the application's own image instead of starting it. Both are
 * read from the environment, since they count before there is any bean.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("adk.migration")
public class AdkMigrationJobProperties {

	static final String JOB = "adk.migration.job";

	static final String TERMINATION_LOG = "adk.migration.termination-log";

	/**
	 * What to do instead of starting the application. The process then starts no server,
	 * does this one thing and ends with an exit code.
	 */
	private @Nullable JobVerb job;

	/**
	 * File for the last words of a job. Written if it exists or can be made; an empty
	 * value turns it off.
	 */
	private String terminationLog = "/dev/termination-log";

	/**
	 * Return what to do instead of starting the application.
	 * @return the verb, or {@code null} to start the application
	 */
	public @Nullable JobVerb getJob() {
		return this.job;
	}

	/**
	 * Set what to do instead of starting the application.
	 * @param job the verb, or {@code null} to start the application
	 */
	public void setJob(@Nullable JobVerb job) {
		this.job = job;
	}

	/**
	 * Return where the last words of a job go.
	 * @return the value
	 */
	public String getTerminationLog() {
		return this.terminationLog;
	}

	/**
	 * Set where the last words of a job go.
	 * @param terminationLog the value
	 */
	public void setTerminationLog(String terminationLog) {
		this.terminationLog = terminationLog;
	}

}
