package io.github.adkmigration.autoconfigure.job;

import java.util.Optional;

import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/**
 * Runs the job of a context from its refresh to its end, and says what came of it: in the
 * log, in the termination message and by an exit code.
 */
final class JobRunner {

	private static final Logger logger = LoggerFactory.getLogger(JobRunner.class);

	private final ConfigurableApplicationContext context;

	private final Environment environment;

	private final String word;

	JobRunner(ConfigurableApplicationContext context) {
		this.context = context;
		this.environment = context.getEnvironment();
		this.word = this.environment.getProperty(AdkMigrationJobProperties.JOB, "").strip();
	}

	/**
	 * Do the work.
	 * @return the exit code
	 */
	int run() {
		JobResult result;
		try (this.context) {
			JobVerb verb = JobVerb.of(this.word);
			JobArguments arguments = JobArguments.of(this.environment);
			this.context.refresh();
			result = job().run(verb, arguments);
			logger.info("Job {} ended with exit code {}.\n{}", this.word, result.exitCode(), result.text());
		}
		catch (Exception | LinkageError ex) {
			return fail(ex);
		}
		return end(result);
	}

	/**
	 * Say why the work could not be done.
	 * @param failure what was thrown
	 * @return the exit code
	 */
	int fail(Throwable failure) {
		if (AotDetector.useGeneratedArtifacts()) {
			return end(explain(new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"The beans of this native image were chosen when it was built, without a job among them.",
					"Start the job from the jar of the application, or use adk-migrate.", failure)));
		}
		return end(explain(failure));
	}

	private int end(JobResult result) {
		TerminationLog.of(this.environment)
			.write(this.word + ": " + result.summary() + " (exit code " + result.exitCode() + ")\n");
		return result.exitCode();
	}

	private MigrationJob job() {
		if (this.context.containsBean(MigrationJob.BEAN_NAME)) {
			return this.context.getBean(MigrationJob.BEAN_NAME, MigrationJob.class);
		}
		if (!this.environment.getProperty("adk.migration.enabled", Boolean.class, true)) {
			throw new MigrationException(MigrationErrorCode.INVALID_SETTING,
					"A job is asked for, and adk.migration.enabled=false turns all migrations off.",
					"Remove one of the two settings.");
		}
		throw new MigrationException(MigrationErrorCode.INVALID_SETTING, "The application has no data source.",
				"Set spring.datasource.url, or define a DataSource bean.");
	}

	private JobResult explain(Throwable failure) {
		Optional<MigrationException> known = find(failure, MigrationException.class);
		if (known.isPresent()) {
			MigrationException reason = known.get();
			int exitCode = reason.code().exitCode();
			logger.error("Job {} ended with exit code {}.\n{}\n{}", this.word, exitCode, reason.description(),
					reason.action());
			logger.debug("This is where it failed", failure);
			return new JobResult(exitCode, reason.description() + " " + reason.action());
		}
		if (!reported(failure)) {
			logger.error("Job {} failed", this.word, failure);
		}
		return find(failure, BindException.class)
			.map((ex) -> new JobResult(MigrationErrorCode.INVALID_SETTING.exitCode(),
					"The setting " + ex.getName() + " has a value that cannot be used."))
			.orElseGet(() -> new JobResult(MigrationErrorCode.FAILED.exitCode(),
					"The job met a " + NestedExceptionUtils.getMostSpecificCause(failure).getClass().getSimpleName()
							+ ". The log says more."));
	}

	/**
	 * Let Spring Boot explain the failure as it does when an application does not start.
	 */
	private boolean reported(Throwable failure) {
		return SpringFactoriesLoader.forDefaultResourceLocation(this.context.getClassLoader())
			.load(SpringBootExceptionReporter.class,
					ArgumentResolver.of(ConfigurableApplicationContext.class, this.context))
			.stream()
			.anyMatch((reporter) -> reporter.reportException(failure));
	}

	private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
		for (Throwable link = failure; link != null; link = link.getCause()) {
			if (type.isInstance(link)) {
				return Optional.of(type.cast(link));
			}
		}
		return Optional.empty();
	}

}
