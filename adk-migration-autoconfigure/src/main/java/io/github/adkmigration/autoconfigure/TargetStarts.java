package io.github.adkmigration.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.adkmigration.failure.MigrationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after several targets, one after the other: what the databases have to bear stays
 * the same, however many there are.
 */
final class TargetStarts implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(TargetStarts.class);

	private final Runnable first;

	private final MigrationTargets targets;

	private final Function<MigrationTarget, Runnable> starts;

	private final TargetRetry retry;

	/**
	 * Create it.
	 * @param first looks after the first target
	 * @param targets the others
	 * @param starts makes what looks after one of them
	 * @param retry tries again what failed, where the application can work without it
	 */
	TargetStarts(Runnable first, MigrationTargets targets, Function<MigrationTarget, Runnable> starts,
			TargetRetry retry) {
		this.first = first;
		this.targets = targets;
		this.starts = starts;
		this.retry = retry;
	}

	/**
	 * Look after all of them.
	 * @throws MigrationException if the first target cannot be used, or one of the others
	 * without which the application cannot work
	 */
	@Override
	public void run() {
		this.first.run();
		List<String> done = new ArrayList<>();
		Map<MigrationTarget, Runnable> failed = new LinkedHashMap<>();
		for (MigrationTarget target : this.targets.all()) {
			logger.info("Target {}:", target.name());
			Runnable start = this.starts.apply(target);
			try {
				start.run();
				done.add(target.name());
			}
			catch (MigrationException ex) {
				if (this.targets.decisive()) {
					throw named(target, ex, done);
				}
				logger.error("Target {} cannot be used, and is tried again. {} {}", target.name(), ex.description(),
						ex.action());
				target.state().failed(ex);
				failed.put(target, start);
			}
		}
		if (!failed.isEmpty()) {
			this.retry.begin(failed);
		}
	}

	private MigrationException named(MigrationTarget target, MigrationException ex, List<String> done) {
		List<String> skipped = this.targets.all()
			.stream()
			.map(MigrationTarget::name)
			.filter((name) -> !done.contains(name) && !name.equals(target.name()))
			.toList();
		return new MigrationException(ex.code(),
				"Target " + target.name() + " cannot be used" + list("usable: ", done) + list("skipped: ", skipped)
						+ ". " + ex.description(),
				ex.action() + " With adk.migration.on-target-failure=continue the application starts without it.", ex);
	}

	private static String list(String what, List<String> names) {
		return names.isEmpty() ? "" : "; " + what + String.join(", ", names);
	}

}
