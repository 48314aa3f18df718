package io.github.adkmigration.autoconfigure.job;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.adkmigration.AdkMigrator;
import io.github.adkmigration.failure.MigrationException;

/**
 * Does what a job is asked for to each target.
 *
 * @since 0.1.0
 */
public final class MigrationJob {

	/** Name of the bean: whoever asks by type makes more beans than this one. */
	public static final String BEAN_NAME = "adkMigrationJob";

	private final TargetJob first;

	private final Map<String, TargetJob> targets;

	private final boolean goesOn;

	/**
	 * Create the job.
	 * @param migrator migrator whose connections may change the schema
	 * @param targets such migrators of further targets by their names
	 * @param goesOn whether the others are worked on when one of these fails
	 */
	public MigrationJob(AdkMigrator migrator, Map<String, AdkMigrator> targets, boolean goesOn) {
		this.first = new TargetJob(migrator);
		this.targets = new LinkedHashMap<>();
		targets.forEach((name, target) -> this.targets.put(name, new TargetJob(target)));
		this.goesOn = goesOn;
	}

	/**
	 * Do the work for one target after the other.
	 * @return what became of it, with the exit code of the first that did not succeed
	 * @throws MigrationException if the first target fails
	 */
	JobResult run(JobVerb verb, JobArguments arguments) {
		JobResult result = this.first.run(verb, arguments);
		boolean stopped = false;
		for (Map.Entry<String, TargetJob> target : this.targets.entrySet()) {
			JobResult next = stopped ? JobResult.success("skipped.", "skipped.")
					: attempt(target.getValue(), verb, arguments);
			stopped = stopped || (next.exitCode() != 0 && !this.goesOn && verb.changes());
			result = result.and(target.getKey(), next);
		}
		return result;
	}

	private static JobResult attempt(TargetJob target, JobVerb verb, JobArguments arguments) {
		try {
			return target.run(verb, arguments);
		}
		catch (MigrationException ex) {
			return new JobResult(ex.code().exitCode(), ex.description() + " " + ex.action());
		}
	}

}
